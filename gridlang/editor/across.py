"""A name in every plan of the session that sees it: a brand's folder is imported by several."""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.editor.index import Index, Occurrence, Symbol
from gridlang.editor.index.names import Names
from gridlang.editor.session import Plan, Session


def index_of_plan(plan: Plan) -> Index:
    """The index of a plan as it is understood now."""
    understood = plan.understood()
    made: Index = understood.once("index", lambda: Index(plan, understood, Names(understood.scope)))
    return made


def uses(session: Session, plan: Plan, symbol: Symbol) -> Iterator[tuple[Plan, Occurrence]]:
    """Every place where the name of a symbol of a plan stands, in all plans that see its declaration, each once."""
    home = plan.files.place(symbol.span.source.path)
    seen: set[tuple[str, int]] = set()
    for other in [plan, *(each for each in session.plans.values() if each is not plan)]:
        index = index_of_plan(other)
        same = symbol if other is plan else _there(other, index, home, symbol)
        for occurrence in index.of(same) if same is not None else ():
            place = (other.files.place(occurrence.span.source.path), occurrence.span.start)
            if place not in seen:
                seen.add(place)
                yield other, occurrence


def _there(plan: Plan, index: Index, home: str, symbol: Symbol) -> Symbol | None:
    """The symbol as another plan knows it: declared at the same place of the same file."""
    for folder in index.understood.scope.folders.values():
        for file in folder.files:
            if plan.files.place(file.source.path) == home:
                for occurrence in index.of_file(file, folder):
                    if occurrence.declares and occurrence.span.start == symbol.span.start:
                        return occurrence.symbol
    return None
