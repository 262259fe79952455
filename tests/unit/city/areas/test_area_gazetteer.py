import pytest
import shapely
from area_city import CITY, DAY, at, block, city, index
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.city.areas.gazetteer import SURE, Candidate, Gazetteer, NamedPlace
from xiuhua.city.areas.index import AreaIndex
from xiuhua.city.areas.names import forms, plain, road_name

PLACES = [
    NamedPlace("人民公园", *at(1.5, 1.5), aliases=("人民公园南门",), code="P1"),
    NamedPlace("阳光花园", *at(0.2, 2.2), code="P2"),
    NamedPlace("老年大学", *at(0.5, 0.5)),
    NamedPlace("老年大学", *at(7.5, 3.5)),
]
GAZETTEER = Gazetteer(index(), PLACES)


def found(text: str) -> tuple[Candidate, ...]:
    return GAZETTEER.find(text)


def is_at(candidate: Candidate, x: float, y: float, within: float = 0.1) -> bool:
    lon, lat = at(x, y)
    return abs(candidate.lon - lon) < within * 0.004 and abs(candidate.lat - lat) < within * 0.004


@pytest.mark.parametrize(
    ("text", "rule", "place", "why"),
    [
        ("人民公园里有人摆摊", "place", (1.5, 1.5), ("人民公园",)),
        ("人民公园南门外垃圾成堆", "place", (1.5, 1.5), ("人民公园南门",)),
        ("新华街道老年大学门口积水", "place", (0.5, 0.5), ("新华街道", "老年大学")),
        ("民生路与解放街交叉口红绿灯坏了", "crossing", (2, 2), ("民生路", "解放街", "交叉口")),
        ("民生路/和平路路口", "crossing", (6, 2), ("民生路", "和平路", "路口")),
        ("解放街和民生路的交汇处", "crossing", (2, 2), ("解放街", "民生路", "的交汇处")),
        ("解放街近民生路", "crossing", (2, 2), ("解放街", "民生路")),
        ("解放街上从银行到民生路路口", "crossing", (2, 2), ("解放街", "民生路", "路口")),
        ("文昌巷12号", "road", (0.25, 3.5), ("文昌巷12号",)),
        ("和平社区民生路", "road_in_area", (3, 2), ("和平社区", "民生路")),
        ("幸福社区民生路１２８号门前", "road_in_area", (7, 2), ("幸福社区", "民生路128号")),
        ("幸福社区3号楼漏水", "area", (7, 2), ("幸福社区3号楼",)),
        ("幸福居委会旁边", "area", (7, 2), ("幸福居委会",)),
        ("城北街道阳光社区", "area", (5, 2), ("阳光社区",)),
        ("网格990101001001001有积水", "area", (0.5, 0.5), ("990101001001001",)),
        ("责任一区", "area", (1, 1), ("责任一区",)),
        ("🚗🚗人民公园😡", "place", (1.5, 1.5), ("人民公园",)),
    ],
)
def test_one_place_is_meant(text: str, rule: str, place: tuple[float, float], why: tuple[str, ...]) -> None:
    [candidate] = found(text)

    assert candidate.rule == rule and candidate.why == why
    assert is_at(candidate, *place)
    assert candidate.confidence >= SURE


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("阳光社区垃圾没人收", 2),
        ("老年大学门口", 2),
        ("民生路上有个坑", 4),
        ("从人民公园到阳光花园", 2),
        ("民生路、解放街都很脏", 5),
        ("幸福社区文昌巷", 2),
        ("新华街道幸福社区", 2),
    ],
)
def test_far_places_are_listed_and_none_is_believed(text: str, count: int) -> None:
    candidates = found(text)

    assert len(candidates) == count
    assert all(candidate.confidence <= 0.3 for candidate in candidates)
    assert len({(candidate.lon, candidate.lat) for candidate in candidates}) == count


@pytest.mark.parametrize(
    "text", ["", "你好", "😀" * 50, "路灯不亮", "民路生", "abc 123", "\ud83d", "示范市", " \n\t", "生路"]
)
def test_no_name_no_place(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "code"), [("新华的路灯坏了", "990101001"), ("城东", "990101"), ("幸福", "990101002002")]
)
def test_a_name_without_its_ending_is_a_weak_sign(text: str, code: str) -> None:
    [candidate] = found(text)

    assert candidate.area == code and candidate.confidence < SURE


def test_a_street_alone_is_no_place_to_send_somebody() -> None:
    [candidate] = found("新华街道反映多次")

    assert candidate.area == "990101001" and candidate.confidence < SURE and candidate.radius_m > 500


def test_a_place_outside_of_the_area_named_is_doubtful() -> None:
    [candidate] = found("城北街道人民公园")

    assert candidate.rule == "place" and candidate.confidence <= 0.3


def test_a_place_far_from_the_road_named_is_doubtful() -> None:
    assert found("和平路人民公园")[0].confidence <= 0.3
    assert found("民生路人民公园")[0].confidence >= SURE


def test_every_candidate_knows_the_smallest_area_around_it() -> None:
    assert found("人民公园")[0].area == "990101001001005"
    assert found("民生路解放街路口")[0].area == "990101001001005"
    assert found("人民公园")[0].code == "P1"


def test_the_longest_name_wins() -> None:
    assert found("民生路2段")[0].why == ("民生路2段",)
    assert found("阳光花园")[0].rule == "place"


def test_a_text_of_ten_thousand_characters() -> None:
    noise = "这里说了很多与地点无关的话。" * 800

    [candidate] = found(noise[:5000] + "人民公园" + noise[5000:9996])

    assert candidate.code == "P1"
    assert len(found("民生路和平路解放街" * 1200)) <= 10


def test_a_batch_is_answered_like_single_texts() -> None:
    texts = ["人民公园", "", "民生路与解放街交叉口", "阳光社区"]

    assert GAZETTEER.find_all(texts) == [found(text) for text in texts]


def test_a_city_without_names_knows_no_place() -> None:
    assert Gazetteer(AreaIndex(CITY, DAY, [])).find("人民公园") == ()


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert all(0 <= candidate.confidence <= 1 for candidate in found(text + "民生路" + text))


def test_candidates_of_areas_lie_in_them() -> None:
    everything = shapely.union_all([one.geometry for one in city()]).union(block(0, 0, 8, 4))

    assert all(everything.covers(shapely.Point(one.lon, one.lat)) for one in found("民生路") + found("阳光社区"))


@pytest.mark.parametrize(
    ("name", "road"),
    [
        ("民生路", "民生路"),
        ("民生路东段", "民生路"),
        ("民生路（解放街-和平路）", "民生路"),
        ("民生路2段", "民生路"),
        ("民生路第三段", "民生路"),
        ("西段", "西段"),
    ],
)
def test_the_road_of_a_segment(name: str, road: str) -> None:
    assert road_name(name) == road


def test_forms_of_a_name() -> None:
    assert list(forms("新华街道", "street")) == [
        ("新华街道", False), ("新华街道办事处", False), ("新华街道办", False), ("新华办事处", False), ("新华", True),
    ]  # fmt: skip
    assert list(forms("北村", "community")) == [("北村", False)]
    assert list(forms("园", "place")) == []


def test_full_width_and_broken_characters() -> None:
    assert plain("１２８号Ａ座") == "128号A座"
    assert plain("\ud83d公园").endswith("公园")
