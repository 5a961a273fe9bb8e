"""Work on several batches at a time. What is compiled, numpy's sorting, and Arrow let other threads run; results come
in order, so that whatever is made of them is the same with one thread and with many.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

T = TypeVar("T")
MOST = 4
"""Threads: more of them would only wait for the one that takes their results, and hold more of the file."""
WORTH = 1 << 18
"""Rows from which on a second thread is worth its while."""


def workers() -> int:
    """How many threads work."""
    return max(1, min(MOST, int(pyarrow.cpu_count())))


def in_order(tasks: Iterable[Callable[[], T]]) -> Iterator[T]:
    """What each task gives, in their order; a few are done ahead, while the last one is looked at."""
    waiting: deque[Future[T]] = deque()
    with ThreadPoolExecutor(workers()) as pool:
        try:
            for task in tasks:
                waiting.append(pool.submit(task))
                if len(waiting) > workers():
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for each in waiting:
                each.cancel()


def shared(work: Callable[[int, int], None], size: int, rows: int | None = None) -> None:
    """Do the work on all numbers from 0 up to, not with, `size`: each thread on a stretch of its own. `rows`: how many
    rows are looked at, where that is another number."""
    parts = workers() if (size if rows is None else rows) >= WORTH else 1
    edges = [size * part // parts for part in range(parts + 1)]
    if parts == 1:
        work(0, size)
        return
    with ThreadPoolExecutor(parts) as pool:
        for each in [pool.submit(work, *edge) for edge in itertools.pairwise(edges)]:
            each.result()
