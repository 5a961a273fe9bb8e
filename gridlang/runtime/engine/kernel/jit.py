"""How functions of the kernel are compiled: to machine code without Python, kept on disk for the next run."""

from __future__ import annotations

import ctypes
import functools
import hashlib
import pkgutil
from typing import Any

import numba
import numpy as np
from numba.core import types
from numba.extending import intrinsic

from gridlang import cache
from gridlang.runtime.engine.kernel.linking import PartCompiler, WholeCompiler

SOURCES = (
    "account", "acting", "asking", "caps", "cells", "clock", "contacts", "desk", "digest", "driving", "flows",
    "happenings", "jit", "journey", "keeping", "layout", "linking", "making", "meeting", "memory", "reading",
    "restoring", "rows", "runs", "saving", "windows", "world",
)  # fmt: skip


def _digest() -> str:
    """Of all that is compiled: a compiled function does not notice by itself that one which it calls has changed."""
    found = hashlib.sha256()
    for name in SOURCES:
        source = pkgutil.get_data(__package__, f"{name}.py")
        assert source, name
        found.update(source)
    return found.hexdigest()[:16]


_config: Any = numba.config
if not _config.CACHE_DIR:
    _config.CACHE_DIR = str(cache.folder(f"kernel-{_digest()}"))


_njit: Any = numba.njit


def _for_any(function: Any, **options: Any) -> Any:
    """The function, compiled once for all whole numbers: by itself numba compiles one for each literal of a call."""
    options |= {"nogil": True, "error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    options["pipeline_class"] = PartCompiler
    made = _njit(function, **options)
    if _config.DISABLE_JIT:
        return made
    template = made.get_call_template

    def called(arguments: Any, named: Any) -> Any:
        return template(tuple(map(types.unliteral, arguments)), named)

    made.get_call_template = called
    return made


jit: Any = functools.partial(_for_any, _nrt=False)
"""For functions that only the kernel calls; they make no arrays: counting who holds one would be much of their code."""
jit_whole: Any = _njit(cache=True, nogil=True, error_model="numpy", pipeline_class=WholeCompiler)
"""For those that Python calls."""


# --- what stands at an address ---------------------------------------------------------------------------------------
# An array that is handed on costs seven words a call, and a look whether its index is negative: its address costs one.


def _at(kind: Any) -> Any:
    """A function from an address to the array of such things that begins there; how far it goes, nobody looks."""

    def typed(context: Any, address: Any) -> Any:
        def made(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

        return types.CPointer(kind)(types.int64), made

    return intrinsic(typed)


def _seen(kind: Any) -> Any:
    """The same without a compiler."""

    @functools.lru_cache(4096)
    def view(address: int) -> Any:
        return np.frombuffer((kind * (1 << 40 if address else 0)).from_address(address or 1), np.dtype(kind))

    return lambda address: view(int(address))


numbers: Any = _seen(ctypes.c_int64) if _config.DISABLE_JIT else _at(types.int64)
"""int64 from an address on."""
octets: Any = _seen(ctypes.c_uint8) if _config.DISABLE_JIT else _at(types.uint8)
"""Bytes from an address on."""
halves: Any = _seen(ctypes.c_int32) if _config.DISABLE_JIT else _at(types.int32)
"""int32 from an address on."""
