"""What a finding is known by when the lines around it move: its rule, its file, its line's words, its declaration."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

from gridlang.diagnostics import Diagnostic
from gridlang.source import Span

_BEGINNING = re.compile(r"[^\W\d]\w*[ \t][^{\"]*")


def fingerprints(problems: Sequence[Diagnostic]) -> list[str]:
    """One for each finding, 32 hexadecimal digits; findings that are alike are told apart by their order.

    White space does not count, nor where in its file a declaration stands. The message does not either: it may name
    dates and lines that another edit moves.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for problem in problems:
        key = (problem.code.id, *(_place(problem.span) if problem.span else (problem.message,)))
        seen[key] += 1
        whole = "\x1f".join((*key, str(seen[key])))
        found.append(hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:32])
    return found


def _place(span: Span) -> tuple[str, str, str, str]:
    source = span.source
    line, _ = source.line_column(span.start)
    return source.path, _declaration(span), _words(source.line_text(line)), _words(span.text)


def _declaration(span: Span) -> str:
    """How the declaration around a place begins: its kind and name."""
    line = span.line
    while line and not (found := _BEGINNING.match(span.source.line_text(line))):
        line -= 1
    return _words(found[0]) if line and found else ""


def _words(text: str) -> str:
    return "".join(text.split())
