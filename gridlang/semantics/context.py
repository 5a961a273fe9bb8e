"""What every part of the checker is handed: the names, the facts settled so far, and where findings are put."""

from __future__ import annotations

from typing import Any

import attrs

from gridlang.diagnostics import Diagnostic
from gridlang.schedule import model
from gridlang.schedule.calendars import Remember
from gridlang.semantics.scope import Declared, Scope
from gridlang.semantics.workspace import Workspace
from gridlang.source import Span
from gridlang.syntax import nodes


@attrs.define(eq=False)
class Places:
    """The places of the schedule, each once. Lines and columns are worked out when all are known."""

    spans: list[Span] = attrs.field(factory=list)
    declarations: list[str] = attrs.field(factory=list)
    _index: dict[tuple[int, tuple[int, int], str], int] = attrs.field(factory=dict)
    _resolved: list[model.Place] = attrs.field(factory=list)

    def at(self, span: Span, declaration: str) -> int:
        key = (id(span.home), span.counted, declaration)
        if key not in self._index:
            self._index[key] = len(self.spans)
            self.spans.append(span)
            self.declarations.append(declaration)
        return self._index[key]

    def resolved(self) -> tuple[model.Place, ...]:
        known = len(self._resolved)
        self._resolved += map(_place, self.spans[known:], self.declarations[known:])
        return tuple(self._resolved)


def _place(span: Span, declaration: str) -> model.Place:
    line, column = span.source.line_column(span.start)
    return model.Place(file=span.source.path, line=line, column=column, declaration=declaration)


@attrs.define(eq=False)
class Context:
    """One check of one plan. Facts are filled in the order in which later ones need them (see `build`)."""

    scope: Scope
    workspace: Workspace
    remember: Remember
    """Keeps what is dear to work out, by content."""
    places: Places = attrs.field(factory=Places)
    problems: list[Diagnostic] = attrs.field(factory=list)
    currency: str | None = None
    """The plan's; None while unknown: then amounts are not held against it."""
    person_fields: dict[str, model.Field] = attrs.field(factory=dict)
    account_fields: dict[str, model.Field] = attrs.field(factory=dict)
    phases: dict[str, Span] = attrs.field(factory=dict)
    """The phases of the plan's journey, in its order."""
    levels: dict[str, Span] = attrs.field(factory=dict)
    """The levels of the plan's relations, lowest first."""
    deciding: set[str] = attrs.field(factory=set)
    """The roles that take the decision."""
    channels: dict[str, model.Channel] = attrs.field(factory=dict)
    """All of them; who looks through them says so (`scope.asks_all`), as who asks for `deciding` does."""
    events: dict[str, model.Event] = attrs.field(factory=dict)
    messages: dict[str, model.Message] = attrs.field(factory=dict)
    maps: dict[str, model.Map] = attrs.field(factory=dict)
    campaigns: tuple[model.Campaign, ...] = ()
    stories: list[model.Story] = attrs.field(factory=list)
    named_days: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    texts: dict[tuple[str, str], str | None] = attrs.field(factory=dict)
    """Files that `file("…")` has read."""
    misdeclared: set[str] = attrs.field(factory=set)
    """Attributes whose type nobody knows: they are declared, and nothing more is said of them."""
    broken: set[str] = attrs.field(factory=set)
    """The campaigns (`campaign sale`) whose flow could not be joined; what it reaches is not asked then."""
    depth: int = 0
    """How deep the reading of a condition is nested, its `let`s spelled out."""
    lets: list[Declared] = attrs.field(factory=list)
    """The `let`s being expanded, outermost first."""

    @property
    def facts(self) -> tuple[Any, ...]:
        """What every declaration is read by without asking for it by name, once the plan itself was read."""
        orders = tuple(self.phases), tuple(self.levels), tuple(self.person_fields), tuple(self.account_fields)
        fields = dict(self.person_fields), dict(self.account_fields)
        return self.currency, *orders, *fields, dict(self.named_days), frozenset(self.misdeclared)

    def with_descendants(self, names: list[str]) -> tuple[str, ...]:
        """Channels and all that start from them, in order of declaration."""
        self.scope.asks_all("channel")
        return tuple(
            name
            for name, channel in self.channels.items()
            if name in names or any(ancestor in names for ancestor in channel.ancestors)
        )


@attrs.frozen(eq=False)
class Here:
    """Where a value is read: in which folder, in which declaration, in which field."""

    context: Context
    home: str
    declaration: str
    """As in a place, `campaign sale`."""
    field: str = ""

    def complain(self, problem: Diagnostic) -> None:
        self.context.problems.append(problem)

    def place(self, span: Span) -> int:
        return self.context.places.at(span, self.declaration)

    def find(self, kind: str, reference: nodes.Reference) -> Declared | None:
        """The declaration a reference means; None when there is none, which has then been said."""
        found = self.context.scope.resolve(kind, reference, self.home)
        if isinstance(found, Diagnostic):
            self.complain(found)
            return None
        return found

    def within(self, field: str) -> Here:
        return Here(self.context, self.home, self.declaration, field)
