"""How functions of the kernel are compiled: without Python, cached on disk where the machine lets us write."""

from __future__ import annotations

from typing import Any

import numba

_njit: Any = numba.njit
jit: Any = _njit(nogil=True, error_model="numpy", _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True)
"""For functions that only the kernel calls, and that make no arrays: counting who holds an array would be most of their
code."""
jit_whole: Any = _njit(cache=True, nogil=True, error_model="numpy")
"""For those that Python calls, or that make arrays."""
