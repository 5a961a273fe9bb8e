"""What the shape tests look at: the package's modules as texts and as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "gridlang"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> tuple[Path, ...]:
    """The package's own Python files."""
    return tuple(sorted(PACKAGE.rglob("*.py")))


def name(module: Path) -> str:
    """`schedule/clock.py`: a module as messages name it."""
    return module.relative_to(PACKAGE).as_posix()


@cache
def text(module: Path) -> str:
    return module.read_text(encoding="utf-8")


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(text(module))


def functions(module: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(module)) if isinstance(node, Function))
