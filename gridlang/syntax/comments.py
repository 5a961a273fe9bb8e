"""Gives every remark to the node it is about, so that no tool loses it.

A remark on its own line belongs to the node that begins next in the same block, or to the block when none does; at the
end of a file to the last declaration. A remark behind something belongs to what ends last before it on its line.
"""

from __future__ import annotations

import bisect
from typing import Any

from gridlang.syntax import nodes as n


def attach(file: n.File) -> None:
    """Fill `comments` of the nodes of a file from the comments of the file."""
    declarations = list(file.declarations)
    for comment in file.comments:
        if (owner := _owner(declarations, comment)) is not None:
            owner.comments = (*owner.comments, comment)


def owner(file: n.File, comment: n.Comment) -> Any:
    """The node that a remark of a file belongs to; None in a file without any."""
    return _owner(list(file.declarations), comment)


def _owner(nodes: list[Any], comment: n.Comment) -> Any:
    """The node among these and what they hold; None when nothing is near."""
    holder = None
    while True:
        at = bisect.bisect_left(nodes, comment.span.start, key=lambda node: node.span.start)
        last = nodes[at - 1] if at else None
        after = nodes[at] if at < len(nodes) else None
        if last is not None and comment.span.start < last.span.end:
            holder, nodes = last, _held(last)
            continue
        if comment.own_line:
            return after or holder or last
        return last if last is not None and _ends_on_line(last, comment) else holder or after or last


def _ends_on_line(node: Any, comment: n.Comment) -> bool:
    source = comment.span.source
    return source.line_column(node.span.end)[0] == comment.span.line


def _held(node: Any) -> list[Any]:
    """The nodes in a node that can carry remarks, in the order of the text."""
    match node:
        case n.Block():
            return list(node.items)
        case n.Flow():
            return list(node.steps)
        case n.FlowDeclaration():
            return list(node.flow.steps)
        case n.Repeat():
            return list(node.body.steps)
        case n.Arm():
            return list(node.flow.steps)
        case n.Task() | n.Ask() | n.Choose() | n.Split() | n.Stray():
            return list(node.arms)
        case _:
            return []
