"""A text and the places in it.

Spans are offsets: line and column are worked out only when somebody prints a place, since a plan of 80,000 lines has
a million places and shows a dozen.
"""

from __future__ import annotations

import bisect
import hashlib
from functools import cached_property

import attrs


@attrs.define(eq=False, slots=False)
class Source:
    """One file as the parser sees it.

    `path` is what a message prints (relative to the plan's folder, `std/…` for the library); `text` is decoded, without
    byte order mark, line ends as written.
    """

    path: str
    text: str
    shift = 0
    """Places of a source are counted from its beginning."""

    @property
    def file(self) -> Source:
        """Itself: it can be the home of a place, as a part of it can."""
        return self

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which lines begin; `\\n`, `\\r\\n` and a lone `\\r` end a line."""
        starts, text, at = [0], self.text, 0
        if "\r" not in text:
            while (at := text.find("\n", at) + 1) > 0:
                starts.append(at)
            return starts
        for line in text.splitlines(keepends=True):
            at += len(line)
            if line[-1] in "\r\n":
                starts.append(at)
        return starts

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "replace")).hexdigest()

    def line_column(self, offset: int) -> tuple[int, int]:
        """The line and column (both from 1, columns in characters) of an offset."""
        line = bisect.bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """The text of line `line` (from 1), without its line end."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


@attrs.define(eq=False)
class Part:
    """A stretch of a file that nobody edits while the text before it is edited: its places move as one.

    `shift` is how many characters later it stands than when its places were counted.
    """

    file: Source
    shift: int = 0


@attrs.define(eq=False)
class Span:
    """Characters `start` up to, not with, `end` of a source.

    It is counted from its home, which is the source, or the part of it that it moves with.
    """

    home: Source | Part
    _first: int
    _last: int

    @property
    def source(self) -> Source:
        return self.home.file

    @property
    def start(self) -> int:
        return self._first + self.home.shift

    @property
    def end(self) -> int:
        return self._last + self.home.shift

    @property
    def counted(self) -> tuple[int, int]:
        """Start and end as its home counts them: the same wherever that has moved to."""
        return self._first, self._last

    @property
    def text(self) -> str:
        shift = self.home.shift
        return self.home.file.text[self._first + shift : self._last + shift]

    @property
    def line(self) -> int:
        return self.source.line_column(self.start)[0]

    @property
    def column(self) -> int:
        return self.source.line_column(self.start)[1]

    def to(self, last: Span) -> Span:
        """The span from the start of this one to the end of `last`, which stands later in the same source."""
        return Span(self.home, self._first, last.end - self.home.shift)

    def within(self, start: int, end: int) -> Span:
        """The span of other characters of the same source, which moves with this one."""
        return Span(self.home, start - self.home.shift, end - self.home.shift)

    def __str__(self) -> str:
        return f"{self.source.path}:{self.line}"
