"""Reading ahead: what waits for the server happens in a thread of its own while the caller works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from queue import Empty, Queue
from threading import Event, Thread
from typing import Final, TypeVar, cast

_END: Final = object()
T = TypeVar("T")


def ahead(batches: Iterable[T], depth: int = 4) -> Iterator[T]:
    """The same in the same order, taken from `batches` by a thread that keeps up to `depth` ready.

    Pays where taking one means waiting (for a server, a disk). A fault of the source is raised here, after
    what came before it; when the caller leaves early, the thread ends with the batch in hand.
    """
    ready: Queue[object] = Queue(depth)
    left = Event()
    faults: list[BaseException] = []

    def take() -> None:
        try:
            for batch in batches:
                ready.put(batch)
                if left.is_set():
                    return
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            faults.append(error)
        ready.put(_END)

    thread = Thread(target=take, name="ahead", daemon=True)
    thread.start()
    try:
        while (batch := ready.get()) is not _END:
            yield cast(T, batch)
    finally:
        left.set()
        while thread.is_alive():
            try:
                ready.get(timeout=0.05)
            except Empty:
                continue
    if faults:
        raise faults[0]
