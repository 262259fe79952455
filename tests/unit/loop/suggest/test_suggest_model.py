"""The model learns from each decision, tells why, and says how sure it is by what came of earlier guesses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.loop.suggest.confidence import BINS, Record
from xiuhua.loop.suggest.features import LONGEST, SPACE, bags
from xiuhua.loop.suggest.model import MOST_LABELS, NOT_OURS, Model, loaded

LAMPS, RUBBISH = "lamps", "rubbish"
TEXTS = [
    ("路灯不亮，晚上很黑", LAMPS), ("垃圾堆在路口发臭", RUBBISH), ("小学报名要什么材料", NOT_OURS),
    ("这条街的路灯坏了三盏", LAMPS), ("垃圾没人清运", RUBBISH), ("养老金什么时候发", NOT_OURS),
]  # fmt: skip


@pytest.fixture
def model() -> Model:
    """Has seen a few dozen decisions."""
    made = Model()
    for _ in range(15):
        made.learn([text for text, _ in TEXTS], [label for _, label in TEXTS])
    return made


def test_bags_of_a_batch_are_those_of_each_text_alone() -> None:
    texts = ["路灯不亮", "", "路灯路灯", "  A a\n", "👷 井盖"]
    together = bags(texts)

    for number, text in enumerate(texts):
        alone, span = bags([text]), slice(together.starts[number], together.starts[number + 1])
        assert together.index[span].tolist() == alone.index.tolist()
        assert together.count[span].tolist() == alone.count.tolist()


@given(st.lists(st.text(max_size=400), max_size=8))
def test_any_text_has_a_bag(texts: list[str]) -> None:
    found = bags(texts)

    assert len(found) == len(texts)
    assert found.count.sum() <= 2 * LONGEST * len(texts)
    assert ((found.index >= 0) & (found.index < SPACE)).all()


def test_numbers_are_no_features() -> None:
    first, second = bags(["幸福路12号 13800001234"]), bags(["幸福路98号 13911112222"])

    assert first.index.tolist() == second.index.tolist()


def test_what_was_decided_is_guessed_again(model: Model) -> None:
    guesses = model.guess(bags(["巷子里路灯又坏了", "路边一堆垃圾", "幼儿园报名"]))

    assert [each[0].label for each in guesses] == [LAMPS, RUBBISH, NOT_OURS]
    assert all(1 >= one.confidence >= two.confidence >= 0 for one, two, *_ in guesses)


def test_the_words_that_weighed_most_are_told(model: Model) -> None:
    assert "路灯" in "".join(model.why("你好，我家门口路灯坏了很久", LAMPS))
    assert model.why("随便什么", "unknown") == []


def test_what_is_not_ours_is_known_by_its_probability(model: Model) -> None:
    lamp, school = model.ours(bags(["路灯坏了", "小学报名"])).tolist()

    assert lamp > 0.7
    assert school < 0.4


def test_a_model_that_knows_nothing_says_nothing() -> None:
    model = Model()
    assert model.guess(bags(["路灯"])) == [[]]
    assert model.ours(bags(["路灯"])).tolist() == [1.0]


def test_a_kept_model_guesses_and_learns_as_before(model: Model) -> None:
    asked = bags(["路灯闪烁", "没有人倒垃圾", "!!"])
    serving, pupil = loaded(model.dumped()), loaded(model.dumped(), to_learn=True)
    model.learn(["公厕太脏"], ["toilets"])
    pupil.learn(["公厕太脏"], ["toilets"])

    assert [one[0].label for one in serving.guess(asked)][:2] == [LAMPS, RUBBISH]
    assert np.allclose(model.shares(asked), pupil.shares(asked), atol=1e-6)
    assert pupil.learnt == model.learnt == 91


def test_the_same_decisions_make_the_same_model(model: Model) -> None:
    again = Model()
    for _ in range(15):
        again.learn([text for text, _ in TEXTS], [label for _, label in TEXTS])

    assert again.dumped() == model.dumped()


def test_there_is_room_for_so_many_labels_and_no_more() -> None:
    model = Model()
    model.learn(["水管"] * (MOST_LABELS + 1), [f"c{n}" for n in range(MOST_LABELS + 1)])

    assert len(model.labels) == MOST_LABELS == model.learnt


def test_scores_that_were_too_proud_are_brought_down() -> None:
    record = Record()
    record.note(np.full(400, 0.95), np.arange(400) % 2 == 0)

    assert 0.45 < record.confidence([0.975])[0] < 0.65
    assert Record().confidence([0.975])[0] == pytest.approx(0.975)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=300))
def test_confidence_never_falls_as_the_score_rises(made: list[tuple[float, bool]]) -> None:
    record = Record()
    record.note([score for score, _ in made], [right for _, right in made])
    curve = record.confidence(np.linspace(0, 1, 3 * BINS))

    assert (np.diff(curve) >= -1e-12).all() and curve[0] >= 0 and curve[-1] <= 1
