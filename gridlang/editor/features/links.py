"""Links: `file("…")` opens the text, `use "…"` the folder's first file."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types as lsp

from gridlang.editor import disk
from gridlang.editor.asking import Asked, Feature
from gridlang.editor.index import calls_in, is_file_call
from gridlang.syntax import nodes


def links(asked: Asked) -> list[lsp.DocumentLink]:
    """Every path of the text that leads somewhere."""
    found = []
    for text, node in _paths(asked.text.file):
        target = target_of(asked, node)
        if target is not None:
            found.append(lsp.DocumentLink(asked.range(text.span), target))
    return found


def _paths(file: nodes.File) -> Iterator[tuple[nodes.Text, nodes.Use | nodes.Call]]:
    for node in file.declarations:
        if isinstance(node, nodes.Use):
            yield node.path, node
        elif isinstance(node, nodes.Block):
            for call in calls_in(node):
                path = call.arguments[0].value
                assert isinstance(path, nodes.Text)
                yield path, call


def target_of(asked: Asked, node: object) -> str | None:
    """The address that a `file("…")` or a `use` leads to; None when it leads nowhere the plan may go."""
    text = asked.text
    if isinstance(node, nodes.Use) and node.name is not None:
        path = text.folder.uses.get(node.name.text)
        files = text.scope.folders[path].files if path in text.scope.folders else ()
        return asked.session.uri(text.plan, files[0].source.path) if files else None
    if is_file_call(node):
        named = node.arguments[0].value
        assert isinstance(named, nodes.Text)
        if text.plan.files.text(named.value, text.folder.path).value is None:
            return None
        home = text.folder.path
        return disk.uri_of(text.plan.files.place(f"{home}/{named.value}" if home else named.value))
    return None


FEATURES = (Feature(lsp.TEXT_DOCUMENT_DOCUMENT_LINK, links, lsp.DocumentLinkOptions(), ()),)
