"""How well suggestions sort real messages of citizens, beside simpler and heavier ways, and what one costs.

The messages (`data/citizen_messages` of the shared folder) were written to a government board, not to a bureau of city
management. What is predicted is the first level of that board's category tree (7 of its 15 occur): 495 messages bear
it; for the 2,816 answered ones it is told, where it can be, by the department that the reply names. Learnt from is
never tested on: either the replies' departments are learnt and the labels tested, or the earlier part of the labels
and the later part. "Not ours" is four of the seven levels together: schools, work and pensions, health, trade.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from python_calamine import CalamineWorkbook
from ruamel.yaml import YAML
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from harness import Result, result
from xiuhua.loop.suggest.features import bags
from xiuhua.loop.suggest.model import NOT_OURS, Model, loaded

SHARED = Path(os.environ.get("XIUHUA_SHARED") or Path(__file__).parents[2] / "shared")
DATA = SHARED / "data" / "citizen_messages"
AT_ONCE = 50
SURE = 0.9
"""From this probability on a message would be put up for refusing or forwarding; not tuned on what is tested."""
MANY_LABELS = 150


class Message(NamedTuple):
    """One message with the label that is known or told."""

    at: str
    text: str
    label: str


def words() -> dict[str, Any]:
    """Departments, levels that are not ours, keywords."""
    return dict(YAML(typ="safe", pure=True).load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")))


def labelled() -> list[Message]:
    """Messages that bear a label, by time."""
    rows = _rows("messages_labelled_495.xlsx")
    return sorted(Message(_time(row[3]), _text(row), row[5]) for row in rows)


def by_department(departments: dict[str, list[str]]) -> list[Message]:
    """Answered messages whose reply names departments of one level more often than of any other, by time."""
    found = []
    for row in _rows("messages_with_replies_2816.xlsx"):
        reply = "".join(str(row[5]).split())[:400]
        named = {label: sum(reply.count(word) for word in each) for label, each in departments.items()}
        (best, times), (_, next_times), *_ = Counter(named).most_common()
        if times > next_times:
            found.append(Message(_time(row[3]), _text(row), best))
    return sorted(found)


def learnt(messages: Sequence[Message]) -> Model:
    """A model that has learnt these, in their order, as it serves."""
    model = Model()
    for start in range(0, len(messages), AT_ONCE):
        part = messages[start : start + AT_ONCE]
        model.learn([one.text for one in part], [one.label for one in part])
    return loaded(model.dumped())


def judged(model: Model, tested: Sequence[Message]) -> dict[str, float]:
    """Accuracy, among the first three, and expected calibration error over ten bins."""
    guesses = model.guess(bags([one.text for one in tested]))
    right = np.array([guess[0].label == one.label for guess, one in zip(guesses, tested, strict=True)])
    first3 = [one.label in [each.label for each in guess] for guess, one in zip(guesses, tested, strict=True)]
    sure = np.array([guess[0].confidence for guess in guesses])
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(
        (bins == one).mean() * abs(sure[bins == one].mean() - right[bins == one].mean()) for one in set(bins.tolist())
    )
    return {"accuracy": float(right.mean()), "top3": float(np.mean(first3)), "ece": float(error)}


def beside(train: Sequence[Message], tested: Sequence[Message], keywords: dict[str, list[str]]) -> dict[str, float]:
    """Accuracy of the most frequent label, of keywords, and of two usual classifiers over the same 300 characters."""
    wanted = [one.label for one in tested]
    most = Counter(one.label for one in train).most_common(1)[0][0]
    counted = [max(keywords, key=lambda label: sum(one.text.count(word) for word in keywords[label])) for one in tested]
    found = {"majority": _share([most] * len(tested), wanted), "keywords": _share(counted, wanted)}
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
    known = vectors.fit_transform([one.text[:300] for one in train])
    asked = vectors.transform([one.text[:300] for one in tested])
    for name, judge in (("linear_svc", LinearSVC()), ("complement_nb", ComplementNB())):
        found[name] = _share(judge.fit(known, [one.label for one in train]).predict(asked), wanted)
    return found


def not_ours(train: Sequence[Message], tested: Sequence[Message], levels: Sequence[str]) -> dict[str, float]:
    """What could be put up for refusing or forwarding: how much of it, and how often rightly."""
    hidden = [one._replace(label=NOT_OURS) if one.label in levels else one for one in train]
    ours = learnt(hidden).ours(bags([one.text for one in tested]))
    foreign = np.array([one.label in levels for one in tested])
    said = ours <= 1 - SURE
    return {
        "share_of_all": float(said.mean()), "found": float((said & foreign).sum() / foreign.sum()),
        "precision": float(foreign[said].mean()) if said.any() else 0.0,
        "accuracy": float(((ours < 0.5) == foreign).mean()),
    }  # fmt: skip


def cost(model: Model, texts: Sequence[str], at_once: int, runs: int = 5) -> list[float]:
    """Microseconds of CPU a report, guessed in batches."""
    found = []
    for _ in range(runs):
        begun = time.process_time()
        for start in range(0, len(texts), at_once):
            model.guess(bags(texts[start : start + at_once]))
        found.append((time.process_time() - begun) / len(texts) * 1e6)
    return found


def run(full: bool = False) -> list[Result]:
    """Three ways of learning, each tested on what was not learnt; then the cost."""
    if not DATA.is_dir():
        raise FileNotFoundError("set XIUHUA_SHARED to the folder with data/citizen_messages")
    said, known = words(), labelled()
    told = by_department(said["departments"])
    cut = int(len(known) * 0.6)
    earlier, later = known[:cut], known[cut:]
    found: list[Result] = []
    for name, train, tested, what in (
        ("replies", told, known, "learnt from the departments that reply, tested on all labels"),
        ("labels", earlier, later, "learnt from the earlier labels, tested on the later"),
        (
            "both",
            sorted([*told, *earlier]),
            later,
            "learnt from replies and earlier labels, tested on the later labels",
        ),
    ):
        note = f"{len(train):,} messages learnt, {len(tested)} tested: {what}"
        model = learnt(train)
        own, others = judged(model, tested), _told(beside(train, tested, said["keywords"]))
        found += [
            result(f"{name}_accuracy", [own["accuracy"]], "share", "higher", note + others),
            result(f"{name}_top3", [own["top3"]], "share", "higher", "among the first three"),
            result(f"{name}_ece", [own["ece"]], "share", "lower", "expected calibration error, ten bins"),
        ]  # fmt: skip
        foreign = not_ours(train, tested, said["not_ours"])
        found.append(
            result(
                f"{name}_not_ours_precision", [foreign["precision"]], "share", "higher", f"at {SURE}{_told(foreign)}"
            )
        )
    return [*found, *_costs(model, [one.text for one in told])]


def _costs(model: Model, texts: Sequence[str]) -> list[Result]:
    many = _with_labels(model, MANY_LABELS)
    ways: list[tuple[str, Model, int, str]] = [
        ("us_single", model, 1, "7 labels, one by one"), ("us_batch_16", model, 16, "7 labels, 16 at a time"),
        ("us_single_150", many, 1, "150 labels, one by one"), ("us_batch_16_150", many, 16, "150 labels, 16 at a time"),
    ]  # fmt: skip
    return [
        result(
            name, cost(one, texts, at_once), "µs CPU", "lower", f"{note}; {_length(texts):.0f} characters on average"
        )
        for name, one, at_once, note in ways
    ]


def _with_labels(model: Model, count: int) -> Model:
    """The same features with so many labels, each of the old ones standing for many."""
    wide = Model()
    texts = [f"{label}{number}" for number in range(count) for label in model.labels[:1]]
    wide.learn(texts, [f"label {number}" for number in range(count)])
    wide = loaded(wide.dumped(), to_learn=True)
    wide._often = model._often.copy()
    return wide


def _length(texts: Sequence[str]) -> float:
    return float(np.mean([len(text) for text in texts]))


def _told(figures: dict[str, float]) -> str:
    return "".join(f"; {name} {value:.3f}" for name, value in figures.items())


def _share(said: Sequence[str], wanted: Sequence[str]) -> float:
    return float(np.mean([one == other for one, other in zip(said, wanted, strict=True)]))


def _rows(name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(DATA / name)).get_sheet_by_index(0).to_python()[1:]


def _text(row: list[Any]) -> str:
    return f"{''.join(str(row[2]).split())} {''.join(str(row[4]).split())}"


def _time(value: Any) -> str:
    """A time in one form, so that texts sort by it; the workbook holds several."""
    if isinstance(value, datetime):
        return value.isoformat()
    date, _, clock = str(value).strip().replace("-", "/").partition(" ")
    year, month, day = date.split("/")
    return f"{int(year):04}-{int(month):02}-{int(day):02}T{clock:0>8}"
