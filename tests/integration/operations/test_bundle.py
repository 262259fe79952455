"""A bundle installs without any network, and not when anything in it was touched."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.conftest import ROOT

from xiuhua import __version__
from xiuhua.operations import bundle
from xiuhua.platform.errors import DataFolderUnusable, Invalid


def install(folder: Path, fingerprint: str, target: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "http_proxy": "http://127.0.0.1:9",
                   "https_proxy": "http://127.0.0.1:9"}  # fmt: skip
    environment.pop("PYTHONPATH", None)
    command = ["sh", str(folder / "install.sh"), fingerprint, str(target)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, str]:
    """A bundle of its installer only: enough for everything that happens before pip."""
    folder = tmp_path / "bundle"
    (folder / "wheels").mkdir(parents=True)
    shutil.copyfile(ROOT / "src/xiuhua/operations/install.sh", folder / "install.sh")
    (folder / "runtime.txt").write_text("")
    return folder, bundle.sign(folder, bundle.load_key(tmp_path / "key.pem"))


def needs_openssl() -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")


@pytest.mark.parametrize(
    ("touch", "told"),
    [
        (lambda folder: (folder / "runtime.txt").write_text("evil\n"), "runtime.txt"),
        (lambda folder: (folder / "wheels" / "evil.whl").write_text(""), "does not list: wheels/evil.whl"),
        (lambda folder: (folder / "SHA256SUMS").write_text(""), "signature"),
        (lambda folder: (folder / "release.pub").write_text("x"), "another key"),
    ],
)
def test_what_was_touched_is_not_installed(small: tuple[Path, str], touch: object, told: str, tmp_path: Path) -> None:
    needs_openssl()
    folder, fingerprint = small
    touch(folder)  # type: ignore[operator]

    done = install(folder, fingerprint, tmp_path / "venv")

    assert done.returncode != 0 and told in done.stderr + done.stdout
    assert not (tmp_path / "venv").exists()


def test_the_key_is_made_once_and_closed(tmp_path: Path) -> None:
    first = bundle.load_key(tmp_path / "key.pem")

    assert bundle.load_key(tmp_path / "key.pem").private_bytes_raw() == first.private_bytes_raw()
    assert (tmp_path / "key.pem").stat().st_mode & 0o777 == 0o600


def test_only_a_checkout_is_bundled_into_an_empty_folder(tmp_path: Path) -> None:
    key = bundle.load_key(tmp_path / "key.pem")
    with pytest.raises(Invalid, match="no checkout"):
        bundle.make(tmp_path, tmp_path / "bundle", key)
    with pytest.raises(DataFolderUnusable, match="not empty"):
        bundle.make(ROOT, tmp_path, key)


@pytest.mark.timeout(1500)
def test_a_whole_bundle_installs_without_a_network(tmp_path: Path) -> None:
    needs_openssl()
    folder = tmp_path / "bundle"
    try:
        fingerprint = bundle.make(ROOT, folder, bundle.load_key(tmp_path / "key.pem"))
    except Invalid as error:
        pytest.skip(f"no registry answers: {error.detail[-200:]}")

    done = install(folder, fingerprint, tmp_path / "venv")

    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip().endswith(f"version {__version__}")
