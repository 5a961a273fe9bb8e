"""Names of files for those outside the plan: seen from where the command was called."""

from __future__ import annotations

import posixpath

from gridlang.source import Span


def outside(span: Span, base: str) -> str:
    """The path of a place's file when the plan's folder is `base`; the library's files keep their own."""
    path = span.source.path
    return path if path.startswith("std/") else posixpath.normpath(posixpath.join(base, path))
