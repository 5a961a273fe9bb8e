"""The mistake of a name with spaces in it."""

from __future__ import annotations

from gridlang.diagnostics.codes import syntax as codes
from gridlang.diagnostics.model import Diagnostic
from gridlang.source import Span


def two_words(kind: str, span: Span) -> Diagnostic:
    """A name with spaces in it, in the declaration of a `kind`."""
    words = span.text.split()
    joined = "_".join(words)
    count = {2: "two", 3: "three"}.get(len(words), str(len(words)))
    title = " ".join(words)
    return codes.TWO_WORDS.at(
        span,
        words=title,
        count=count,
        joined=joined,
        kind=kind,
        first=words[0],
        title=title[:1].upper() + title[1:],
        fixes=(codes.replacing(span, joined),),
    )
