"""What can be folded: blocks, flows, diamonds, and runs of remarks and docs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from lsprotocol import types as lsp

from gridlang.editor.asking import Asked, Feature
from gridlang.editor.index.path import walk
from gridlang.syntax import nodes
from gridlang.syntax.scanning import tokens

_FOLDED = (
    nodes.Block
    | nodes.FlowDeclaration
    | nodes.Flow
    | nodes.Ask
    | nodes.Choose
    | nodes.Split
    | nodes.Task
    | nodes.Repeat
)


def folding(asked: Asked) -> list[lsp.FoldingRange]:
    """The ranges, by lines; what ends with a brace keeps the line of the brace in sight."""
    lines = {
        (node.span.line - 1, node.span.source.line_column(node.span.end)[0] - 2)
        for declaration in asked.text.file.declarations
        for node in walk(declaration)
        if isinstance(node, _FOLDED)
    }
    folded = [lsp.FoldingRange(start, end) for start, end in sorted(lines) if end > start]
    return [*folded, *_remarks(asked)]


def _remarks(asked: Asked) -> Iterator[lsp.FoldingRange]:
    source = asked.text.source
    found = tokens(source.text, 0, len(source.text))
    lines = [source.line_column(start)[0] - 1 for kind, start, _ in found if kind in ("REMARK", "DOC")]
    for _, run in groupby(enumerate(lines), key=lambda each: each[1] - each[0]):
        together = [line for _, line in run]
        if len(together) > 1:
            yield lsp.FoldingRange(together[0], together[-1], kind=lsp.FoldingRangeKind.Comment)


FEATURES = (Feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE, folding, empty=()),)
