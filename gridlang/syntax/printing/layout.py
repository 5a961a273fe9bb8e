"""Lines out of printed nodes: columns that stand under each other, blank lines, remarks, indents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import attrs

from gridlang.syntax.printing.author import Remarks

WIDTH = 120
INDENT = "  "
REMARK = "  "
"""What stands between a line and the remark behind it."""
SPREAD = 30
"""How much wider than its neighbours a cell may be before it sticks out of its column and moves the others no more."""


@attrs.define
class Shown:
    """A node as printed. `cells` are the columns of its first line, `rest` its further lines.

    Neighbours of one `group` get columns of one width; a `loose` one stands among them and keeps out of it. The last
    cells hold the fields named in `keys`: they stand under each other only where neighbours have the same fields. With
    `hanging`, the rest begins under the last column. `blank`: a blank line stands before it.
    """

    cells: list[str]
    rest: list[str] = attrs.field(factory=list)
    remarks: Remarks = attrs.field(factory=Remarks)
    group: str | None = None
    keys: tuple[str, ...] = ()
    loose: bool = False
    hanging: bool = False
    blank: bool = False


def indented(lines: Iterable[str], by: str = INDENT) -> list[str]:
    """Lines moved to the right; empty ones stay empty."""
    return [by + line if line else line for line in lines]


def stack(items: list[Shown], room: int) -> list[str]:
    """Nodes under each other. `room` is how many characters a line may have here."""
    lines: list[str] = []
    behind: dict[int, str] = {}
    for run in _runs(items):
        for item, widths in zip(run, _widths(run, room), strict=True):
            lines += [""] if item.blank and lines else []
            lines += item.remarks.before
            lines += _lines(item, widths)
            if item.remarks.behind:
                behind[len(lines) - 1] = item.remarks.behind[0]
            lines += item.remarks.behind[1:] + item.remarks.after
    return _annotated(lines, behind, room)


def block(head: str, items: list[Shown], remarks: Remarks, room: int) -> list[str]:
    """`head { … }` over several lines, with the remarks that stand between its braces."""
    opening = remarks.opening
    first = f"{head} {{" + "".join(REMARK + remark for remark in opening[:1])
    if not items and not opening and not remarks.closing:
        return [f"{head} {{}}"]
    inner = opening[1:] + stack(items, room - len(INDENT))
    return [first, *indented([*inner, *remarks.closing]), "}"]


# --- columns ---------------------------------------------------------------------------------------------------------


def _runs(items: list[Shown]) -> Iterator[list[Shown]]:
    """Neighbours that share columns."""
    run: list[Shown] = []
    for item in items:
        if run and (item.blank or item.group is None or item.group != run[-1].group):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _widths(run: list[Shown], room: int) -> list[list[int]]:
    """How wide each column is, for each item of a run; empty for one that keeps out of the columns.

    An item whose line would grow out of the page by them keeps out too: first of those of its fields, then of all.
    """
    if len(run) == 1:
        return [[]]
    loose = {at for at, item in enumerate(run) if item.loose}
    plain: set[int] = set()
    while True:
        found = _columns(run, loose, plain)
        grown = {at for at, item in enumerate(run) if at not in loose and _grows(item.cells, found[at], room)}
        if not grown:
            return found
        loose |= grown & plain
        plain |= grown


def _grows(cells: list[str], widths: list[int], room: int) -> bool:
    return len(_joined(cells, widths)) > room >= len(_joined(cells, []))


def _columns(run: list[Shown], loose: set[int], plain: set[int]) -> list[list[int]]:
    """The widths for each item of a run but the loose ones; of the plain ones the fields move nothing."""
    shared = [at for at in range(len(run)) if at not in loose]
    heads = _widest([run[at].cells[: _ahead(run[at]) + bool(run[at].keys)] for at in shared], run[0].group)
    found: list[list[int]] = [[] for _ in run]
    for _, same in groupby(shared, key=lambda at: run[at].keys[:1]):
        neighbours = list(same)
        inner = _inner([run[at] for at in neighbours if at not in plain])
        for at in neighbours:
            found[at] = [*heads[: _ahead(run[at])], *([] if at in plain else inner)] if run[at].keys else heads
    return found


def _ahead(item: Shown) -> int:
    """How many cells stand before those of the fields."""
    return len(item.cells) - len(item.keys)


def _inner(items: list[Shown]) -> list[int]:
    """The widths of the fields that neighbours have in common, from the first on."""
    common = 0
    while len({item.keys[common] for item in items if len(item.keys) > common}) == 1:
        common += 1
    rows = [item.cells[_ahead(item) :][:common] for item in items]
    return _widest(rows, "block")


def _widest(rows: list[list[str]], group: str | None) -> list[int]:
    """The width of each column but the last; what stands last in its row moves nothing."""
    columns = max((len(row) for row in rows), default=0) - 1
    return [_width([len(row[at]) for row in rows if len(row) > at + 1], group) for at in range(columns)]


def _width(lengths: list[int], group: str | None) -> int:
    """The widest; but for arms, few that are far wider than all others stick out."""
    ordered = sorted(lengths)
    few = max(1, len(ordered) // 3)
    for at in range(max(1, len(ordered) - few), len(ordered)):
        if group != "arm" and ordered[at] - ordered[at - 1] > SPREAD:
            return ordered[at - 1]
    return ordered[-1] if ordered else 0


def _joined(cells: list[str], widths: list[int]) -> str:
    line = ""
    for at, cell in enumerate(cells):
        last = at == len(cells) - 1
        if at < len(widths) and not last:
            line += f"{cell:<{widths[at]}} " if widths[at] or cell else ""
        else:
            line += cell if last else f"{cell} " if cell else ""
    return line.rstrip()


def _lines(item: Shown, widths: list[int]) -> list[str]:
    first = _joined(item.cells, widths)
    if not item.hanging:
        return [first, *item.rest]
    return [first, *indented(item.rest, " " * (len(first) - len(item.cells[-1])))]


def _annotated(lines: list[str], behind: dict[int, str], room: int) -> list[str]:
    """The lines with the remarks behind them, which stand under each other on neighbouring lines if there is room."""
    for _, same in groupby(enumerate(sorted(behind)), key=lambda pair: pair[1] - pair[0]):
        together = [at for _, at in same]
        width = _width([len(lines[at]) for at in together], None)
        if any(max(width, len(lines[at])) + len(REMARK) + len(behind[at]) > room for at in together):
            width = 0
        for at in together:
            lines[at] = f"{lines[at]:<{width}}{REMARK}{behind[at]}"
    return lines
