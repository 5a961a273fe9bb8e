"""What is found by being there is whole: codes, kinds, commands."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from gridlang.cli.root import grid
from gridlang.diagnostics import Code, Level
from tests.shape.house import PACKAGE, modules, name, tree

CODE_FOLDERS = ("diagnostics/codes/", "analysis/rules/")


def codes() -> Iterator[tuple[str, str, Code]]:
    """Module, constant and code of every code there is."""
    for module in modules():
        if name(module).startswith(CODE_FOLDERS):
            dotted = "gridlang." + name(module).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            for constant, value in vars(importlib.import_module(dotted)).items():
                if isinstance(value, Code):
                    yield name(module), constant, value


ALL = list(codes())
IDS = [code.id for _, _, code in ALL]


def test_there_are_codes() -> None:
    assert len(ALL) > 20


def test_ids_and_names_are_unique() -> None:
    assert not [found for found, times in Counter(IDS).items() if times > 1]
    assert not [found for found, times in Counter(code.name for _, _, code in ALL).items() if times > 1]


@pytest.mark.parametrize(("module", "constant", "code"), ALL, ids=IDS)
def test_a_code_is_well_formed(module: str, constant: str, code: Code) -> None:
    assert re.fullmatch(r"[GL]\d{4}", code.id)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.name)
    assert constant == constant.upper()
    assert not (code.id[0] == "L" and code.level is Level.ERROR), "L are warnings about what a plan leaves open"
    assert code.text.strip()
    assert not code.text.endswith("."), "the line that shows it goes on"
    assert code.why or code.help or code.level is Level.NOTE, "every finding has a reason or a way out"


def test_codes_of_a_file_share_their_hundred() -> None:
    hundreds: dict[str, set[str]] = {}
    for module, _, code in ALL:
        if module.startswith("diagnostics/codes/"):
            hundreds.setdefault(module, set()).add(code.id[:3])
    assert not {module: found for module, found in hundreds.items() if len(found) > 1}


def words_outside_codes() -> set[str]:
    """Every name and attribute that the package's code speaks of, but for the files that define codes."""
    return {
        word
        for module in modules()
        if not name(module).startswith("diagnostics/codes/")
        for node in ast.walk(tree(module))
        for word in [getattr(node, "attr", None) or (isinstance(node, ast.Name) and node.id)]
        if isinstance(word, str)
    }


def test_every_code_is_raised_somewhere() -> None:
    used = words_outside_codes()
    assert not [f"{code.id} {constant}" for _, constant, code in ALL if constant not in used]


def test_every_kind_is_documented() -> None:
    kinds = [module for module in modules() if name(module).startswith("semantics/kinds/")]
    bare = [
        f"{name(module)}: {node.name}"
        for module in kinds
        for node in tree(module).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not bare


def test_every_command_has_help_and_an_example() -> None:
    names = [module.name for module in pkgutil.iter_modules([str(PACKAGE / "cli" / "commands")])]
    assert set(names) >= {"check", "build", "run", "explain", "init"}
    context = click.Context(grid)
    for command_name in names:
        command = grid.get_command(context, command_name)  # type: ignore[attr-defined]
        shown = command.get_help(click.Context(command, info_name=command_name, parent=context))
        assert "Example:" in shown, command_name
        assert f"grid {command_name}" in shown.split("Example:")[1], command_name
        assert command.get_short_help_str(), command_name


def test_the_map_of_the_house_names_every_folder() -> None:
    import gridlang

    assert gridlang.__doc__ is not None
    there = {place.name for place in PACKAGE.iterdir() if place.is_dir() and (place / "__init__.py").exists()}
    there |= {place.name for place in PACKAGE.glob("*.py") if place.name != "__init__.py"}
    missing = [
        found for found in sorted(there) if not re.search(rf"^ +{re.escape(found)}", gridlang.__doc__, re.MULTILINE)
    ]
    assert not missing


@pytest.mark.parametrize("path", ["grammar/grid.lark", "gridlang/schedule/schedule.schema.json", "gridlang/py.typed"])
def test_what_the_package_carries_is_there(path: str) -> None:
    assert (PACKAGE.parent / path).is_file()


MACHINES = ("root", "home", "Users", "mnt", "media", "work", "workspace", "builds")
"""Folders at the top of a disk in which people and build servers keep what is their own."""
OWN = re.compile(rf"(?<![\w.:/])/(?:{'|'.join(MACHINES)})/[\w./-]+|(?:\.\./)+\.\w[\w./-]*")
"""A place in one of them, or a hidden folder above."""
ABOVE = re.compile(r"(?:\.\./)+[\w./-]+")


def places_named(place: Path) -> list[str]:
    """The places outside the project that a file names; plans and tests may speak of folders that are not there."""
    root, text = PACKAGE.parent.resolve(), place.read_text("utf-8", "ignore")
    found = OWN.findall(text)
    if place.suffix in (".md", ".toml", ".yml", ".yaml", ".sh"):
        found += [path for path in ABOVE.findall(text) if not _inside(place.parent / path, root)]
    return [f"{place.relative_to(PACKAGE.parent)}: {path}" for path in found]


def _inside(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root)


def test_the_project_stands_alone() -> None:
    """No committed file names a machine's own folders."""
    suffixes = {".py", ".md", ".grid", ".lark", ".toml", ".yml", ".yaml", ".json", ".csv", ".jinja", ".html", ".sh", ""}
    folders = ("gridlang", "grammar", "stdlib", "examples", "tests", ".ci", ".github")
    top = [place for place in PACKAGE.parent.iterdir() if place.is_file() and place.name != ".git"]
    places = top + [place for folder in folders for place in (PACKAGE.parent / folder).rglob("*") if place.is_file()]
    named = [
        found
        for place in places
        if place.suffix in suffixes and "__pycache__" not in place.parts
        for found in places_named(place)
    ]
    assert not named
