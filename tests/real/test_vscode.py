"""The VS Code extension with its own tools: colours held to what the compiler reads, and the package. Needs npm.

For every example the compiler says what each word is, and `vscode-tmgrammar-test` whether it gets that colour.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gridlang.source import Source
from gridlang.syntax import nodes as n
from gridlang.syntax import parse
from gridlang.syntax.scanning import tokens
from gridlang.syntax.words import VERBS
from tests.laws.test_printing import FILES
from tests.unit.syntax.reading import everything

CHECKOUT = Path(__file__).parents[2]
EXTENSION = CHECKOUT / "gridlang" / "editor" / "vscode"
PLANS = [path for path in FILES if "tests" not in path.relative_to(CHECKOUT).parts]
SCOPES = {
    "DOC": "comment.line.documentation.grid",
    "REMARK": "comment.line.number-sign.grid",
    "TEXT": "string.quoted.double.grid",
    "DATE": "constant.numeric.date.grid",
    "MOMENT": "constant.numeric.moment.grid",
    "TIME": "constant.numeric.time.grid",
    "MONEY": "constant.numeric.money.grid",
    "DURATION": "constant.numeric.duration.grid",
    "PERCENT": "constant.numeric.percent.grid",
    "NUMBER": "constant.numeric.grid",
    "ARROW": "keyword.operator.arrow.grid",
}
pytestmark = [pytest.mark.real, pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the extension with what it needs."""
    place = tmp_path_factory.mktemp("vscode") / "vscode"
    shutil.copytree(EXTENSION, place, ignore=shutil.ignore_patterns("node_modules"))
    called("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", cwd=place)
    return place


def called(*command: str, cwd: Path) -> str:
    grid = str(Path(sys.executable).parent / "grid")
    environment = {**os.environ, "GRIDLANG_CHECKOUT": str(CHECKOUT), "GRIDLANG_GRID": grid}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, f"{command}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def test_its_own_tests(folder: Path) -> None:
    assert "run successfuly" in called("npm", "test", cwd=folder)


def test_every_plan_has_the_colours_of_what_the_compiler_reads(folder: Path) -> None:
    called("npm", "run", "copy", cwd=folder)
    for path in PLANS:
        name = "_".join(path.relative_to(CHECKOUT).with_suffix("").parts)
        (folder / "test" / f"{name}.read.grid").write_text(asserted(path.read_text("utf-8"), name), "utf-8")
    tool = str(folder / "node_modules" / ".bin" / "vscode-tmgrammar-test")
    shown = called(tool, "-g", "grid.tmLanguage.json", "test/*.read.grid", cwd=folder)
    assert shown.count("run successfuly") == len(PLANS) > 20


def test_it_is_packaged(folder: Path) -> None:
    called("npm", "run", "package", cwd=folder)
    (package,) = folder.glob("*.vsix")
    carried = zipfile.ZipFile(package).namelist()
    wanted = [
        "extension.js",
        "server.js",
        "completing.js",
        "preview.js",
        "picture.js",
        "samples.js",
        "grid.tmLanguage.json",
        "snippets/grid.json",
    ]
    wanted += ["language-configuration.json", "node_modules/vscode-languageclient/node.js"]
    assert {f"extension/{name}" for name in wanted} <= set(carried)
    assert not [name for name in carried if name.startswith(("extension/test/", "extension/copy"))]


# --- what the compiler reads, as assertions of vscode-tmgrammar-test -------------------------------------------------


def asserted(text: str, name: str) -> str:
    """A file of the tool: the text, and behind each line what its words are."""
    source = Source("plan.grid", text)
    wanted: dict[int, list[tuple[int, int, str]]] = {}
    for start, end, scope in {*_of_tokens(source), *_of_nodes(source)}:
        line, column = source.line_column(start)
        wanted.setdefault(line, []).append((column - 1, column - 1 + end - start, scope))
    lines = [f'# SYNTAX TEST "source.grid" "{name}"', ""]
    for number, line in enumerate(text.splitlines(), 1):
        lines.append(line)
        for start, end, scope in sorted(wanted.get(number, [])):
            mark = " " * (start - 1) + "^" * (end - start) if start else "<" + "-" * (end - start)
            lines.append(f"#{mark} {scope}")
    return "\n".join(lines) + "\n"


def _of_tokens(source: Source) -> Iterator[tuple[int, int, str]]:
    for kind, start, end in tokens(source.text, 0, len(source.text)):
        if kind in SCOPES:
            yield start, end, SCOPES[kind]


def _of_nodes(source: Source) -> Iterator[tuple[int, int, str]]:
    for node in everything(parse(source).value.declarations):
        for part, scope in _parts(node):
            yield part.span.start, part.span.end, scope
        if type(node).__name__.lower() in VERBS and hasattr(node, "label"):
            at = _after_label(node)
            yield at, at + len(type(node).__name__), "keyword.control.step.grid"


def _parts(node: Any) -> Iterator[tuple[Any, str]]:
    if isinstance(node, n.Block):
        yield node.kind, "storage.type.grid"
        if node.name is not None and node.kind.text != "fields":
            yield node.name, "entity.name.type.grid"
        if node.parent is not None:
            yield node.parent, "entity.other.inherited-class.grid"
    if isinstance(node, n.Field):
        yield node.name, "variable.other.property.grid"
    if isinstance(node, n.FlowDeclaration):
        yield node.name, "entity.name.function.grid"
    if isinstance(node, n.Jump):
        yield node.target, "entity.name.function.label.grid"
    if getattr(node, "label", None) is not None:
        yield node.label, "entity.name.function.label.grid"


def _after_label(step: Any) -> int:
    """Where the verb of a step stands."""
    text = step.span.source.text
    start = step.was.span.end if step.was else step.label.span.end + 1 if step.label else step.span.start
    return int(text.index(type(step).__name__.lower(), start))
