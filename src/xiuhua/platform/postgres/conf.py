"""Settings of the embedded server, and who may sign in to it."""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping
from pathlib import Path

from xiuhua.platform.datafolder import write_file
from xiuhua.platform.postgres.place import Place

DATABASE = "xiuhua"
SUPERUSER, OWNER, APPLICATION = "postgres", "xiuhua_owner", "xiuhua_app"
MIB = 1024**2


def write_conf(place: Place, extra: Mapping[str, str]) -> None:
    """Write the files anew at every start; an administrator's own settings go into `conf/local.conf`."""
    place.conf.mkdir(mode=0o755, exist_ok=True)
    place.conf.chmod(0o755)
    settings = {**_settings(place, memory_bytes()), **extra}
    lines = [f"{name} = {_quoted(value)}\n" for name, value in settings.items()]
    note = "# Written anew at every start. Put your own settings into local.conf beside this file.\n"
    text = "".join([note, *lines, "include_if_exists = 'local.conf'\n"])
    write_file(place.conf / "postgresql.conf", text)
    write_file(
        place.conf / "pg_hba.conf", f"local all all peer map=xiuhua\nlocal replication {SUPERUSER} peer map=xiuhua\n"
    )
    write_file(place.conf / "pg_ident.conf", _identities(place))


def _settings(place: Place, memory: int) -> dict[str, str]:
    return {
        "hba_file": str(place.conf / "pg_hba.conf"),
        "ident_file": str(place.conf / "pg_ident.conf"),
        "listen_addresses": "",
        "unix_socket_directories": f'"{place.sockets}"',
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": _share(memory, 16, 32, 1024),
        "effective_cache_size": _share(memory, 2, 256, 65536),
        "work_mem": _share(memory, 512, 4, 32),
        "maintenance_work_mem": _share(memory, 64, 32, 512),
        # After each checkpoint the first change of a page writes it whole into the log. Rarer checkpoints write fewer
        # of them; compressing them (this server knows pglz only) took a third of the time of new rows.
        "checkpoint_timeout": "15min",
        "max_wal_size": "3GB",
        "wal_compression": "off",
        "random_page_cost": "1.1",
        # In files instead of /dev/shm: containers keep that small, and systemd-logind (RemoveIPC) empties it
        # when the user who happened to start the server logs out.
        "dynamic_shared_memory_type": "mmap",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "datestyle": "iso, ymd",
        "lc_messages": "C",
        "default_text_search_config": "pg_catalog.simple",
        # Detail lines and statements may hold what citizens wrote; the log must not.
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
    }


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _identities(place: Place) -> str:
    """We, the server's own account and root (who may become anybody) sign in; nobody else does."""
    names = {pwd.getpwuid(os.geteuid()).pw_name, place.account.name, "root"}
    roles = (OWNER, APPLICATION, SUPERUSER)
    return "".join(f'xiuhua "{name}" {role}\n' for name in sorted(names) for role in roles)


def _share(memory: int, part: int, least: int, most: int) -> str:
    return f"{max(least, min(most, memory // part // MIB))}MB"


def memory_bytes() -> int:
    """Memory of this machine, or of the container if that allows less."""
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        allowed = Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii").strip()
    except OSError:
        return physical
    return min(physical, int(allowed)) if allowed.isdigit() else physical
