"""Files and functions stay small enough to be read at once."""

from __future__ import annotations

import statistics

from tests.shape.house import Function, functions, modules, name, text


def lines(function: Function) -> int:
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


def all_functions() -> dict[str, int]:
    return {
        f"{name(module)}:{function.lineno} {function.name}": lines(function)
        for module in modules()
        for function in functions(module)
    }


def test_files_are_small() -> None:
    sizes = {name(module): text(module).count("\n") for module in modules()}
    assert not {module: size for module, size in sizes.items() if size > 600}
    assert statistics.median(sizes.values()) < 150


def test_functions_are_small() -> None:
    sizes = all_functions()
    assert not {function: size for function, size in sizes.items() if size > 60}
    assert statistics.median(sizes.values()) < 10
