"""The functions of the kernel are one piece of machine code. Tried in a process that compiles."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def test_what_only_the_kernel_calls_disappears_in_what_python_calls() -> None:
    here = os.environ | {"NUMBA_DISABLE_JIT": "0"}
    done = subprocess.run([sys.executable, Path(__file__)], env=here, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def compiled() -> None:
    """What `quartered` calls gives what it should, also errors, and is no function of its own."""
    import numba
    from numba.core import types

    from gridlang.runtime.engine.kernel.jit import jit
    from gridlang.runtime.engine.kernel.linking import Part, WholeCompiler

    @jit
    def halved(number: Any) -> Any:
        if number % 2:
            raise MemoryError
        return number // 2

    @jit
    def twice_halved(number: Any) -> Any:
        return halved(halved(number))

    def quartered(number: Any) -> Any:
        return twice_halved(number) + halved(number)

    whole: Any = numba.njit(pipeline_class=WholeCompiler)(quartered)
    assert whole(12) == 9
    try:
        whole(6)
    except MemoryError:
        pass
    else:
        raise AssertionError("three can be halved")
    names = [function.name for function in whole.overloads[types.int64,].library.get_defined_functions()]
    assert [name for name in names if "quartered" in name]
    assert not [name for name in names if "halved" in name]
    (inner,) = (each.library for each in halved.overloads.values())
    assert isinstance(inner, Part)
    assert inner.get_pointer_to_function("halved") == 0


if __name__ == "__main__":
    compiled()
