"""Reading a file again after an edit.

An edit of a sound file costs the declarations around it: they are read by themselves, with one more on either side,
since what a declaration is can depend on the word behind it. When what follows comes to stand on other lines, or
anything is wrong, the whole file is read.
Either way gives what `parse` gives, and the nodes that are the same stay (see `adopting`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from gridlang.diagnostics.model import Outcome
from gridlang.source import Part, Source
from gridlang.syntax.adopting import adopted, settle
from gridlang.syntax.nodes import Comment, Declaration, File
from gridlang.syntax.parse import parse, parse_stretch


def reread(before: Outcome[File], source: Source) -> Outcome[File]:
    """The nodes of a file and what is wrong with it; `before` is what was read of it last, and settled."""
    read = _around_the_edit(before, source)
    if read is None:
        read = adopted(before.value, parse(source))
    settle(read.value)
    return read


@attrs.frozen
class _Edit:
    """The characters `start` up to `end` of the old text were replaced; what follows stands `shift` later.

    `lines`: whole lines came or went, so that what follows stands on other lines.
    """

    start: int
    end: int
    shift: int
    lines: bool

    @classmethod
    def between(cls, old: str, new: str) -> _Edit:
        start = _common(old, new, min(len(old), len(new)))
        rest = min(len(old), len(new)) - start
        same = _common(old[::-1], new[::-1], rest)
        gone, come = old[start : len(old) - same], new[start : len(new) - same]
        lines = any(end in text for text in (gone, come) for end in "\r\n")
        return cls(start, len(old) - same, len(new) - len(old), lines)


def _common(one: str, other: str, most: int) -> int:
    """How many characters two texts begin with alike, at most so many."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _around_the_edit(before: Outcome[File], source: Source) -> Outcome[File] | None:
    old = before.value
    if before.problems or not old.declarations:
        return None
    edit = _Edit.between(old.source.text, source.text)
    first, start = _first(old, edit)
    last, end = _last(old, edit)
    if edit.lines and end < len(old.source.text):
        return None
    read = parse_stretch(source, start, end + edit.shift)
    if read is None:
        return None
    ahead = [comment for comment in old.comments if comment.span.start < start]
    behind = [comment for comment in old.comments if comment.span.start >= end]
    touched = attrs.evolve(old, declarations=old.declarations[first : last + 1])
    new = adopted(touched, Outcome(read)).value
    _move([*old.declarations[:first], *ahead], source, 0)
    _move([*old.declarations[last + 1 :], *behind], source, edit.shift)
    declarations = (*old.declarations[:first], *new.declarations, *old.declarations[last + 1 :])
    return Outcome(File(source, declarations, (*ahead, *new.comments, *behind)))


def _first(file: File, edit: _Edit) -> tuple[int, int]:
    """The first declaration to be read again, and where to begin: at the beginning of a line of its own."""
    nodes = file.declarations
    first = next((at for at, node in enumerate(nodes) if node.span.end >= edit.start), len(nodes)) - 1
    while first > 0:
        start = _line_after(file.source, nodes[first - 1])
        if start <= min(nodes[first].span.start, edit.start):
            return first, start
        first -= 1
    return 0, 0


def _last(file: File, edit: _Edit) -> tuple[int, int]:
    """The last declaration to be read again, and where to end: at the end of its line."""
    nodes: Sequence[Declaration] = file.declarations
    last = next((at for at, node in enumerate(nodes) if node.span.start > edit.end), len(nodes))
    while last < len(nodes) - 1:
        end = _line_after(file.source, nodes[last])
        if end <= nodes[last + 1].span.start:
            return last, end
        last += 1
    return len(nodes) - 1, len(file.source.text)


def _line_after(source: Source, node: Declaration) -> int:
    """Where the line after a declaration begins."""
    line = source.line_column(node.span.end)[0]
    return source.line_starts[line] if line < len(source.line_starts) else len(source.text)


def _move(nodes: Iterable[Declaration | Comment], source: Source, shift: int) -> None:
    """Let nodes stand in another text, so much later. A remark in a declaration moves with it."""
    homes: dict[int, Part] = {}
    for node in nodes:
        home = node.span.home
        if not isinstance(home, Part):
            home = node.span.home = Part(home)
        homes[id(home)] = home
    for home in homes.values():
        home.file = source
        home.shift += shift
