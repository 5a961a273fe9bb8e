"""Pages for a terminal or a pipe: wrapped to one width, colours only when somebody sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from gridlang.diagnostics.render.text import Paint
from gridlang.manual.pages import Block, Example, Heading, Listing, Mark, Page, Prose, Rows
from gridlang.manual.wrapping import wrapped

WIDTH = 96
LABEL = 9
_CELLS = 60
"""How wide the columns of a table before its last may be together."""


def render(page: Page, *, color: bool) -> str:
    """The whole page, without a line end behind it."""
    paint = Paint(color)
    return "\n\n".join([paint(page.title, "1"), *(_block(block, paint) for block in page.blocks)])


def _block(block: Block, paint: Paint) -> str:
    match block:
        case Prose():
            return _prose(block, paint)
        case Listing():
            return "\n".join(wrapped(item, WIDTH, "- ", "  ") for item in block.items)
        case Example():
            label = f"{paint(f'{block.label}:', '1')}\n\n" if block.label else ""
            return label + "\n".join(_example(block, paint))
        case Rows():
            return "\n".join(_table(block, paint))
        case Heading():
            return paint(block.text, "1;4")
        case _:
            assert_never(block)


def _prose(prose: Prose, paint: Paint) -> str:
    if not prose.label:
        return wrapped(prose.text, WIDTH)
    filled = wrapped(prose.text, WIDTH, " " * LABEL, " " * LABEL)
    return f"{paint(f'{prose.label}:'.ljust(LABEL), '1')}{filled[LABEL:]}"


def _example(example: Example, paint: Paint) -> Iterator[str]:
    lines = [_visible(line) for line in example.text.rstrip("\n").split("\n")]
    if not example.marks:
        yield from (f"    {line}".rstrip() for line in lines)
        return
    gutter = len(str(len(lines)))
    for number, line in enumerate(lines, 1):
        yield f"{paint(f'{number:>{gutter + 2}} |', '34')} {line}".rstrip()
        for mark in example.marks:
            if mark.line == number:
                yield from _mark(mark, f"{' ' * (gutter + 2)} {paint('|', '34')} ", paint)


def _visible(line: str) -> str:
    """What a terminal cannot show, or would obey, as `�`."""
    return line if line.isprintable() else "".join(letter if letter.isprintable() else "�" for letter in line)


def _mark(mark: Mark, margin: str, paint: Paint) -> Iterator[str]:
    indent = " " * (mark.column - 1)
    carets = paint("^" * max(1, mark.length), "1;31")
    yield f"{margin}{indent}{carets}"
    for says in mark.says:
        yield from (margin + line for line in wrapped(says, WIDTH, indent[:60], indent[:60]).split("\n"))


def _table(table: Rows, paint: Paint) -> Iterator[str]:
    widths = _widths([table.head, *table.rows])
    for number, row in enumerate((table.head, *table.rows)):
        if not any(row):
            continue
        columns = [wrapped(cell, width).split("\n") for cell, width in zip(row, widths, strict=True)]
        for line in range(max(map(len, columns))):
            cells = [column[line] if line < len(column) else "" for column in columns]
            shown = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
            yield paint(shown, "1") if number == 0 else shown


def _widths(rows: Iterable[tuple[str, ...]]) -> list[int]:
    """Every column as wide as its longest cell, within what there is; the last has the rest."""
    longest = [max(map(len, column)) for column in zip(*rows, strict=True)]
    *before, last = longest
    share = max(12, _CELLS // max(1, len(before)))
    widths = [min(width, share) for width in before]
    return [*widths, max(20, min(last, WIDTH - sum(widths) - 2 * len(widths)))]
