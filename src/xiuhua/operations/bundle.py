"""A bundle for a room without a network: every wheel, this program, what installs it, digests and a signature."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from xiuhua.platform.errors import DataFolderUnusable, Invalid

LOCK: Final = Path("requirements/runtime.txt")
SUMS, SIGNATURE, PUBLIC = "SHA256SUMS", "SHA256SUMS.sig", "release.pub"
_ALONG: Final = ("docs", "deploy", "LICENSE", "README.md", "README.zh-CN.md", "CHANGELOG.md")


def make(checkout: Path, target: Path, key: Ed25519PrivateKey) -> str:
    """Fill `target` (new or empty) from a checkout; the fingerprint of the key that signed it.

    Wheels come through pip by the lock, each checked against its digest there. Raises `Invalid` when this is no
    checkout or pip cannot get a wheel, with pip's last words.
    """
    if not (checkout / LOCK).is_file():
        raise Invalid(f"{checkout} is no checkout: there is no {LOCK}")
    if target.exists() and any(target.iterdir()):
        raise DataFolderUnusable(f"{target} is not empty.")
    wheels = target / "wheels"
    wheels.mkdir(parents=True)
    fetch(checkout, wheels)
    # A copy is built, so that nothing is written into the checkout.
    _pip("wheel", "--no-deps", "--no-build-isolation", "-w", str(wheels), str(checkout))
    shutil.copyfile(checkout / LOCK, target / "runtime.txt")
    for name in _ALONG:
        source = checkout / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        elif source.is_file():
            shutil.copyfile(source, target / name)
    installer = target / "install.sh"
    installer.write_text(
        files("xiuhua.operations").joinpath("install.sh").read_text(encoding="utf-8"), encoding="utf-8"
    )
    installer.chmod(0o755)
    return sign(target, key)


def fetch(checkout: Path, wheels: Path) -> None:
    """Every wheel of the lock for this Python and machine."""
    _pip(
        "download",
        "--require-hashes",
        "--only-binary=:all:",
        "--no-deps",
        "-r",
        str(checkout / LOCK),
        "-d",
        str(wheels),
    )


def sign(target: Path, key: Ed25519PrivateKey) -> str:
    """Write digests of all files, their signature and the public key; the key's fingerprint."""
    public = key.public_key().public_bytes(pem.Encoding.PEM, pem.PublicFormat.SubjectPublicKeyInfo)
    (target / PUBLIC).write_bytes(public)
    paths = sorted(path for path in target.rglob("*") if path.is_file() and path.name not in (SUMS, SIGNATURE))
    lines = "".join(f"{_digest(path)}  {path.relative_to(target).as_posix()}\n" for path in paths)
    (target / SUMS).write_text(lines, encoding="utf-8")
    (target / SIGNATURE).write_bytes(key.sign(lines.encode()))
    return hashlib.sha256(public).hexdigest()


def load_key(path: Path) -> Ed25519PrivateKey:
    """The release key of a file, made there (0600) when there is none; keep it where nobody else comes."""
    if not path.exists():
        key = Ed25519PrivateKey.generate()
        text = key.private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, pem.NoEncryption())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        path.write_bytes(text)
        return key
    found = pem.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(found, Ed25519PrivateKey):
        raise Invalid(f"{path} holds no Ed25519 key")
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Invalid(f"pip {arguments[0]}: {done.stderr.strip()[-1000:]}")
