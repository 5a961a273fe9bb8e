"""Which type an attribute that nobody has declared should have: what it is compared with shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from gridlang.diagnostics import Diagnostic, Edit, Fix, Related
from gridlang.diagnostics.codes import types as codes
from gridlang.semantics.context import Context
from gridlang.semantics.scope import Scope
from gridlang.source import Span
from gridlang.syntax import nodes


def shown_by(node: nodes.Expression) -> str | None:
    """The type that a value written out in a plan has, as `fields` spells it; None when it shows none."""
    match node:
        case nodes.Number():
            return "Percent" if node.percent else "Int" if isinstance(node.value, int) else "Decimal"
        case nodes.Negative():
            return shown_by(node.operand)
        case nodes.Range():
            return shown_by(node.start) or shown_by(node.end)
        case nodes.Listing():
            return _one_of(node)
        case nodes.Reference() if node.text in ("yes", "no", "true", "false"):
            return "Bool"
        case _:
            return _PLAIN.get(type(node))


_PLAIN: dict[type, str] = {
    nodes.Text: "Text",
    nodes.Amount: "Money",
    nodes.Length: "Duration",
    nodes.Date: "Date",
    nodes.Moment: "DateTime",
    nodes.Time: "Time",
}


def _one_of(node: nodes.Listing) -> str | None:
    """`kind in ("private", "company")` lists what it can be."""
    if all(isinstance(value, nodes.Text) for value in node.values):
        return f"OneOf({', '.join(value.span.text for value in node.values)})"
    return next(filter(None, map(shown_by, node.values)), None)


def declaration(words: tuple[str, ...], type: str) -> str:
    """How the attribute would be declared: `fields person { age: Int? }`."""
    owner = "account" if words[0] == "account" and len(words) == 2 else "person"
    return f"fields {owner} {{ {words[-1]}: {_spelled(type)} }}"


def _spelled(type: str) -> str:
    """The type of something that may be missing; an empty list is a value."""
    return type if type.startswith("List<") else f"{type}?"


def declaring(words: tuple[str, ...], type: str, context: Context) -> tuple[Fix, ...]:
    """The fix that adds the attribute behind the last one that is declared; none where nothing is declared yet."""
    of_account = words[0] == "account" and len(words) == 2
    fields = context.account_fields if of_account else context.person_fields
    if not fields:
        return ()
    last = field_at(context.scope, context.places.spans[list(fields.values())[-1].place])
    end = Span(last.source, last.end, last.end)
    column = last.source.line_column(last.start)[1]
    line = f"{words[-1]}: {_spelled(type)}"
    return (Fix(f"declare `{line}`", (Edit(end, f"\n{' ' * (column - 1)}{line}"),)),)


def field_at(scope: Scope, name: Span) -> Span:
    """The whole field, `height: Int?`, whose name stands at a place."""
    for declared in scope.everywhere("fields"):
        for item in declared.node.items if isinstance(declared.node, nodes.Block) else ():
            place = item.name.span if isinstance(item, nodes.Field) else None
            if place is not None and place.source is name.source and place.start == name.start:
                return item.span
    return name


_DECLARE = re.compile(r"declare it: `(fields \w+ \{ \w+): (.*) \}`")


def declared_once(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """An attribute that is declared nowhere is one mistake, in however many conditions and templates it is used.

    It is told at the first, with the others beside it, and with the type that any of them shows.
    """
    places: dict[tuple[str, str], list[Diagnostic]] = {}
    left: list[Diagnostic | tuple[str, str]] = []
    for problem in problems:
        found = _DECLARE.fullmatch(problem.help or "")
        if found is None or problem.code not in (codes.UNKNOWN_ATTRIBUTE, codes.UNKNOWN_IN_TEMPLATE):
            left.append(problem)
            continue
        key = (problem.code.id, found[1])
        if key not in places:
            left.append(key)
        places.setdefault(key, []).append(problem)
    for one in left:
        yield one if isinstance(one, Diagnostic) else _once(places[one])


def _once(all_places: list[Diagnostic]) -> Diagnostic:
    first = all_places[0]
    surest = next((found for found in all_places if not (found.help or "").endswith(("Text? }`", "Text }`"))), first)
    others = tuple(Related(found.span, "it is used here too") for found in all_places[1:] if found.span)
    return attrs.evolve(first, help=surest.help, fixes=surest.fixes, related=first.related + others)
