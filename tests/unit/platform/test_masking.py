import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.platform.masking import mask, mask_text

PHONES = st.from_regex(r"1[3-9]\d{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("name", "张三", "张**"),
        ("name", "欧阳娜娜", "欧**"),
        ("name", "", ""),
        ("contact", "Li Si", "L**"),
        ("phone", "13800001234", "138****1234"),
        ("phone", "+86 138-0000-1234", "138****1234"),
        ("phone", "0838-2501234", "083****1234"),
        ("mobile", "2501234", "****34"),
        ("phone", "110", "**"),
        ("phone", 13800001234, "**"),
        ("id_number", "510600199001011234", "510*************34"),
        ("id_number", "51060019900101123X", "510*************3X"),
        ("id_number", "E123", "**"),
        ("email", "zhang.san@example.cn", "z***@example.cn"),
        ("email", "nonsense", "**"),
        ("address", "南街１２号3栋2单元501", "南街**号*栋*单元***"),
        ("text", "路灯不亮", "路灯不亮"),
        ("text", "打13800001234或0838-2501234", "打138****1234或083****1234"),
        ("text", "138 0000 1234。", "138****1234。"),
        ("text", "身份证510600199001011234，邮箱a.b@c.cn", "身份证510*************34，邮箱a***@c.cn"),
        ("text", "案件990101-20260302-0042，网格510600001002003", "案件990101-20260302-0042，网格510**********03"),
        ("text", "2026年3月2日9点", "2026年3月2日9点"),
        ("n", 5, 5),
        ("phone", None, None),
    ],
)
def test_each_field_is_masked_in_its_way(field: str, value: object, expected: object) -> None:
    assert mask({field: value}) == {field: expected}


def test_masking_goes_to_any_depth_and_copies() -> None:
    content = {"reporters": [{"name": "张三", "phones": ["13800001234"]}], "place": {"address": "1号"}}

    assert mask(content) == {
        "reporters": [{"name": "张**", "phones": ["138****1234"]}],
        "place": {"address": "*号"},
    }
    assert content["reporters"][0]["name"] == "张三"  # type: ignore[index]


@given(st.text(st.characters(exclude_categories=("Nd", "Cs"), exclude_characters="-"), max_size=20), PHONES)
def test_no_mobile_number_survives_in_a_text(around: str, phone: str) -> None:
    assert phone not in mask_text(f"{around}{phone}{around}")


@given(st.text(max_size=60))
def test_masking_again_changes_nothing_more(text: str) -> None:
    once = mask_text(text)

    assert mask_text(once) == once
