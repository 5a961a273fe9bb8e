"""Reading a file again after an edit.

An edit costs the declarations around it: they are read by themselves, with one more on either side, since what a
declaration is can depend on the word behind it. While something is wrong, what is broken is read with them; what they
are read as counts when the ones on either side have come out as they were, and those outside certainly begin and end
where they did. Else the whole file is read. When what follows comes to stand on other lines, it is read again too.
All of that gives what `parse` gives, and the nodes that are the same stay (see `adopting`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from gridlang.diagnostics.model import Diagnostic, Outcome
from gridlang.source import Part, Source, Span
from gridlang.syntax.adopting import adopted, same, settle
from gridlang.syntax.nodes import Comment, Declaration, File
from gridlang.syntax.parse import CHARACTERS, parse, parse_stretch
from gridlang.syntax.recovery import begins


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

    def over(self, start: int, end: int) -> _Edit:
        """The edit, as if everything between two places had been replaced too."""
        return attrs.evolve(self, start=min(self.start, start), end=max(self.end, end))


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
    if not old.declarations or max(len(old.source.text), len(source.text)) > CHARACTERS:
        return None
    edit = _Edit.between(old.source.text, source.text)
    if before.problems:
        edit = edit.over(*_wrong(before))
    first, start = _first(old, edit)
    last, end = _last(old, edit)
    if edit.lines:
        last, end = len(old.declarations) - 1, len(old.source.text)
    read = parse_stretch(source, start, end + edit.shift)
    touched = attrs.evolve(old, declarations=old.declarations[first : last + 1])
    if read.problems and not _fits(touched, read, start, end, edit.shift):
        return None
    ahead = [comment for comment in old.comments if comment.span.start < start]
    behind = [comment for comment in old.comments if comment.span.start >= end]
    new = adopted(touched, read).value
    _move([*old.declarations[:first], *ahead], source, 0)
    _move([*old.declarations[last + 1 :], *behind], source, edit.shift)
    declarations = (*old.declarations[:first], *new.declarations, *old.declarations[last + 1 :])
    return Outcome(File(source, declarations, (*ahead, *new.comments, *behind)), read.problems)


def _wrong(read: Outcome[File]) -> tuple[int, int]:
    """The stretch in which everything stands that is wrong with a file, whole declarations.

    It begins behind the last declaration but one before the first mistake: the last may be what is left of a broken
    one, as `message welcome` is when its `{` is missing.
    """
    places = [span for problem in read.problems for span in _spans_of(problem)]
    broken = [node.span for node in read.value.declarations if getattr(node, "broken", False)]
    first = min(span.start for span in (*places, *broken))
    last = max(span.end for span in (*places, *broken))
    sound = [node.span for node in read.value.declarations]
    ahead = [span.end for span in sound if span.end <= first][:-1]
    behind = (span.start for span in sound if span.start >= last)
    return (ahead[-1] if ahead else 0), next(behind, len(read.value.source.text))


def _spans_of(problem: Diagnostic) -> Iterator[Span]:
    """The places where a mistake is told and would be mended."""
    if problem.span is not None:
        yield problem.span
    yield from (edit.span for fix in problem.fixes for edit in fix.edits)


def _fits(old: File, read: Outcome[File], start: int, end: int, shift: int) -> bool:
    """Whether a stretch in which something is wrong certainly was read as it is read within the whole file.

    `start` and `end` are those of the stretch in the old text. What stands before it is sound and closed, and so is
    what follows; so it is enough that both sides are cut there, and that the stretch begins and ends with what nobody
    has edited, read as before.
    """
    source, new = read.value.source, read.value.declarations
    wrong = [span for problem in read.problems for span in _spans_of(problem)]
    if start > 0:
        sure = bool(new) and begins(source.text, start) and _alike(old.declarations[0], new[0], 0)
        if not sure or any(span.start <= new[0].span.end for span in wrong):
            return False
    if end < len(old.source.text):
        sure = bool(new) and begins(source.text, end + shift) and _alike(old.declarations[-1], new[-1], shift)
        if not sure or any(span.end >= new[-1].span.start for span in wrong):
            return False
    return True


def _alike(old: Declaration, new: Declaration, shift: int) -> bool:
    return old.span.start + shift == new.span.start and old.span.text == new.span.text and same(old, new)


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
