"""The model of a city: a softmax over hashed features that learns from each decision as it comes. Pure.

Features are weighed by rarity (tf-idf, texts of length one); one step of gradient a decision, in float32.
Learning the same decisions in the same order gives the same model.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from xiuhua.loop.suggest.confidence import Record
from xiuhua.loop.suggest.features import SPACE, Bags, bags, codes_of, hashed, squeezed

NOT_OURS: Final = "-"
"""The label of what was refused, forwarded, or answered as a question: no city management."""
RATE: Final = 8.0
PASSES: Final = 2
MOST_LABELS: Final = 512
_SMALL: Final = 0.01
"""Labels that were not in question are not moved: keeps the table sparse and each step short."""
_AT_ONCE: Final = 50
"""Decisions that are guessed together before they are learnt from."""
_FORM: Final = 1


class Guess(NamedTuple):
    """One label that a text may have."""

    label: str
    confidence: float
    """The probability that it is right, as the record of earlier guesses has it."""


class Model:
    """What was learnt. Not changed after loading but by `learn`."""

    def __init__(self) -> None:
        """A model that knows nothing yet."""
        self.labels: list[str] = []
        self.learnt = 0
        """Decisions learnt from."""
        self._often = np.zeros(SPACE, np.int64)
        self._weights = np.zeros((SPACE, 8), np.float32)
        self._bias = np.zeros(8, np.float32)
        self._row = np.arange(SPACE)
        self.record = Record()
        self.not_ours = Record()
        """Scores of `NOT_OURS`, and whether it was: by this, what may be refused without looking long."""
        self.named = Record(trust=0.6)
        """Guesses by the catalogue's names alone; noted by whoever has the catalogue."""

    def guess(self, asked: Bags, most: int = 3, shares: NDArray[np.float32] | None = None) -> list[list[Guess]]:
        """For each text the likeliest labels, the best first; nothing from a model without two labels.

        `shares`: what `shares(asked)` gave, if it was asked for already.
        """
        if len(self.labels) < 2:
            return [[] for _ in range(len(asked))]
        shares = self.shares(asked) if shares is None else shares
        best = np.argsort(-shares, axis=1, kind="stable")[:, :most]
        top = np.take_along_axis(shares, best, 1)
        sure = self.record.confidence(top[:, 0])
        left = (1 - sure) / np.maximum(1 - top[:, 0], 1e-6)
        values = np.minimum(np.concatenate([sure[:, None], top[:, 1:] * left[:, None]], 1), sure[:, None])
        names = self.labels
        return [
            [Guess(names[label], round(value, 4)) for label, value in zip(each, row, strict=True)]
            for each, row in zip(best.tolist(), values.tolist(), strict=True)
        ]

    def shares(self, asked: Bags) -> NDArray[np.float32]:
        """Raw softmax of every label (columns) for every text (rows)."""
        size = len(self.labels)
        values, found = self._values(asked), np.zeros((len(asked), size), np.float32)
        if not size:
            return found
        rows, bounds = self._row[asked.index], asked.starts.tolist()
        for text in range(len(asked)):
            start, end = bounds[text], bounds[text + 1]
            found[text] = values[start:end] @ self._weights.take(rows[start:end], 0)[:, :size]
        return _softmax(found + self._bias[:size])

    def ours(self, asked: Bags, shares: NDArray[np.float32] | None = None) -> NDArray[np.float64]:
        """The probability that each text is city management; 1 while nothing else was ever decided."""
        if NOT_OURS not in self.labels or len(self.labels) < 2:
            return np.ones(len(asked))
        shares = self.shares(asked) if shares is None else shares
        return 1 - self.not_ours.confidence(shares[:, self.labels.index(NOT_OURS)])

    def learn(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Decisions in the order they were made. What they would have been guessed goes into the record first."""
        for start in range(0, len(texts), _AT_ONCE):
            self._learn(texts[start : start + _AT_ONCE], labels[start : start + _AT_ONCE])

    def _learn(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        asked, wanted = bags(texts), np.array([self._number(label) for label in labels])
        known = wanted >= 0
        self._note(asked, wanted)
        self.learnt += int(known.sum())
        chosen = np.flatnonzero(known).tolist()
        self._often += np.bincount(asked.taken(chosen).index, minlength=SPACE)
        values = self._values(asked)
        for _ in range(PASSES):
            for text in chosen:
                start, end = int(asked.starts[text]), int(asked.starts[text + 1])
                self._step(self._row[asked.index[start:end]], values[start:end], int(wanted[text]))

    def why(self, text: str, label: str, most: int = 3) -> list[str]:
        """The stretches of a text that spoke most for a label, the strongest first."""
        if label not in self.labels or len(self.labels) < 2:
            return []
        shown, pull = squeezed(text), self._pull(text, self.labels.index(label))
        return strongest(shown, pull, most)

    def _pull(self, text: str, label: int) -> NDArray[np.float64]:
        """How far each character speaks for a label, against what the others have on the average."""
        codes = codes_of([text])
        first, second, breaks = hashed(codes)
        size = len(self.labels)
        pull = np.zeros(len(codes))
        for features, width in ((first, 1), (second, 2)):
            rows = self._weights[self._row[features], :size]
            worth = (rows[:, label] - rows.mean(1)) * self._rare(features) / width
            pull[: len(worth)] += worth
            if width == 2:
                pull[1:] += worth
        return np.asarray(pull[:-1] * ~breaks[:-1])

    def _rare(self, features: Any) -> NDArray[np.float64]:
        """How much a feature says by its rarity; nothing where it was never seen."""
        often = self._often[features]
        rare = np.maximum(np.log((1 + self.learnt) / (1 + often)) + 1, 0.1)
        return np.asarray(np.where(often > 0, rare, 0.0))

    def _values(self, asked: Bags) -> NDArray[np.float32]:
        """The weight of each feature in its text; a text's weights have length one."""
        values = ((1 + np.log(asked.count)) * self._rare(asked.index)).astype(np.float32)
        if not len(values):
            return values
        padded = np.append(values * values, np.float32(0))
        length = np.add.reduceat(padded, asked.starts[:-1]) * (np.diff(asked.starts) > 0)
        norm: NDArray[np.float32] = values / np.sqrt(np.maximum(np.repeat(length, np.diff(asked.starts)), 1e-9))
        return norm

    def _step(self, rows: Any, values: NDArray[np.float32], wanted: int) -> None:
        size = len(self.labels)
        slope = _softmax((values @ self._weights[rows, :size] + self._bias[:size])[None])[0]
        slope[wanted] -= 1
        slope[np.abs(slope) < _SMALL] = 0
        moved = np.flatnonzero(slope)
        if len(moved):
            self._weights[rows[:, None], moved] -= RATE * values[:, None] * slope[moved]
            self._bias[moved] -= np.float32(RATE / 100) * slope[moved]

    def _note(self, asked: Bags, wanted: NDArray[np.int64]) -> None:
        if self.learnt == 0:
            return
        shares = self.shares(asked)
        self.record.note(shares.max(1), shares.argmax(1) == wanted)
        if NOT_OURS in self.labels:
            column = self.labels.index(NOT_OURS)
            self.not_ours.note(shares[:, column], wanted == column)

    def _number(self, label: str) -> int:
        """The column of a label, a new one if need be; -1 when there is no room for more."""
        if label in self.labels:
            return self.labels.index(label)
        if len(self.labels) == MOST_LABELS:
            return -1
        self.labels.append(label)
        if len(self.labels) > self._weights.shape[1]:
            more = self._weights.shape[1]
            self._weights = np.concatenate([self._weights, np.zeros_like(self._weights)], 1)
            self._bias = np.concatenate([self._bias, np.zeros(more, np.float32)])
        return len(self.labels) - 1

    # ---- as it is kept

    def _records(self) -> tuple[Record, Record, Record]:
        return self.record, self.not_ours, self.named

    def dumped(self) -> bytes:
        """The model as bytes: only features that were ever seen, compressed."""
        size = len(self.labels)
        rows = np.flatnonzero(self._often)
        head = {"form": _FORM, "labels": self.labels, "learnt": self.learnt}
        held = io.BytesIO()
        np.savez_compressed(
            held, head=np.frombuffer(orjson.dumps(head), np.uint8), rows=rows.astype(np.uint16),
            often=self._often[rows].astype(np.uint32), weights=self._weights[self._row[rows], :size],
            bias=self._bias[:size],
            record=np.array([part for one in self._records() for part in (one.made, one.right)]),
        )  # fmt: skip
        return held.getvalue()


def loaded(content: bytes, to_learn: bool = False) -> Model:
    """What `dumped` made; without `to_learn` only rows that hold something take memory."""
    with np.load(io.BytesIO(content), allow_pickle=False) as held:
        head = orjson.loads(held["head"].tobytes())
        model = Model()
        model.labels, model.learnt = head["labels"], head["learnt"]
        rows, weights, record = held["rows"].astype(np.int64), held["weights"], held["record"]
        model._often[rows] = held["often"]
        model._bias = held["bias"]
        model.record, model.not_ours = Record(record[0], record[1]), Record(record[2], record[3])
        model.named = Record(record[4], record[5], trust=model.named.trust)
    if to_learn:
        model._weights = np.zeros((SPACE, max(len(model.labels), 8)), np.float32)
        model._weights[rows, : len(model.labels)] = weights
        model._bias = np.pad(model._bias, (0, max(0, 8 - len(model._bias))))
    else:
        model._weights = np.concatenate([np.zeros((1, weights.shape[1]), np.float32), weights])
        model._row = np.zeros(SPACE, np.int64)
        model._row[rows] = np.arange(1, len(rows) + 1)
    return model


def strongest(text: str, pull: NDArray[np.float64], most: int) -> list[str]:
    """Stretches of two to eight characters that pull above the rest of the text, the strongest first."""
    if not len(pull):
        return []
    line = max(float(pull.mean() + pull.std() / 2), 1e-9)
    strong = np.concatenate([[False], pull > line, [False]])
    edges = np.flatnonzero(strong[1:] != strong[:-1]).reshape(-1, 2).tolist()
    spans = [(float(pull[begin:end].sum()), text[begin:end][:8]) for begin, end in edges if end - begin > 1]
    spans.sort(key=lambda one: -one[0])
    return list(dict.fromkeys(words for _, words in spans))[:most]


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    found: NDArray[np.float32] = raised / raised.sum(1, keepdims=True)
    return found
