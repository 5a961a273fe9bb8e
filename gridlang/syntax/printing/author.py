"""What the author of a text decided about its layout: blank lines, blocks on one line, where remarks stand.

Nodes that come from no text (their span is empty, or their source is) have no author: all answers are None or empty.
"""

from __future__ import annotations

import re
from typing import Any

import attrs

from gridlang.source import Span
from gridlang.syntax import nodes as n

_SPACE = " \t\r\n\ufeff\u200b\f\v"
_BLANK = re.compile(r"(?>\r\n|\n|\r)[ \t]*[\r\n]")


@attrs.define
class Remarks:
    """The remarks and docs of a node as lines, by where they stand."""

    before: list[str] = attrs.field(factory=list)
    opening: list[str] = attrs.field(factory=list)
    closing: list[str] = attrs.field(factory=list)
    behind: list[str] = attrs.field(factory=list)
    after: list[str] = attrs.field(factory=list)

    def __bool__(self) -> bool:
        return bool(self.before or self.opening or self.closing or self.behind or self.after)


def written(span: Span) -> bool:
    """Whether a span is of a text somebody wrote."""
    return span.end > span.start


def on_one_line(span: Span) -> bool | None:
    """Whether all of a span stands on one line; None when nobody wrote it."""
    return None if not written(span) else "\n" not in span.text and "\r" not in span.text


def blank_before(span: Span) -> bool | None:
    """Whether a blank line stands before a node, its remarks and docs included; None when nobody wrote it."""
    if not written(span):
        return None
    text, start = span.source.text, _head(span)
    return bool(_BLANK.search(text[len(text[:start].rstrip(_SPACE)) : start]))


def remarks(node: Any, *, block: bool) -> Remarks:
    """The remarks and docs of a node. `block`: it is printed with braces, between which remarks can stand."""
    found = Remarks()
    head = _head(node.span) if written(node.span) else 0
    if written(node.span):
        found.before = _head_lines(node.span.source.text[head : node.span.start], node.doc)
    if not found.before and node.doc is not None:
        found.before = doc_lines(node.doc)
    inside = []
    for comment in node.comments:
        line = remark(comment)
        if comment.span.start >= node.span.end:
            if comment.own_line:
                found.after += ["", line] if blank_right_before(comment.span) else [line]
            else:
                found.behind.append(line)
        elif comment.span.start >= node.span.start and block:
            if comment.own_line:
                found.closing += ["", line] if found.closing and blank_right_before(comment.span) else [line]
            else:
                found.opening.append(line)
        elif not head <= comment.span.start < node.span.start or line not in found.before:
            inside.append(line)
    found.before = [*inside, *found.before]
    return found


def blank_right_before(span: Span) -> bool:
    """Whether a blank line stands directly before a remark."""
    text = span.source.text[: span.start]
    return bool(_BLANK.search(text[len(text.rstrip(_SPACE)) :]))


def doc_lines(doc: str) -> list[str]:
    """A doc as `///` lines."""
    return [f"/// {line}".rstrip() for line in doc.split("\n")]


def remark(comment: n.Comment) -> str:
    """`# …`, with its space; a line of signs (`#---`, `#!`) stays as it is."""
    raw = comment.span.text.rstrip()
    if raw.startswith("#") and comment.text and not comment.text[0].isalnum():
        return raw
    return f"# {comment.text}".rstrip()


def _head(span: Span) -> int:
    """Where the lines of remarks and docs begin that stand directly before a node; its own start when none do."""
    text, at = span.source.text, span.start
    while True:
        end = len(text[:at].rstrip(_SPACE)) if at else 0
        start = max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
        line = text[start:end].strip(_SPACE)
        if not line.startswith(("#", "///")) or not _breaks(text[end:at]):
            return at
        at = end - len(line)


def _breaks(between: str) -> bool:
    return "\n" in between or "\r" in between


def _head_lines(head: str, doc: str | None) -> list[str]:
    """The remarks and docs before a node in their order, with blank lines between them; empty when docs are missing."""
    lines: list[str] = []
    docs = []
    for raw in re.split(r"\r\n|\n|\r", head)[:-1]:
        line = raw.strip(_SPACE)
        if line.startswith("///"):
            docs.append(line[3:].removeprefix(" ").rstrip())
            lines.append(f"/// {docs[-1]}".rstrip())
        elif line.startswith("#"):
            lines.append(line if len(line) > 1 and not line[1].isspace() and not line[1].isalnum() else _spaced(line))
        elif lines and lines[-1]:
            lines.append("")
    if ("\n".join(docs) if docs else None) != doc:
        return []
    return lines if head else []


def _spaced(line: str) -> str:
    return f"# {line[1:].removeprefix(' ').rstrip()}".rstrip()
