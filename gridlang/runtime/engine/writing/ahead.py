"""Chunks made by one thread while another writes the chunk before: Arrow and compiled loops let go of Python's lock."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


@contextlib.contextmanager
def ahead(items: Iterator[T]) -> Iterator[Iterator[T]]:
    """The items in their order, each made while the one before is in use; what making one raises is raised where it
    is asked for. Whoever leaves early waits for the one that is being made."""
    with ThreadPoolExecutor(1) as maker:
        yield _ahead(items, maker)


def _ahead(items: Iterator[T], maker: ThreadPoolExecutor) -> Iterator[T]:
    waiting = maker.submit(next, items, None)
    while (found := waiting.result()) is not None:
        waiting = maker.submit(next, items, None)
        yield found
