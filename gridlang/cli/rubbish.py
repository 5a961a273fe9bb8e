"""Python's search for rubbish, put off while a run makes millions of objects that it needs to its end."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """No search while the block lasts: with everybody's rows in memory it took a quarter of a day's time. Nor one
    behind it, among what it leaves for the last words of a command.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.enable()
