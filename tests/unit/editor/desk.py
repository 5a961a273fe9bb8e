"""Somebody at an editor: writes files, opens them, puts the cursor at a mark, waits for findings.

A text may hold `¤`, the place of the cursor; it is taken out before the server sees the text.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import attrs
from lsprotocol import types as lsp
from pytest_lsp import LanguageClient

CURSOR = "¤"
SMALL_PLAN = (Path(__file__).parents[2] / "cases" / "preamble.grid").read_text("utf-8")


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def position(text: str, offset: int) -> lsp.Position:
    """The place of an offset, in UTF-16 units."""
    before = text[:offset]
    return lsp.Position(before.count("\n"), units(before.rpartition("\n")[2]))


def offset(text: str, place: lsp.Position) -> int:
    """The other way round."""
    lines = text.split("\n")
    line, rest, count = lines[place.line], place.character, 0
    while rest > 0:
        rest -= units(line[count])
        count += 1
    return sum(len(each) + 1 for each in lines[: place.line]) + count


def words(text: str, range: lsp.Range) -> str:
    return text[offset(text, range.start) : offset(text, range.end)]


def applied(text: str, edits: Iterable[lsp.TextEdit]) -> str:
    """A text after edits that do not overlap."""
    for edit in sorted(edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True):
        text = text[: offset(text, edit.range.start)] + edit.new_text + text[offset(text, edit.range.end) :]
    return text


@attrs.define(eq=False)
class Doc:
    """An open text."""

    desk: Desk
    name: str
    text: str
    cursor: lsp.Position | None
    version: int = 1

    @property
    def uri(self) -> str:
        return (self.desk.folder / self.name).as_uri()

    @property
    def id(self) -> lsp.TextDocumentIdentifier:
        return lsp.TextDocumentIdentifier(self.uri)

    @property
    def here(self) -> dict[str, Any]:
        """The text and the cursor, as most requests name them."""
        return {"text_document": self.id, "position": self.cursor}

    def at(self, word: str, *, nth: int = 0, inside: int = 0) -> lsp.Position:
        """The place of a word of the text."""
        found = -1
        for _ in range(nth + 1):
            found = self.text.index(word, found + 1)
        return position(self.text, found + inside)

    def to(self, text: str) -> None:
        """Write another text, as an editor tells it: one edit of the part that differs."""
        mark = text.find(CURSOR)
        text = text.replace(CURSOR, "")
        self.cursor = position(text, mark) if mark >= 0 else None
        old = self.text
        same = next((n for n, (a, b) in enumerate(zip(old, text, strict=False)) if a != b), min(len(old), len(text)))
        tail = 0
        while tail < min(len(old), len(text)) - same and old[-1 - tail] == text[-1 - tail]:
            tail += 1
        range = lsp.Range(position(old, same), position(old, len(old) - tail))
        self.edit([lsp.TextDocumentContentChangePartial(range, text[same : len(text) - tail])])
        self.text = text

    def edit(self, changes: Sequence[Any]) -> None:
        self.version += 1
        document = lsp.VersionedTextDocumentIdentifier(version=self.version, uri=self.uri)
        self.desk.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, changes))

    def close(self) -> None:
        self.desk.client.text_document_did_close(lsp.DidCloseTextDocumentParams(self.id))

    async def findings(self, *codes: str) -> list[lsp.Diagnostic]:
        """The findings of this text, as soon as they are of just these codes."""
        wanted = sorted(codes)
        return await self.desk.until(self.uri, lambda found: sorted(str(each.code) for each in found) == wanted)


@attrs.define(eq=False)
class Desk:
    """An editor with one plan."""

    client: LanguageClient
    folder: Path
    docs: list[Doc] = attrs.field(factory=list)

    def write(self, name: str, text: str) -> None:
        place = self.folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")

    def small(self) -> None:
        """The small plan of the reference, on the disk."""
        self.write("plan.grid", SMALL_PLAN)

    def open(self, name: str, text: str | None = None) -> Doc:
        """Open a file; with a text, one that was not saved yet."""
        text = (self.folder / name).read_text("utf-8") if text is None else text
        mark = text.find(CURSOR)
        clean = text.replace(CURSOR, "")
        doc = Doc(self, name, clean, position(clean, mark) if mark >= 0 else None)
        for other in [other for other in self.docs if other.name == name]:
            other.close()
            self.docs.remove(other)
        self.docs.append(doc)
        item = lsp.TextDocumentItem(uri=doc.uri, language_id="grid", version=1, text=clean)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return doc

    def beside(self, text: str) -> Doc:
        """A text beside the small plan."""
        self.small()
        return self.open("more.grid", text)

    async def until(
        self, uri: str, fits: Callable[[list[lsp.Diagnostic]], bool], seconds: float = 10.0
    ) -> list[lsp.Diagnostic]:
        """The findings of a text, as soon as they fit."""
        found: list[lsp.Diagnostic] = []
        for _ in range(int(seconds / 0.01)):
            found = list(self.client.diagnostics.get(uri, ()))
            if uri in self.client.diagnostics and fits(found):
                return found
            await asyncio.sleep(0.01)
        raise AssertionError(f"the findings of {uri} are {[(each.code, each.message) for each in found]}")

    def clear(self) -> None:
        for doc in self.docs:
            doc.close()
        self.client.diagnostics.clear()
