"""The threads that live accounts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import attrs
import numba

from gridlang.runtime.engine.driving import Memory

T = TypeVar("T")
U = TypeVar("U")


@attrs.define(eq=False)
class Crew:
    """As many as the machine has processors, each with a memory of its own. To be used in a `with`."""

    size: int = attrs.field(factory=numba.get_num_threads)
    _pool: ThreadPoolExecutor = attrs.field(init=False)
    _local: threading.local = attrs.field(factory=threading.local)

    def __enter__(self) -> Crew:
        self._pool = ThreadPoolExecutor(self.size)
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def map(self, live: Callable[[T], U], items: Iterable[T]) -> Iterator[U]:
        """What `live` gives for each, in their order; an item is let go when it has been lived."""
        return self._pool.map(live, items)

    def memory(self) -> Memory:
        """That of the thread that asks."""
        if not hasattr(self._local, "memory"):
            self._local.memory = Memory()
        found: Memory = self._local.memory
        return found
