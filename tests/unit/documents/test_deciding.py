"""What is done with a document, without a database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.documents import deciding, model, printing
from xiuhua.documents.deciding import Told
from xiuhua.documents.model import Declared, Drawn
from xiuhua.flow.model import State, apply
from xiuhua.packs.kinds import Document
from xiuhua.platform.errors import ConditionUnmet, Invalid, NotAllowed, NotNow

DECLARED = Declared("note", "d" * 64, Document.model_validate({
    "title": {"zh": "通知", "en": "Note"}, "number": "城发〔{year}〕{n:03}号", "approved_by": ["supervisor", "leader"],
    "valid_for": "1 year",
}))  # fmt: skip
TODAY = date(2026, 3, 2)
CONTENT = {"title": "一", "text": "甲", "fields": {}, "items": [], "attachments": []}


def folded(state: State | None, *told: Told) -> State:
    for at, (_, payload) in enumerate(told, 1):
        state = apply(state, payload, at)
    assert state is not None
    return state


def note(state: str = "draft", **more: Any) -> State:
    """A document in a state."""
    made = folded(None, deciding.drafted(DECLARED, "1", {**CONTENT, **more}, "author"))
    if state == "draft":
        return made
    made = folded(made, deciding.submitted(DECLARED, made))
    if state == "submitted":
        return made
    for role in ("supervisor", "leader"):
        made = folded(made, deciding.approved(made, role, {role}, 5))
    if state == "approved":
        return made
    return folded(made, deciding.published(DECLARED, made, Drawn("note", 2026, 1, "城发〔2026〕001号"), TODAY))


def attempt(verb: str, state: State) -> Told | None:
    """By somebody who may do it."""
    match verb:
        case "change":
            return deciding.changed(state, {"text": "乙"}, "author")
        case "submit":
            return deciding.submitted(DECLARED, state)
        case "approve":
            return deciding.approved(state, "other", {"supervisor", "leader"}, 9)
        case "send_back":
            return deciding.sent_back(state, "other", {"supervisor"}, "no", True)
        case "publish":
            return deciding.published(DECLARED, state, Drawn("note", 2026, 2, "x"), TODAY)
        case "revise":
            return deciding.revised(DECLARED, state, "2", "author", False)
        case "expire":
            return deciding.expired(state)
    return deciding.revoked(state, "author", "why", TODAY, True)


ALLOWED = {
    "draft": {"change", "submit", "revoke"}, "submitted": {"approve", "send_back", "revoke"},
    "approved": {"publish", "send_back", "revoke"}, "published": {"revise", "revoke", "expire"},
}  # fmt: skip
VERBS = sorted(set().union(*ALLOWED.values()))


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", ALLOWED)
def test_every_move_is_allowed_or_refused_by_the_state(state: str, verb: str) -> None:
    if verb in ALLOWED[state]:
        assert attempt(verb, note(state)) is not None
    else:
        with pytest.raises(NotNow):
            attempt(verb, note(state))


def test_a_number_is_written_as_its_pattern_says() -> None:
    assert DECLARED.number("990101", 2026, 7) == "城发〔2026〕007号" and DECLARED.year(TODAY) == 2026
    forever = Declared("b", "d", DECLARED.document.model_copy(update={"number": "第{n}期"}))
    assert (forever.number("990101", 2026, 7), forever.year(TODAY)) == ("第7期", model.WITHOUT_YEAR)


@pytest.mark.parametrize(
    ("since", "span", "last"),
    [
        ("2026-03-02", "1 year", "2027-03-01"), ("2026-03-02", "1 day", "2026-03-02"),
        ("2026-03-02", "2 weeks", "2026-03-15"), ("2026-01-31", "1 month", "2026-02-28"),
        ("2028-02-29", "1 year", "2029-02-28"), ("2026-12-01", "3 months", "2027-02-28"),
    ],
)  # fmt: skip
def test_the_last_day_of_a_span(since: str, span: str, last: str) -> None:
    assert model.last_day(date.fromisoformat(since), span) == date.fromisoformat(last)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 60))
def test_a_span_of_months_is_the_sum_of_its_months(since: date, months: int) -> None:
    last = model.last_day(since, f"{months} months")

    assert since < last and 27 * months <= (last - since).days <= 31 * months


def test_who_approves_holds_the_role_and_wrote_nothing_of_it() -> None:
    with pytest.raises(NotAllowed):
        deciding.approved(note("submitted"), "other", {"leader"}, 1)
    changed = deciding.changed(note(), {"text": "乙"}, "helper")
    assert changed is not None
    both = folded(note(), changed)
    both = folded(both, deciding.submitted(DECLARED, both))
    for author in ("author", "helper"):
        with pytest.raises(ConditionUnmet):
            deciding.approved(both, author, {"supervisor"}, 1)


def test_days_must_follow_each_other() -> None:
    drawn = Drawn("note", 2026, 1, "x")
    for days in ({"since": date(2026, 3, 1)}, {"until": date(2026, 3, 1)}):
        with pytest.raises(Invalid):
            deciding.published(DECLARED, note("approved"), drawn, TODAY, **days)


def test_what_was_published_is_known_by_its_digest() -> None:
    out = note("published")
    assert model.holds(out) is True and model.holds(note()) is None
    assert model.holds({**out, "data": {**out["data"], "text": "丙"}}) is False


def test_what_revises_a_document_ends_it_the_day_before() -> None:
    out = note("published")
    ended = folded(out, deciding.replaced(out, {"id": "2"}, date(2026, 7, 1)))["data"]

    assert model.is_in_force(ended, date(2026, 6, 30)) and not model.is_in_force(ended, date(2026, 7, 1))


@given(st.lists(st.sampled_from("甲乙丙丁"), max_size=8), st.lists(st.sampled_from("甲乙丙丁"), max_size=8))
def test_both_texts_can_be_read_from_their_difference(before: list[str], after: list[str]) -> None:
    pieces = model.difference("\n".join(before), "\n".join(after))

    assert [one.text for one in pieces if one.what != "added"] == before
    assert [one.text for one in pieces if one.what != "removed"] == after


@pytest.mark.timeout(60)
@pytest.mark.parametrize("repeated", [("甲",), ("甲", "乙"), tuple(map(str, range(100)))])
def test_texts_made_to_be_slow_are_laid_beside_each_other_at_once(repeated: tuple[str, ...]) -> None:
    """A hundred thousand characters, as long as texts may be, of lines that are all alike."""
    before = [repeated[at % len(repeated)] for at in range(30_000)]
    after = ["题", *(one for one in before if one != repeated[0]), *before[:9], "尾"]
    pieces = model.difference("\n".join(before), "\n".join(after))

    assert [one.text for one in pieces if one.what != "added"] == before
    assert [one.text for one in pieces if one.what != "removed"] == after


def test_a_text_is_not_written_for_ever() -> None:
    state = note()
    state["data"]["version"] = model.MOST_VERSIONS
    with pytest.raises(ConditionUnmet, match="at most"):
        deciding.changed(state, {"text": "乙"}, "author")
    assert deciding.changed(state, {"text": "甲"}, "author") is None


@given(st.text(max_size=60))
def test_nothing_that_is_written_becomes_a_tag(written: str) -> None:
    page = printing.text(written)
    for tag in ("p", "h2", "h3", "ul", "li", "strong"):
        page = page.replace(f"<{tag}>", "").replace(f"</{tag}>", "")

    assert "<" not in page and ">" not in page
