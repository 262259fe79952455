import threading
from pathlib import Path

import pytest

from xiuhua.platform.errors import DataFolderUnusable
from xiuhua.platform.keys import SealKey, Witness, load_or_create, public_keys


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    load_or_create(tmp_path / "keys")
    return tmp_path / "keys"


def test_the_key_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    made: list[SealKey] = []
    threads = [threading.Thread(target=lambda: made.append(load_or_create(tmp_path / "keys"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({key.id for key in made}) == 1
    assert (tmp_path / "keys" / "seal.pem").stat().st_mode & 0o777 == 0o600
    assert public_keys(tmp_path / "keys").keys() == {made[0].id}


@pytest.mark.parametrize(("mode", "content"), [(0o644, None), (0o600, "nonsense")])
def test_an_unfit_key_is_refused(keys: Path, mode: int, content: str | None) -> None:
    path = keys / "seal.pem"
    path.write_text(content or path.read_text())
    path.chmod(mode)

    with pytest.raises(DataFolderUnusable):
        load_or_create(keys)


def test_a_witness_never_goes_back(tmp_path: Path) -> None:
    witness = Witness(tmp_path / "sealed")
    assert witness.known() == {}

    witness.note({"990101": (2, b"b"), "990102": (1, b"x")})
    witness.note({"990101": (1, b"a")})

    assert Witness(tmp_path / "sealed").known() == {"990101": (2, b"b"), "990102": (1, b"x")}
    assert (tmp_path / "sealed").stat().st_mode & 0o777 == 0o600
