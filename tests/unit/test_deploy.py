"""What stands under deploy/ is held to the program: settings, commands, and systemd's and nginx's own checks."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

from xiuhua.cli import COMMANDS
from xiuhua.platform.settings import Settings, variable

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))


def unit(path: Path) -> RawConfigParser:
    read = RawConfigParser(strict=False, delimiters=("=",))
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(path, encoding="utf-8")
    return read


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_start_commands_that_exist_without_privileges(path: Path) -> None:
    service = unit(path)["Service"]

    assert service["ExecStart"].split()[1] in COMMANDS and service["User"] == "xiuhua"
    assert service["NoNewPrivileges"] == "yes" and service["ProtectSystem"] == "strict"


@pytest.mark.parametrize("path", TIMERS, ids=lambda path: path.name)
def test_every_timer_has_its_service(path: Path) -> None:
    assert path.with_suffix(".service") in UNITS


def test_the_example_names_settings_that_exist() -> None:
    named = re.findall(r"^#? ?(XIUHUA_\w+)=", (DEPLOY / "systemd" / "xiuhua.env.example").read_text(), re.MULTILINE)

    assert named and set(named) <= {variable(name) for name in Settings.model_fields}


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    for path in [*UNITS, *TIMERS]:
        text = path.read_text(encoding="utf-8")
        # The program and its account are not on this machine.
        text = re.sub(r"/opt/xiuhua/venv/bin/xiuhua", "/bin/true", text).replace("=xiuhua\n", "=root\n")
        (tmp_path / path.name).write_text(re.sub(r"^Documentation=.*\n", "", text, flags=re.MULTILINE))
    files = [str(tmp_path / path.name) for path in [*UNITS, *TIMERS]]
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)

    assert [line for line in done.stderr.splitlines() if "xiuhua" in line] == []


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_finds_them_little_exposed(path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=30", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-300:] + done.stderr[-300:]


def test_nginx_takes_the_example(tmp_path: Path) -> None:
    if shutil.which("nginx") is None or shutil.which("openssl") is None:
        pytest.skip("nginx is not installed")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-keyout",
                    str(tmp_path / "key.pem"), "-out", str(tmp_path / "fullchain.pem")],
                   check=True, capture_output=True)  # fmt: skip
    text = (DEPLOY / "proxy" / "nginx.conf").read_text(encoding="utf-8").replace("/etc/xiuhua/tls", str(tmp_path))
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{text}\n}}\n")
    done = subprocess.run(["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")],
                          capture_output=True, text=True, check=False)  # fmt: skip

    assert done.returncode == 0, done.stderr


def test_proxies_keep_machines_addresses_to_themselves() -> None:
    for name in ("nginx.conf", "Caddyfile"):
        text = (DEPLOY / "proxy" / name).read_text(encoding="utf-8")
        assert "/metrics" in text and "X-Forwarded-For" in text and "127.0.0.1:8000" in text
