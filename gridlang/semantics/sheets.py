"""The names that each file declares, put in order once for as long as the file is the same.

What a file declares of one kind is cut into sheaves of a few dozen declarations. A sheaf in which nothing was edited is
the same tuple as before, so whoever remembers by it asks once for all of them.
"""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterator

import attrs

from gridlang.diagnostics import Diagnostic
from gridlang.semantics.scope import LIBRARY, Declared, Sheaf, module_of
from gridlang.syntax import nodes

READ_LAST = frozenset({"test", "journey", "relations", "calendar"})
SHEAF = 24
"""How many declarations a sheaf holds, about."""


@attrs.define(eq=False)
class Sheet:
    """The names that a file declares, by kind."""

    file: nodes.File
    folder: str
    tables: dict[str, dict[str, Declared]]
    sheaves: dict[str, tuple[Sheaf, ...]]
    doubled: bool
    """Whether a name of a kind stands twice in it; then the first one counts."""
    read_last: tuple[nodes.Block, ...]
    """Its tests, and its journeys, relations and calendars, which nobody may use."""
    wrong_heads: tuple[Diagnostic, ...] | None = None
    """What is wrong with the first words of its declarations, once somebody has looked."""

    @classmethod
    def of(cls, file: nodes.File, folder: str, before: Sheet | None) -> Sheet:
        """The sheet of a file; what is as it was in the sheet before stays the same."""
        tables: dict[str, dict[str, Declared]] = {}
        doubled = False
        for declared in _declared(file, folder, before):
            table = tables.setdefault(declared.kind, {})
            doubled = doubled or declared.name in table
            table.setdefault(declared.name, declared)
        sheaves = {kind: _cut(table, before.sheaves.get(kind, ()) if before else ()) for kind, table in tables.items()}
        blocks = (node for node in file.declarations if isinstance(node, nodes.Block))
        return cls(file, folder, tables, sheaves, doubled, tuple(one for one in blocks if one.kind.text in READ_LAST))


def _declared(file: nodes.File, folder: str, before: Sheet | None) -> Iterator[Declared]:
    module = module_of(file.source)
    prefix = "" if folder in ("", LIBRARY) else f"{posixpath.basename(folder)}."
    known = {id(one.node): one for table in before.tables.values() for one in table.values()} if before else {}
    for node in file.declarations:
        if isinstance(node, nodes.Use) or node.name is None:
            continue  # the kind itself says whether it needs a name
        name = node.name.text
        yield known.get(id(node)) or Declared(kind_of(node), name, folder, module, node, prefix + name)


def kind_of(node: nodes.Block | nodes.FlowDeclaration | nodes.Let) -> str:
    """The kind under which a declaration's name stands."""
    if isinstance(node, nodes.Block):
        return node.kind.text
    return "flow" if isinstance(node, nodes.FlowDeclaration) else "let"


def _cut(table: dict[str, Declared], before: tuple[Sheaf, ...]) -> tuple[Sheaf, ...]:
    """The sheaves of a table. A name decides whether one ends behind it, so one more name moves no other border."""
    known = {sheaf: sheaf for sheaf in before}
    found: list[Sheaf] = []
    start, whole = 0, tuple(table.values())
    for at, name in enumerate(table, 1):
        if at == len(whole) or zlib.crc32(name.encode("utf-8", "replace")) % SHEAF == 0:
            sheaf = whole[start:at]
            found.append(known.get(sheaf, sheaf))
            start = at
    return tuple(found)
