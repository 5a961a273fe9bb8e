"""What every stage says about a plan: a code, a place, words, a way out; and the outcome that carries them."""

from __future__ import annotations

import enum
import string
from typing import Generic, TypeVar

import attrs

from gridlang.source import Span

T = TypeVar("T")


class Level(enum.Enum):
    """How much a finding weighs: an error stops a build, a warning does not, a note only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@attrs.frozen
class Edit:
    """Replace the characters of `span` by `text`."""

    span: Span
    text: str


@attrs.frozen
class Fix:
    """A way out that a program can take: a title in the imperative, and its edits.

    `safe`: it changes nothing that anybody meant, so that nobody has to look at it before it is taken.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False


@attrs.frozen
class Related:
    """Another place that the finding speaks of, with what is to be seen there."""

    span: Span
    text: str


@attrs.frozen
class Diagnostic:
    """One finding at one place.

    `span` is None for what has no place in a text (a missing folder); then the message names the file. `why` is the
    reason in marketing words, `help` the way out.
    """

    code: Code
    span: Span | None
    message: str
    why: str | None = None
    help: str | None = None
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()

    @property
    def level(self) -> Level:
        return self.code.level


@attrs.frozen
class Code:
    """A kind of finding: stable id, name, level and the sentences, with `{words}` that each finding fills in."""

    id: str
    name: str
    level: Level
    text: str
    why: str | None = None
    help: str | tuple[str, ...] | None = None
    """One way out, or several sentences that hold each by itself."""

    @property
    def way_out(self) -> str | None:
        """The help as one text, its words not filled in."""
        return " ".join(self.help) if isinstance(self.help, tuple) else self.help

    def at(
        self, span: Span | None, *, fixes: tuple[Fix, ...] = (), related: tuple[Related, ...] = (), **words: object
    ) -> Diagnostic:
        """A finding of this code; a `why`, or a sentence of `help`, with a word that is None is left out."""
        return Diagnostic(
            self, span, self.text.format(**words), _filled(self.why, words), _filled(self.help, words), related, fixes
        )


def _filled(text: str | tuple[str, ...] | None, words: dict[str, object]) -> str | None:
    if isinstance(text, tuple):
        return " ".join(filled for part in text if (filled := _filled(part, words))) or None
    if text is None or any(words.get(word) is None for _, word, _, _ in string.Formatter().parse(text) if word):
        return None
    return text.format(**words)


@attrs.frozen
class Outcome(Generic[T]):
    """What every stage returns: the best value it could build, and what it saw."""

    value: T
    problems: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether any problem is an error."""
        return any(problem.level is Level.ERROR for problem in self.problems)
