"""How the small loops over bytes are compiled: to machine code that lets other threads run, kept on disk.

Where numba is told not to compile (`NUMBA_DISABLE_JIT`), as most tests do, they are plain Python and mean the same: so
numbers are taken out of bytes as whole numbers before anything is done with them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba

F = TypeVar("F", bound=Callable[..., Any])
_njit: Any = numba.njit


def compiled(function: F) -> F:
    """The function as machine code."""
    made: F = _njit(cache=True, nogil=True)(function)
    return made
