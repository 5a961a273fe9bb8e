"""Loading: a plan's folder, the folders it imports and the library, parsed; and the tables of their names."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

import attrs

from gridlang.diagnostics import Diagnostic, Level, Outcome, Related
from gridlang.diagnostics.codes import declarations as codes
from gridlang.semantics.again import Again
from gridlang.semantics.scope import LIBRARY, PLAIN_IN_LIBRARY, Declared, Folder, Scope, choose
from gridlang.semantics.sheets import Sheet, kind_of
from gridlang.semantics.workspace import Workspace
from gridlang.source import Source
from gridlang.syntax import nodes

MAX_FOLDERS = 50
"""How many folders a plan may import, over others too."""


@attrs.define(eq=False)
class _Loading:
    workspace: Workspace
    again: Again
    folders: dict[str, Folder] = attrs.field(factory=dict)
    problems: list[Diagnostic] = attrs.field(factory=list)
    damaged: set[int] = attrs.field(factory=set)


def load(workspace: Workspace, again: Again | None = None) -> Outcome[Scope]:
    """Read and parse everything a plan can see. Own declarations come first, the library last.

    `again`: what the last reading left.
    """
    loading = _Loading(workspace, again or Again(once=True))
    _load_folder(loading, "", ())
    library = Folder(LIBRARY, tuple(_parsed(loading, source) for source in workspace.library()))
    loading.folders[LIBRARY] = library
    scope = Scope(loading.folders, damaged=loading.damaged)
    for folder in loading.folders.values():
        loading.problems.extend(_declare(scope, folder, loading.again))
    loading.problems.extend(_hidden(scope))
    return Outcome(scope, tuple(loading.problems))


def _parsed(loading: _Loading, source: Source) -> nodes.File:
    outcome = loading.again.parsed(source)
    loading.problems.extend(outcome.problems)
    for problem in outcome.problems:
        if problem.level is Level.ERROR and problem.span is not None:
            at = problem.span.start
            loading.damaged.update(
                id(node) for node in outcome.value.declarations if node.span.start <= at <= node.span.end
            )
    return outcome.value


def _load_folder(loading: _Loading, path: str, trail: tuple[str, ...]) -> None:
    sources = loading.workspace.grid_files(path)
    loading.problems.extend(sources.problems)
    folder = Folder(path, tuple(_parsed(loading, source) for source in sources.value))
    loading.folders[path] = folder
    for file in folder.files:
        for use in file.declarations:
            if isinstance(use, nodes.Use):
                _follow(loading, folder, use, (*trail, path))


def _follow(loading: _Loading, folder: Folder, use: nodes.Use, trail: tuple[str, ...]) -> None:
    written = use.path.value
    if written.endswith(".grid"):
        loading.problems.append(codes.USE_FILE.at(use.span, path=written))
        return
    path = posixpath.normpath(posixpath.join(folder.path, written))
    path = "" if path == "." else path
    name = use.name.text if use.name else posixpath.basename(path)
    if path in trail:
        loading.problems.append(codes.IMPORT_CYCLE.at(use.span, cycle=_cycle(trail, path)))
        return
    if name in folder.uses or name == LIBRARY or not name.isidentifier():
        place = f'"{folder.uses[name]}"' if name in folder.uses else "the library is `std`"
        free = next(word for number in range(2, 99) if (word := f"{_plain(name)}_{number}") not in folder.uses)
        fixes = choose(use.span, [f'use "{written}" as {free}'])
        loading.problems.append(codes.USE_TWICE.at(use.span, name=name, place=place, path=written, fixes=fixes))
        return
    folder.uses[name] = path
    if path not in loading.folders:
        if len(loading.folders) >= MAX_FOLDERS:
            loading.problems.append(
                codes.UNUSABLE_FOLDER.at(
                    use.span, path=written, reason=f"more than {MAX_FOLDERS} folders", hint="import fewer"
                )
            )
            del folder.uses[name]
            return
        _load_used(loading, use, path, trail)


def _plain(name: str) -> str:
    """A name that a folder can be imported as: `our-house` as `our_house`."""
    word = "".join(letter if letter.isalnum() else "_" for letter in name)
    return word if word.isidentifier() else f"folder_{word}"


def _load_used(loading: _Loading, use: nodes.Use, path: str, trail: tuple[str, ...]) -> None:
    """Load a folder that `use` names; a folder that cannot be read is said where it is named."""
    before = len(loading.problems)
    _load_folder(loading, path, trail)
    folder = loading.folders[path]
    if not folder.files and len(loading.problems) > before:
        reason = loading.problems[before]
        loading.problems[before:] = [
            codes.UNUSABLE_FOLDER.at(use.span, path=use.path.value, reason=reason.message, hint=reason.help)
        ]


def _cycle(trail: tuple[str, ...], path: str) -> str:
    return " -> ".join(f'"{step or "."}"' for step in (*trail[trail.index(path) :], path))


def _declare(scope: Scope, folder: Folder, again: Again) -> Iterable[Diagnostic]:
    """Put the names of a folder into the scope; the findings for those that are there already."""
    sheets = [again.sheet(file, folder.path) for file in folder.files]
    for kind in dict.fromkeys(kind for sheet in sheets for kind in sheet.tables):
        there = [sheet for sheet in sheets if kind in sheet.tables]
        table = scope.tables[folder.path, kind] = {}
        for sheet in there:
            table |= sheet.tables[kind]
        if len(table) < sum(len(sheet.tables[kind]) for sheet in there) or any(sheet.doubled for sheet in there):
            return list(_declare_each(scope, folder, sheets))
        scope.sheaves[folder.path, kind] = tuple(sheaf for sheet in there for sheaf in sheet.sheaves[kind])
    return ()


def _declare_each(scope: Scope, folder: Folder, sheets: list[Sheet]) -> Iterator[Diagnostic]:
    """The same for a folder in which a name stands twice: the first one counts."""
    for key in [key for key in scope.tables if key[0] == folder.path]:
        del scope.tables[key]
    for sheet in sheets:
        for node in sheet.file.declarations:
            if isinstance(node, nodes.Use) or node.name is None:
                continue
            kind, name = kind_of(node), node.name.text
            table = scope.tables.setdefault((folder.path, kind), {})
            if name in table:
                yield _twice(kind, name, node.name, table)
            else:
                table[name] = sheet.tables[kind][name]
    for key, table in scope.tables.items():
        if key[0] == folder.path:
            scope.sheaves[key] = (tuple(table.values()),)


def _twice(kind: str, name: str, at: nodes.Name, table: dict[str, Declared]) -> Diagnostic:
    first = table[name].span
    if kind == "fields":
        return codes.FIELDS_TWICE.at(at.span, name=name, place=first, related=(Related(first, "the first one"),))
    free = next(f"{name}_{number}" for number in range(2, len(table) + 3) if f"{name}_{number}" not in table)
    return codes.NAME_TWICE.at(
        at.span, kind=kind, name=name, place=first, free=free, related=(Related(first, "the first one"),)
    )


def _hidden(scope: Scope) -> Iterator[Diagnostic]:
    for kind in sorted(PLAIN_IN_LIBRARY):
        library = scope.of(LIBRARY, kind)
        for name, own in scope.own(kind).items():
            if name in library:
                library[name] = attrs.evolve(library[name], canonical=library[name].qualified)
                scope.sheaves[LIBRARY, kind] = (tuple(library.values()),)
                yield codes.HIDES_LIBRARY.at(own.span, kind=kind, name=name, qualified=library[name].qualified)
