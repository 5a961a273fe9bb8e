"""Fields as text: several on a line where their author put them so, long values over several lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from gridlang.source import Span
from gridlang.syntax import nodes as n
from gridlang.syntax.printing.author import remarks, written
from gridlang.syntax.printing.expressions import expression, listed, operands, parts
from gridlang.syntax.printing.layout import INDENT, Shown

WIDE_NAME = 40
"""A name wider than this moves no values."""


def rows(items: Iterable[n.Item], room: int) -> Iterator[list[n.Item]]:
    """The items of a block by lines: fields that their author put on one line stay together, as far as it has room."""
    row: list[n.Item] = []
    width = 0
    for item in items:
        more = len(INDENT) + len(_inline(item)) if isinstance(item, n.Field) else room
        if row and not (_beside(row[-1], item) and width + more <= room):
            yield row
            row, width = [], -len(INDENT)
        row.append(item)
        width += more
    if row:
        yield row


def _inline(field: n.Field) -> str:
    return f"{field.name.text}: {listed(field.values)}"


def _beside(before: n.Item, after: n.Item) -> bool:
    """Whether both are fields on one line of their author, with nothing to say between them."""
    if not isinstance(before, n.Field) or not isinstance(after, n.Field):
        return False
    if not written(before.span) or _breaks(before.span.to(after.span)):
        return False
    above, below = remarks(before, block=False), remarks(after, block=False)
    return not (above.behind or above.after or below.before)


def row_of(fields: Sequence[n.Item]) -> str:
    """Fields on one line."""
    return INDENT.join(_inline(item) for item in fields if isinstance(item, n.Field))


def widest_name(items: Iterable[n.Item]) -> int:
    """How wide the names of the fields of a block are, but for the very long ones."""
    names = [len(item.name.text) for item in items if isinstance(item, n.Field)]
    return max((name for name in names if name <= WIDE_NAME), default=0)


def field(item: n.Field, room: int, widest: int) -> Shown:
    """A field on one line, or its values over several; values begin behind a name of `widest` characters."""
    first, *rest = value_lines(item.values, room - max(widest, len(item.name.text)) - len(": "))
    cells = [f"{item.name.text}:", first]
    return Shown(cells, rest, remarks=remarks(item, block=False), group="field", hanging=bool(rest))


def value_lines(values: tuple[n.Expression, ...], left: int) -> list[str]:
    """Values in lines of at most `left` characters: broken where their author broke them, and where they are too long.

    A long condition breaks before each `and` or `or`, a list behind commas.
    """
    spans = [value.span for value in values]
    if len(values) == 1:
        return _condition(values[0], left)
    shown = [*(f"{part}," for part in parts(values)[:-1]), parts(values)[-1]]
    lines = [""]
    for text, new in zip(shown, [False, *_broken(spans)], strict=True):
        if lines[-1] and (new or len(lines[-1]) + 1 + len(text) > left):
            lines.append("")
        lines[-1] = f"{lines[-1]} {text}".strip()
    return lines


def _condition(value: n.Expression, left: int) -> list[str]:
    whole = expression(value)
    if not isinstance(value, n.Logic) or (len(whole) <= left and not any(_broken([o.span for o in value.operands]))):
        return [whole]
    first, *others = operands(value)
    return [first, *(f"{value.word} {other}" for other in others)]


def _broken(spans: list[Span]) -> list[bool]:
    """For each but the first, whether its author began a new line for it."""
    return [
        written(one) and written(other) and _breaks(Span(one.source, one.end, other.start))
        for one, other in pairwise(spans)
    ]


def _breaks(span: Span) -> bool:
    return "\n" in span.text or "\r" in span.text
