"""Requests answered together: while one transaction runs, those that come in wait, and all go into the next.

An action on a case costs a dozen statements, and thirty of them at once cost the same dozen. An endpoint says
how by `@together(carry_out)`; alone or in company, each request is answered as if it were the only one. When
nothing else waits, a request goes on at once.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar

import psycopg
from fastapi import Response
from starlette.concurrency import run_in_threadpool

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.web import work
from xiuhua.platform.web.call import Call
from xiuhua.platform.web.dependencies import AsActor, AsTx

MOST: Final = 48
"""Requests in one transaction: more would make the first of them wait for the last."""
THREADS: Final = 1
"""Batches at work at once: with two, each is half as large and costs as much; another process serves another core."""
LOCK_WAIT_MS: Final = 100
"""How long all wait for a row that somebody else holds; after that only the one that needs it does."""


class Apart(Exception):
    """Raised by a `CarryOut`: this batch cannot be done together; each request is done by itself."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: the endpoint's name and its parameters, the one who asks among them."""

    name: str
    values: dict[str, Any]


CarryOut = Callable[[Tx, str, Sequence[Asked]], list[Any]]
"""Answers requests of one city in one transaction: what each endpoint would return, or the error it would raise.

An error in the list must have changed nothing; where that is not certain, `Apart` is raised instead.
"""
E_ = TypeVar("E_", bound=Callable[..., Any])
_MARK: Final = "__xiuhua_together__"


def together(carry_out: CarryOut) -> Callable[[E_], E_]:
    """Mark an endpoint with parameters `actor` and `tx`: requests may be carried out together with others."""

    def mark(endpoint: E_) -> E_:
        setattr(endpoint, _MARK, carry_out)
        return endpoint

    return mark


def how(endpoint: Callable[..., Any]) -> CarryOut | None:
    """How requests to an endpoint are carried out together; None when they are not."""
    found: CarryOut | None = getattr(endpoint, _MARK, None)
    return found


@dataclass(slots=True)
class Waiting:
    """A request that waits for its answer."""

    endpoint: Callable[..., Any]
    values: dict[str, Any]
    render: work.Render
    call: Call
    actor_name: str
    as_actor: AsActor
    answer: asyncio.Future[Response | Exception | None]


Group = tuple[CarryOut, str]
Done = Future[list[Response | Exception | None]]


class Desk:
    """Where the requests of a process wait; its methods run in the event loop's thread."""

    def __init__(self) -> None:
        self._waiting: dict[Group, deque[Waiting]] = {}
        self._running = 0
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="together")

    def close(self) -> None:
        """End the threads, once what they do is done."""
        self._threads.shutdown()

    async def answer(
        self, carry_out: CarryOut, endpoint: Callable[..., Any], values: dict[str, Any], render: work.Render
    ) -> Response:
        """The answer to one request. Raises what the endpoint raises."""
        found = [(name, value) for name, value in values.items() if isinstance(value, AsActor)]
        actor_name, as_actor = found[0]
        call = as_actor.call
        assert call.credentials is not None
        loop = asyncio.get_running_loop()
        one = Waiting(endpoint, values, render, call, actor_name, as_actor, loop.create_future())
        self._waiting.setdefault((carry_out, call.credentials.city), deque()).append(one)
        self._begin(loop)
        outcome = await one.answer
        if outcome is None:
            return await run_in_threadpool(work.do, endpoint, values, render)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        while self._waiting and self._running < THREADS:
            group, queue = next(iter(self._waiting.items()))
            batch = [queue.popleft() for _ in range(min(MOST, len(queue)))]
            # The rest of this city goes behind the other cities.
            del self._waiting[group]
            if queue:
                self._waiting[group] = queue
            self._running += 1
            done = self._threads.submit(_carried_out, group[0], batch)
            done.add_done_callback(partial(self._ended, loop, batch))

    def _ended(self, loop: asyncio.AbstractEventLoop, batch: Sequence[Waiting], done: Done) -> None:
        """In the batch's thread: goes on in the event loop's."""
        loop.call_soon_threadsafe(self._end, loop, batch, done)

    def _end(self, loop: asyncio.AbstractEventLoop, batch: Sequence[Waiting], done: Done) -> None:
        self._running -= 1
        self._begin(loop)
        for one, outcome in zip(batch, done.result(), strict=True):
            if not one.answer.done():  # the client may have gone
                one.answer.set_result(outcome)


def _carried_out(carry_out: CarryOut, batch: Sequence[Waiting]) -> list[Response | Exception | None]:
    """Answers in order; None for those to be done by themselves."""
    try:
        return _together(carry_out, batch)
    except (Apart, XiuhuaError, psycopg.Error, work.SomeoneElseAnswered):
        # One that cannot be kept undoes all of them; alone, each finds its own answer.
        return [None] * len(batch)
    except Exception as error:  # noqa: BLE001 - nobody foresaw it: as the endpoint would have raised it
        return [error] if len(batch) == 1 else [None] * len(batch)


def _together(carry_out: CarryOut, batch: Sequence[Waiting]) -> list[Response | Exception | None]:
    services = batch[0].call.services
    outcomes: list[Response | Exception | None] = [None] * len(batch)
    keys: set[tuple[str, str]] = set()
    with services.database.transaction(lock_wait_ms=LOCK_WAIT_MS) as tx:
        who = services.identity.known_many(tx, [(one.call.credentials, one.call.key) for one in batch])  # type: ignore[misc]
        ready: list[int] = []
        for number, (one, found) in enumerate(zip(batch, who, strict=True)):
            try:
                known = work.demanded(one.as_actor, found)
                if known.answer is not None:
                    outcomes[number] = work.repeat(one.call, known.answer)
                    continue
            except XiuhuaError as error:
                outcomes[number] = error
                continue
            if one.call.key is not None:
                if (known.actor.id, one.call.key) in keys:
                    continue  # twice in one batch: the second is done after it, and finds its answer
                keys.add((known.actor.id, one.call.key))
            ready.append(number)
        asked = [Asked(one.endpoint.__name__, _filled(one, tx)) for one in map(batch.__getitem__, ready)]
        answered = []
        results = carry_out(tx, batch[0].call.credentials.city, asked) if asked else []  # type: ignore[union-attr]
        for number, made, result in zip(ready, asked, results, strict=True):
            one = batch[number]
            if isinstance(result, Exception):
                outcomes[number] = result
                continue
            response = one.render(result, work.reply_of(made.values), one.call.request.url)
            outcomes[number] = response
            if one.call.key is not None and one.call.known is not None:
                answered.append((one.call, one.call.known, response))
        work.keep(tx, answered)
    for one in batch:
        if one.call.known is not None and one.call.known.touch:
            work.touch(one.call)
    return outcomes


def _filled(one: Waiting, tx: Tx) -> dict[str, Any]:
    assert one.call.known is not None
    return {
        name: one.call.known.actor if name == one.actor_name else tx if isinstance(value, AsTx) else value
        for name, value in one.values.items()
    }
