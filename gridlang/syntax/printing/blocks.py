"""Declarations, blocks, fields and edges as text."""

from __future__ import annotations

from typing import Any, assert_never

from gridlang.syntax import nodes as n
from gridlang.syntax.printing import stories
from gridlang.syntax.printing.author import (
    Remarks,
    blank_before,
    blank_right_before,
    on_one_line,
    remark,
    remarks,
    written,
)
from gridlang.syntax.printing.expressions import expression, listed, quoted, type_name
from gridlang.syntax.printing.fields import field, row_of, rows, value_lines, widest_name
from gridlang.syntax.printing.layout import INDENT, WIDTH, Shown, block, stack
from gridlang.syntax.printing.steps import inline_steps, shown_steps

SHORT = 50
"""A block of fields that nobody has laid out stands on one line when they are not wider than this."""


def print_file(file: n.File) -> str:
    """A whole file, with every remark and doc that its nodes hold; its lines end in `\\n`."""
    if not file.declarations:
        lines = [
            line for comment in file.comments for line in ("", remark(comment))[not blank_right_before(comment.span) :]
        ]
        return "".join(f"{line}\n" for line in lines).lstrip("\n")
    shown = [_declaration(declaration) for declaration in file.declarations]
    for at, item in enumerate(shown[1:], 1):
        item.blank = _apart(file.declarations[at - 1], shown[at - 1], file.declarations[at], item)
    return "".join(f"{line}\n" for line in stack(shown, WIDTH))


def print_declaration(declaration: n.Declaration) -> str:
    """One declaration with its remarks and docs, without a line end at its end."""
    return "\n".join(stack([_declaration(declaration)], WIDTH))


def _apart(before: n.Declaration, above: Shown, after: n.Declaration, below: Shown) -> bool:
    """Whether a blank line stands between two declarations; always around one of several lines."""
    if above.rest or below.rest:
        return True
    author = blank_before(after.span)
    if author is not None:
        return author
    kinds = [node.kind.text if isinstance(node, n.Block) else type(node).__name__ for node in (before, after)]
    return kinds[0] != kinds[1] or bool(below.remarks.before)


def _declaration(declaration: n.Declaration) -> Shown:
    match declaration:
        case n.Block():
            return _block(declaration, WIDTH)
        case n.FlowDeclaration():
            return _flow(declaration, f"flow {declaration.name.text}{_parameters(declaration)}", WIDTH)
        case n.Let():
            return _let(declaration)
        case n.Use():
            name = f" as {declaration.name.text}" if declaration.name else ""
            return _line(declaration, [f"use {quoted(declaration.path.value)}{name}"])
        case _:
            assert_never(declaration)


def _line(node: Any, cells: list[str], group: str | None = None) -> Shown:
    return Shown(cells, remarks=remarks(node, block=False), group=group)


def _let(let: n.Let) -> Shown:
    start = f"let {let.name.text} ="
    first, *rest = value_lines((let.value,), WIDTH - len(start) - 1)
    return Shown([start, first], rest, remarks=remarks(let, block=False), hanging=bool(rest))


def _parameters(flow: n.FlowDeclaration) -> str:
    if not flow.parameters:
        return ""
    shown = [
        f"{one.name.text}: {type_name(one.type)}" + (f" = {expression(one.default)}" if one.default is not None else "")
        for one in flow.parameters
    ]
    return f"({', '.join(shown)})"


# --- blocks ----------------------------------------------------------------------------------------------------------


def _block(node: n.Block, room: int) -> Shown:
    braces = _braces(node)
    found = remarks(node, block=braces)
    start, title = _start(node), quoted(node.title.value) if node.title else ""
    head = f"{start} {title}".rstrip()
    row = [node.kind.text, start.removeprefix(node.kind.text).strip(), title]
    if not braces:
        return Shown(row if title else row[:2], remarks=found, group="block")
    inner = _inline_items(node) if _on_one_line(node, found) else None
    if inner is not None and len(head) + len(INDENT.join(inner)) + 5 <= room:
        names = tuple(item.name.text for item in node.items if isinstance(item, n.Field))
        keys = names if len(names) == len(inner) else ()
        return Shown([*row, *_body(inner, columns=bool(keys))], remarks=found, group="block", keys=keys)
    lines = block(head, _items(node.items, room - len(INDENT)), found, room)
    return Shown(lines[:1], lines[1:], Remarks(found.before, behind=found.behind, after=found.after))


def _body(inner: list[str], *, columns: bool) -> list[str]:
    """Braces on one line, a cell a field."""
    if not columns:
        return [f"{{ {INDENT.join(inner)} }}" if inner else "{}"]
    cells = [*(f"{item} " for item in inner[:-1]), f"{inner[-1]} }}"]
    return [f"{{ {cells[0]}", *cells[1:]]


def _start(node: n.Block) -> str:
    words = [node.kind.text, *([node.name.text] if node.name else [])]
    return " ".join(words) + (f": {node.parent.text}" if node.parent else "")


def _braces(node: n.Block) -> bool:
    """Whether a block has braces: an empty one can do without where its header says enough, or nobody wrote them."""
    if node.items:
        return True
    if written(node.span):
        return node.header.end < node.span.end
    return node.name is None or (node.title is None and node.parent is None)


def _on_one_line(node: n.Block, found: Remarks) -> bool:
    if found.opening or found.closing:
        return False
    if not node.items:
        return True
    author = on_one_line(node.span)
    if author is not None:
        return author
    return all(isinstance(item, n.Field) for item in node.items) and len(_inline_block(node) or "") <= SHORT


def _inline_items(node: n.Block) -> list[str] | None:
    """The items of a block, each on one line; None when one of them needs its own."""
    lines = [_inline(item) for item in node.items]
    return None if None in lines else [line for line in lines if line is not None]


def _inline_block(node: n.Block) -> str | None:
    inner = _inline_items(node)
    return None if inner is None else INDENT.join(inner)


def _inline(item: n.Item) -> str | None:
    """An item on one line; None when something in it needs its own."""
    if remarks(item, block=False):
        return None
    if isinstance(item, n.Block):
        head = f"{_start(item)} {quoted(item.title.value)}" if item.title else _start(item)
        inner = _inline_block(item)
        if not _braces(item):
            return head
        return None if inner is None else f"{head} {{ {inner} }}" if inner else f"{head} {{}}"
    if isinstance(item, n.Flow):
        steps = inline_steps(item)
        return None if steps is None else f"flow {{ {steps} }}" if steps else "flow {}"
    return " ".join(_cells(item))


# --- items -----------------------------------------------------------------------------------------------------------


def _items(items: tuple[n.Item, ...], room: int) -> list[Shown]:
    shown: list[Shown] = []
    widest = widest_name(items)
    last: n.Item | None = None
    for row in rows(items, room):
        one = _row(row, room) if len(row) > 1 else _item(row[0], room, widest)
        author = blank_before(row[0].span)
        one.blank = last is not None and (_parted(last, row[0], one) if author is None else author)
        shown.append(one)
        last = row[-1]
    return shown


def _parted(before: n.Item, after: n.Item, shown: Shown) -> bool:
    """Whether a blank line stands between two items that nobody has laid out."""
    return bool(shown.rest and isinstance(after, n.Block | n.Flow)) or _sort(before) != _sort(after)


def _sort(item: n.Item) -> str:
    return "story" if isinstance(item, n.Enter | n.Happens | n.Expect) else type(item).__name__


def _item(item: n.Item, room: int, widest: int) -> Shown:
    match item:
        case n.Block():
            return _block(item, room)
        case n.Flow():
            return _flow(item, "flow", room)
        case n.Field():
            return field(item, room, widest)
        case n.Edge():
            shown = _line(item, _cells(item), "edge")
            shown.loose = len(item.sources) > 1
            return shown
        case n.Enter():
            return _line(item, _cells(item))
        case n.Happens() | n.Expect():
            return _line(item, _cells(item), "story")
        case _:
            assert_never(item)


def _row(fields: list[n.Item], room: int) -> Shown:
    """Fields that their author put on one line."""
    first, last = remarks(fields[0], block=False), remarks(fields[-1], block=False)
    return Shown([row_of(fields)], remarks=Remarks(first.before, behind=last.behind, after=last.after))


def _cells(item: n.Field | n.Edge | n.Enter | n.Happens | n.Expect) -> list[str]:
    if isinstance(item, n.Field):
        return [f"{item.name.text}:", listed(item.values)]
    if isinstance(item, n.Edge):
        ends = [listed(item.sources), f"-> {listed(item.targets)}"]
        return [ends[0], f"{ends[1]}:", listed(item.labels)] if item.labels else ends
    return stories.cells(item)


def _flow(node: n.Flow | n.FlowDeclaration, head: str, room: int) -> Shown:
    flow = node.flow if isinstance(node, n.FlowDeclaration) else node
    found = remarks(node, block=True)
    kept = bool(on_one_line(node.span)) and not found.opening and not found.closing
    inner = inline_steps(flow) if kept else None
    if inner is not None and len(head) + len(inner) + 5 <= room:
        return Shown([f"{head} {{ {inner} }}" if inner else f"{head} {{}}"], remarks=found)
    lines = block(head, shown_steps(flow, room - 4), found, room)
    return Shown(lines[:1], lines[1:], Remarks(found.before, behind=found.behind, after=found.after))
