"""The core is pure: disk, clock, chance, environment and the terminal belong to a few named files."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shape.house import modules, name, tree

IMPURE_FILES = ("files/", "store.py", "resources.py", "cache.py", "cli/", "editor/disk.py")
"""The places that may touch the world outside."""

WORLDLY_MODULES = {
    "fileinput", "ftplib", "getpass", "glob", "http", "io.open", "locale", "os", "pathlib", "platform", "platformdirs",
    "random", "requests", "secrets", "shutil", "socket", "subprocess", "sys", "tempfile", "time", "urllib", "uuid",
}  # fmt: skip
PURE_PARTS = {"pathlib.PurePath", "pathlib.PurePosixPath", "urllib.parse", "sys.maxsize", "sys.version_info"}
WORLDLY_CALLS = {"open", "print", "input", "exit", "quit", "breakpoint", "exec", "eval", "hash"}
"""`hash` too: that of a text is another one in each process."""
WORLDLY_METHODS = {
    "getenv", "environ", "read_text", "write_text", "read_bytes", "write_bytes", "urandom",
    "uuid1", "uuid4", "fromfile", "default_locale",
}  # fmt: skip
CLOCKS = {"now", "utcnow", "today"}
"""Called, they look at the machine's clock; a field of that name is a moment that somebody was given."""


def core() -> list[Path]:
    return [module for module in modules() if not name(module).startswith(IMPURE_FILES)]


def impurities(root: ast.Module) -> Iterator[str]:
    for node in ast.walk(root):
        line = getattr(node, "lineno", 0)
        yield from (f"line {line}: {found}" for found in _impure(node))


def _impure(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (f"import {alias.name}" for alias in node.names if _worldly(alias.name))
    elif isinstance(node, ast.ImportFrom) and node.module:
        whole = (f"{node.module}.{alias.name}" for alias in node.names)
        yield from (f"from {node.module} import …: {path}" for path in whole if _worldly(path))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WORLDLY_CALLS:
        yield f"{node.func.id}(…)"
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
        yield f"….{node.func.attr}()"
    elif isinstance(node, ast.Attribute) and node.attr in WORLDLY_METHODS:
        yield f"….{node.attr}"


def _worldly(path: str) -> bool:
    if any(path == pure or path.startswith(f"{pure}.") for pure in PURE_PARTS):
        return False
    return any(path == worldly or path.startswith(f"{worldly}.") for worldly in WORLDLY_MODULES)


@pytest.mark.parametrize("module", core(), ids=name)
def test_the_core_is_pure(module: Path) -> None:
    assert not list(impurities(tree(module)))


@pytest.mark.parametrize(
    "text",
    [
        "open('x')",
        "import os",
        "import os.path as p",
        "from random import choice",
        "from pathlib import Path",
        "import datetime as dt\ndt.date.today()",
        "import datetime\ndatetime.datetime.now()",
        "x.environ['HOME']",
        "folder.read_text()",
        "print('x')",
        "hash('x')",
        "def f():\n    import time",
    ],
)
def test_the_test_sees(text: str) -> None:
    assert list(impurities(ast.parse(text)))


def test_the_test_allows_what_is_pure() -> None:
    assert not list(
        impurities(ast.parse("from pathlib import PurePosixPath\nfrom urllib.parse import quote\nx.open()"))
    )
