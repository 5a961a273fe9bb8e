"""What a page of the manual is made of. Texts are Markdown within a line: `code`, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import attrs


@attrs.frozen
class Prose:
    """A paragraph; with a label (`Why`), the label stands before it."""

    text: str
    label: str | None = None


@attrs.frozen
class Listing:
    """Paragraphs that belong together, each with a dash."""

    items: tuple[str, ...]


@attrs.frozen
class Mark:
    """A place in an example: line and column from 1, its length, and what is said there."""

    line: int
    column: int
    length: int
    says: tuple[str, ...]


@attrs.frozen
class Example:
    """Lines of a plan, or of a shell, as they are. `marks` point at places in them."""

    text: str
    label: str | None = None
    marks: tuple[Mark, ...] = ()
    language: str = "grid"


@attrs.frozen
class Rows:
    """A table."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@attrs.frozen
class Heading:
    """The title of a part of a page."""

    text: str


Block: TypeAlias = Prose | Listing | Example | Rows | Heading


@attrs.frozen
class Page:
    """One subject: `sort` is code, kind, verb, function, type, rule, field, library or topic."""

    sort: str
    name: str
    title: str
    blocks: tuple[Block, ...]


def paragraphs(texts: Iterable[tuple[str, str | None]]) -> tuple[Prose, ...]:
    """A labelled paragraph for each text that is there."""
    return tuple(Prose(text, label) for label, text in texts if text)
