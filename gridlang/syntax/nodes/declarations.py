"""Declarations as they were written: their fields, edges and blocks, the lines of a test, and the file."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from gridlang.records import Record
from gridlang.source import Source, Span
from gridlang.syntax.nodes.flows import Flow
from gridlang.syntax.nodes.values import (
    Argument,
    Comment,
    Date,
    Expression,
    Moment,
    Name,
    Reference,
    Text,
    TypeName,
    written_at,
    written_beside,
)


@attrs.define(repr=False)
class Field(Record):
    """`name: value, value`."""

    name: Name
    values: tuple[Expression, ...]
    span: Span = written_at()
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = written_beside()


@attrs.define(repr=False)
class Edge(Record):
    """`a, b -> c: label, label`."""

    sources: tuple[Reference, ...]
    targets: tuple[Reference, ...]
    labels: tuple[Reference, ...]
    span: Span = written_at()
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = written_beside()


@attrs.define(repr=False)
class Block(Record):
    """`kind name: parent "Title" { … }`: a declaration of the file, or a block in one.

    `header` is the span of everything before the brace. `doc` is the text of the `///` lines before it. `broken` when
    a mistake that has been told cost it the rest of its items: nothing can be said about what it lacks.
    """

    kind: Name
    name: Name | None
    parent: Reference | None
    title: Text | None
    items: tuple[Item, ...]
    span: Span = written_at()
    header: Span = written_at()
    broken: bool = attrs.field(default=False, eq=False, repr=False, kw_only=True)
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = written_beside()


@attrs.define(repr=False)
class Enter(Record):
    """`enter PHASE`."""

    phase: Reference
    span: Span = written_at()
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = written_beside()


@attrs.define(repr=False)
class Happens(Record):
    """`on MOMENT PERSON EVENT [(field: value, …)]`, or `on MOMENT PERSON answers OUTCOME to STEP`."""

    at: Moment
    person: Reference
    event: Reference
    span: Span = written_at()
    arguments: tuple[Argument, ...] = ()
    step: Reference | None = None
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = written_beside()


@attrs.define(repr=False)
class Expect(Record):
    """`expect [MOMENT] VERB words [to PERSON] [by TEAM] [because REASON] [before|after M | between M and M]`.

    `verb` is send, show, task, move, skip, notify or no; `words` are the channel, the message or the phase.
    """

    verb: Name
    words: tuple[Reference, ...]
    span: Span = written_at()
    at: Moment | Date | None = None
    person: Reference | None = None
    team: Reference | None = None
    because: Name | None = None
    after: Moment | Date | None = None
    before: Moment | Date | None = None
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = written_beside()


Item: TypeAlias = Field | Edge | Flow | Block | Enter | Happens | Expect


@attrs.define(repr=False)
class Parameter(Record):
    """`name: Type = default` of a reusable flow."""

    name: Name
    type: TypeName
    default: Expression | None
    span: Span = written_at()


@attrs.define(repr=False)
class FlowDeclaration(Record):
    """`flow name(param: Type = default) { … }`."""

    name: Name
    parameters: tuple[Parameter, ...]
    flow: Flow
    span: Span = written_at()
    header: Span = written_at()
    broken: bool = attrs.field(default=False, eq=False, repr=False, kw_only=True)
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = written_beside()


@attrs.define(repr=False)
class Let(Record):
    """`let name = expression`."""

    name: Name
    value: Expression
    span: Span = written_at()
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = written_beside()


@attrs.define(repr=False)
class Use(Record):
    """`use "../house" as house`."""

    path: Text
    name: Name | None
    span: Span = written_at()
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = written_beside()


Declaration: TypeAlias = Block | FlowDeclaration | Let | Use


@attrs.define(repr=False)
class File(Record):
    """One parsed file: its declarations in order, and every comment of it (those inside nodes are there too)."""

    source: Source = attrs.field(eq=False, repr=False)
    declarations: tuple[Declaration, ...]
    comments: tuple[Comment, ...] = attrs.field(default=(), eq=False)
