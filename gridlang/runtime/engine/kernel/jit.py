"""How functions of the kernel are compiled: to machine code without Python, kept on disk for the next run."""

from __future__ import annotations

import hashlib
import pkgutil
from typing import Any

import numba

from gridlang import cache

SOURCES = (
    "account", "acting", "asking", "caps", "cells", "clock", "contacts", "digest", "driving", "flows", "happenings",
    "jit", "journey", "layout", "making", "memory", "reading", "rows", "runs", "windows",
)  # fmt: skip


def _digest() -> str:
    """Of all that is compiled: a compiled function does not notice by itself that one which it calls has changed."""
    found = hashlib.sha256()
    for name in SOURCES:
        found.update(pkgutil.get_data(__package__, f"{name}.py") or b"")
    return found.hexdigest()[:16]


_config: Any = numba.config
if not _config.CACHE_DIR:
    _config.CACHE_DIR = str(cache.folder(f"kernel-{_digest()}"))

_njit: Any = numba.njit
jit: Any = _njit(nogil=True, error_model="numpy", _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True)
"""For functions that only the kernel calls, and that make no arrays: counting who holds an array would be much of their
code."""
jit_arrays: Any = _njit(nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)
"""For those that make arrays."""
jit_whole: Any = _njit(cache=True, nogil=True, error_model="numpy")
"""For those that Python calls."""
