"""A new name in every place: in all files, in the plans that share the name, in the templates that use an attribute.

A new name that the plan could not have is refused before anything changes: the plan is understood with it first.
"""

from __future__ import annotations

import re
from collections import defaultdict

from lsprotocol import types as lsp

from gridlang.diagnostics import Level
from gridlang.editor import disk, positions
from gridlang.editor.across import index_of_plan, uses
from gridlang.editor.asking import Asked, Feature, Refused
from gridlang.editor.index import Occurrence, Symbol, index_of
from gridlang.editor.session import Plan, understand
from gridlang.quantities import WEEKDAYS
from gridlang.semantics.again import Again
from gridlang.semantics.typed import RESERVED
from gridlang.source import Span
from gridlang.syntax.tables import tables

_NAME = re.compile(r"[^\W\d][\w\u0300-\u036f]*")
_OWN_WORDS = frozenset({"std", "account", "yes", "no", "true", "false", "nothing", "otherwise", "overdue", "workdays"})


def prepare(asked: Asked) -> lsp.PrepareRenamePlaceholder | None:
    """The word that would be replaced; an error when it cannot be, nothing where there is no name."""
    found = _found(asked)
    if found is None:
        return None
    return lsp.PrepareRenamePlaceholder(range=asked.range(found.span), placeholder=found.symbol.name)


def _found(asked: Asked) -> Occurrence | None:
    found = index_of(asked.text).at(asked.text, asked.offset)
    if found is not None and found.symbol.in_library:
        raise Refused(
            f"`{found.symbol.name}` comes with the library; start one of your own from it: "
            f"`{found.symbol.kind} my_{found.symbol.name}: {found.symbol.name} {{ … }}`"
        )
    return found


def rename(asked: Asked) -> lsp.WorkspaceEdit | None:
    """The edits, by file."""
    found, name = _found(asked), asked.params.new_name
    if found is None:
        raise Refused("there is no name here that could be changed")
    _usable(name, found.symbol)
    if name == found.symbol.name:
        return lsp.WorkspaceEdit(changes={})
    _free(asked, found.symbol, name)
    places = list(uses(asked.session, asked.text.plan, found.symbol))
    _understandable(asked, places, name)
    changes: dict[str, list[lsp.TextEdit]] = defaultdict(list)
    for plan, use in places:
        uri = asked.session.uri(plan, use.span.source.path)
        changes[uri].append(lsp.TextEdit(positions.range_of(use.span, asked.encoding), name))
    return lsp.WorkspaceEdit(changes=dict(changes))


def _usable(name: str, symbol: Symbol) -> None:
    """Refuse what is no name."""
    if not _NAME.fullmatch(name):
        raise Refused(f"`{name}` is no name: one word of letters, digits and `_`, not beginning with a digit")
    words = _OWN_WORDS | tables().keywords.keys() | frozenset(WEEKDAYS)
    if name in words or (symbol.kind == "attribute" and name in RESERVED):
        raise Refused(f"`{name}` is a word of the language; choose another name")


def _free(asked: Asked, symbol: Symbol, name: str) -> None:
    """Refuse a name that something else of the same kind has."""
    for plan in asked.session.plans.values():
        for use in index_of_plan(plan).everywhere():
            taken = use.symbol
            if taken.kind == symbol.kind and taken.name == name and _meet(taken, symbol):
                place = f"{taken.span}"
                raise Refused(f"there is a {_kind(symbol)} `{name}` already ({place})")


def _meet(one: Symbol, other: Symbol) -> bool:
    """Whether two symbols of one name and kind would be mistaken for one another."""
    return one.holder == other.holder or one.kind in ("attribute", "role", "channel", "event")


def _kind(symbol: Symbol) -> str:
    words = {"somebody": "person in this test", "payload": "field of this event", "day": "named day"}
    return words.get(symbol.kind, symbol.kind)


def _understandable(asked: Asked, places: list[tuple[Plan, Occurrence]], name: str) -> None:
    """Refuse a name with which a plan that has no errors would have one."""
    edits: dict[str, dict[int, Span]] = defaultdict(dict)
    for plan, use in places:
        edits[plan.files.place(use.span.source.path)][use.span.start] = use.span
    texts = dict(asked.session.open)
    for path, spans in edits.items():
        text = next(iter(spans.values())).source.text
        for start in sorted(spans, reverse=True):
            text = text[:start] + name + text[spans[start].end :]
        texts[path] = text
    for plan in {plan.key: plan for plan, _ in places}.values():
        if plan.understood().failed or not isinstance(plan.files, disk.PlanFiles):
            continue
        after = understand(disk.PlanFiles(plan.key, texts), asked.session.remember, Again(once=True))
        for problem in after.problems:
            if problem.level is Level.ERROR:
                raise Refused(f"with the name `{name}` the plan would have an error: {problem.message}")


FEATURES = (
    Feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME, prepare),
    Feature(lsp.TEXT_DOCUMENT_RENAME, rename, lsp.RenameOptions(prepare_provider=True)),
)
