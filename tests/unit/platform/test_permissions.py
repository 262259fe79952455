import re

import pytest

from xiuhua.platform.identity.model import Actor, Post, system
from xiuhua.platform.identity.permissions import covers, known_permissions, permissions_of, role_for, roles

CITY = "990101"
CHAIN = ("510600001002003", "510600001002", "510600001", "510600")


def actor(*posts: Post) -> Actor:
    return Actor("P1", CITY, "", posts, permissions_of(posts))


def test_every_role_is_told_in_both_languages_and_permits_only_what_is_declared() -> None:
    expected = "collector intake_officer shift_leader dispatcher unit_officer handler supervisor leader appraiser"

    assert roles().keys() == {*expected.split(), "administrator", "auditor", "system", "public"}
    assert all(role.title.keys() == {"zh", "en"} for role in roles().values())
    assert all(role.permissions <= known_permissions() | {"*"} for role in roles().values())
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", permission) for permission in known_permissions())


def test_every_permission_is_held_by_someone_who_is_no_machine() -> None:
    held = frozenset().union(*(role.permissions for role in roles().values()))

    assert known_permissions() - held == set()


@pytest.mark.parametrize(
    ("post", "areas", "unit", "expected"),
    [
        (Post("unit_officer", CITY), (), None, True),
        (Post("unit_officer", CITY), CHAIN, "U1", True),
        (Post("unit_officer", CITY, area="510600001"), CHAIN, None, True),
        (Post("unit_officer", CITY, area="510600002"), CHAIN, None, False),
        (Post("unit_officer", CITY, area="510600001"), (), None, False),
        (Post("unit_officer", CITY, unit="U1"), CHAIN, "U1", True),
        (Post("unit_officer", CITY, unit="U1"), CHAIN, "U2", False),
        (Post("unit_officer", CITY, unit="U1"), CHAIN, None, True),
        (Post("unit_officer", CITY, unit="U1", area="510600002"), CHAIN, "U1", False),
        (Post("unit_officer", "990102"), CHAIN, None, False),
        (Post("public", CITY), CHAIN, None, False),
        (Post("king", CITY), CHAIN, None, False),
    ],
)
def test_a_post_covers_its_place_and_its_unit(
    post: Post, areas: tuple[str, ...], unit: str | None, expected: bool
) -> None:
    assert covers(actor(post), "case.act", areas, unit) is expected


def test_the_post_that_covers_must_bear_the_permission_itself() -> None:
    both = actor(Post("administrator", CITY, area="510600"), Post("handler", CITY, area="510600002"))

    assert both.may("case.act") and not covers(both, "case.act", CHAIN)
    assert covers(both, "case.read", CHAIN)


def test_a_token_without_the_scope_covers_nothing() -> None:
    narrow = Actor("P1", CITY, "", (Post("dispatcher", CITY),), frozenset({"case.read"}), "token")

    assert covers(narrow, "case.read", CHAIN) and not covers(narrow, "case.act", CHAIN)


def test_the_role_on_the_record_is_the_one_that_permits() -> None:
    both = actor(Post("handler", CITY), Post("shift_leader", CITY))

    assert role_for(both, "report.accept") == "shift_leader"
    assert role_for(system(CITY), "report.accept") == "system"
    assert role_for(actor(), "report.accept") == "none"
