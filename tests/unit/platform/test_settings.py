from pathlib import Path

import pytest

from xiuhua.platform.errors import SettingsWrong
from xiuhua.platform.settings import load_settings, settings_table

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "PORT", "DATABASE_URL", "DATABASE_OWNER_URL", "TIME_ZONE"):
        monkeypatch.delenv(f"XIUHUA_{name}", raising=False)


def test_the_reference_holds_the_table() -> None:
    assert settings_table() in (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")


def test_what_was_chosen_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIUHUA_PORT", "8000")
    monkeypatch.setenv("XIUHUA_DATA", "")

    assert load_settings().port == 8000 and load_settings(port=9000).port == 9000
    assert load_settings().data == Path.cwd() / ".data"


def test_every_wrong_setting_is_named_and_no_value_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIUHUA_PORT", "geheim")
    monkeypatch.setenv("XIUHUA_TIME_ZONE", "Asia/Atlantis")
    monkeypatch.setenv("XIUHUA_DIGEST", "md5")

    with pytest.raises(SettingsWrong) as caught:
        load_settings()
    assert [each.split(":")[0] for each in caught.value.params["errors"]] == [
        "XIUHUA_PORT",
        "XIUHUA_TIME_ZONE",
        "XIUHUA_DIGEST",
    ]
    assert "geheim" not in str(caught.value)


def test_an_owner_needs_a_database() -> None:
    with pytest.raises(SettingsWrong, match="XIUHUA_DATABASE_OWNER_URL needs XIUHUA_DATABASE_URL as well"):
        load_settings(database_owner_url="postgresql:///x")


def test_secrets_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIUHUA_DATABASE_URL", "postgresql://me:geheim@db/x")

    assert "geheim" not in repr(load_settings())


def test_a_misspelt_setting_is_told(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setenv("XIUHUA_DATABSE_URL", "postgresql:///x")

    load_settings()

    assert "XIUHUA_DATABSE_URL is not a setting; did you mean XIUHUA_DATABASE_URL?" in caplog.text
