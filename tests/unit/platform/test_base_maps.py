"""Maps of others that an installation names."""

import json

import pytest

from xiuhua.platform.base_maps import parsed
from xiuhua.platform.errors import SettingsWrong
from xiuhua.platform.settings import Settings, load_settings

TILES = "https://t0.tianditu.gov.cn/vec_w/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=geheim"


def test_there_are_none_unless_named() -> None:
    assert parsed(Settings().base_maps) == ()


def test_a_map_is_told_with_its_origin() -> None:
    [found] = parsed(json.dumps([{"title": "天地图", "url": TILES, "datum": "wgs84", "max_zoom": 17}]))

    assert (found.title, found.datum, found.max_zoom) == ("天地图", "wgs84", 17)
    assert found.origin == "https://t0.tianditu.gov.cn"


@pytest.mark.parametrize(
    "text",
    [
        "geheim",
        '{"title": "geheim"}',
        '[{"title": "t", "url": "javascript:geheim/{z}/{x}/{y}"}]',
        '[{"title": "t", "url": "https://geheim/{z}/{x}"}]',
        '[{"title": "t", "url": "https://geheim; script-src */{z}/{x}/{y}"}]',
        '[{"title": "t", "url": "https:///geheim/{z}/{x}/{y}"}]',
        '[{"title": "t", "url": "https://geheim/{z}/{x}/{y}", "datum": "beijing54"}]',
        json.dumps([{"title": "t", "url": TILES}] * 13),
    ],
)
def test_what_is_no_map_is_refused_and_not_repeated(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIUHUA_BASE_MAPS", text)

    with pytest.raises(SettingsWrong, match="XIUHUA_BASE_MAPS") as caught:
        load_settings()
    assert "geheim" not in str(caught.value)
