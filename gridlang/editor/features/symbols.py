"""The outline of a text, and a search over all names of the plans at hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lsprotocol import types as lsp
from rapidfuzz import fuzz

from gridlang.editor import positions
from gridlang.editor.asking import Asked, Feature, WideFeature
from gridlang.editor.index.names import steps_of
from gridlang.editor.positions import Encoding
from gridlang.editor.session import Session
from gridlang.source import Span
from gridlang.syntax import nodes

_KIND = lsp.SymbolKind
_KINDS = {
    "plan": _KIND.Package,
    "fields": _KIND.Struct,
    "event": _KIND.Event,
    "journey": _KIND.Enum,
    "phase": _KIND.EnumMember,
    "relations": _KIND.Enum,
    "level": _KIND.EnumMember,
    "role": _KIND.EnumMember,
    "segment": _KIND.Class,
    "person": _KIND.Object,
    "map": _KIND.Namespace,
    "channel": _KIND.Interface,
    "rule": _KIND.Operator,
    "message": _KIND.String,
    "need": _KIND.Constant,
    "barrier": _KIND.Constant,
    "team": _KIND.Object,
    "calendar": _KIND.Array,
    "campaign": _KIND.Function,
    "kpi": _KIND.Number,
    "test": _KIND.Method,
    "flow": _KIND.Function,
    "let": _KIND.Variable,
}
MOST = 200


def outline(asked: Asked) -> list[lsp.DocumentSymbol]:
    """The declarations of the text, with what stands in them."""
    return [symbol for node in asked.text.file.declarations for symbol in _symbols(asked, node)]


def _symbols(asked: Asked, node: Any) -> Iterator[lsp.DocumentSymbol]:
    match node:
        case nodes.Block():
            name = node.name.text if node.name else node.title.value if node.title else node.kind.text
            detail = node.title.value if node.title and node.name else None
            span = node.name.span if node.name else node.title.span if node.title else node.kind.span
            inner = [symbol for item in node.items for symbol in _symbols(asked, item)]
            yield _symbol(asked, name, f"{node.kind.text} {detail or ''}".strip(), node, span, node.kind.text, inner)
        case nodes.FlowDeclaration():
            steps = list(_labels(asked, node.flow))
            yield _symbol(asked, node.name.text, "flow", node, node.name.span, "flow", steps)
        case nodes.Let():
            yield _symbol(asked, node.name.text, "let", node, node.name.span, "let", [])
        case nodes.Flow():
            yield from _labels(asked, node)
        case _:
            return


def _labels(asked: Asked, flow: nodes.Flow) -> Iterator[lsp.DocumentSymbol]:
    for step in steps_of(flow):
        if step.label is not None:
            verb = step.span.text[len(step.label.text) :].lstrip(" :").split(" ", 1)[0]
            found = _symbol(asked, step.label.text, verb, step, step.label.span, "step", [])
            found.kind = _KIND.Field
            yield found


def _symbol(
    asked: Asked, name: str, detail: str, node: Any, span: Span, kind: str, inner: list[lsp.DocumentSymbol]
) -> lsp.DocumentSymbol:
    return lsp.DocumentSymbol(
        name=name or kind,
        detail=detail,
        kind=_KINDS.get(kind, _KIND.Property),
        range=asked.range(node.span),
        selection_range=asked.range(span),
        children=inner,
    )


def search(session: Session, params: lsp.WorkspaceSymbolParams, encoding: Encoding) -> list[lsp.WorkspaceSymbol]:
    """The declarations of all plans whose name or title is near the query, the nearest first."""
    found: dict[tuple[str, int], tuple[float, lsp.WorkspaceSymbol]] = {}
    query = params.query.casefold()
    for plan in session.plans.values():
        for (folder, kind), table in plan.understood().scope.tables.items():
            for declared in table.values() if folder != "std" else ():
                title = declared.node.title if isinstance(declared.node, nodes.Block) else None
                near = _near(query, declared.name, title.value if title else "")
                if not near:
                    continue
                uri = session.uri(plan, declared.span.source.path)
                location = lsp.Location(uri, positions.range_of(declared.span, encoding))
                symbol = lsp.WorkspaceSymbol(
                    location=location,
                    name=declared.name,
                    kind=_KINDS.get(kind, _KIND.Property),
                    container_name=f"{kind} {title.value if title else ''}".strip(),
                )
                found[uri, declared.span.start] = (-near, symbol)
    return [symbol for _, symbol in sorted(found.values(), key=lambda each: (each[0], each[1].name))][:MOST]


def _near(query: str, name: str, title: str) -> float:
    """How near a name or title is to what was typed; 0 when it is not."""
    if not query:
        return 1.0
    if query in name.casefold() or query in title.casefold():
        return 200.0 - len(name)
    score = max(fuzz.partial_ratio(query, text.casefold()) for text in (name, title))
    return float(score) if score >= 75 and len(query) > 2 else 0.0


FEATURES = (
    Feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, outline, empty=()),
    WideFeature(lsp.WORKSPACE_SYMBOL, search),
)
