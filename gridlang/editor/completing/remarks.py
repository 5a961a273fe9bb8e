"""What fits in a remark that is for the compiler: `# grid: allow(rule) reason`."""

from __future__ import annotations

import re

from gridlang.editor.completing.offer import Kind as Icon
from gridlang.editor.completing.offer import Offer, Offers
from gridlang.linting.allowed import allowable
from gridlang.source import Source, Span

_RULE = re.compile(r"#\s*grid:\s*allow\s*\((?:\s*[\w-]+\s*,)*\s*([\w-]*)\Z")
_WHAT = re.compile(r"#\s*grid:\s*(\w*)\Z")


def in_remark(source: Source, offset: int) -> tuple[Span, Offers] | None:
    """The characters that a proposal takes the place of, and what fits there; None where nothing does."""
    line = source.text[source.line_starts[source.line_column(offset)[0] - 1] : offset]
    for pattern, offers in ((_RULE, _rules), (_WHAT, _allow)):
        if (found := pattern.search(line)) is not None:
            return Span(source, offset - len(found[1]), offset), offers()
    return None


def _rules() -> Offers:
    for code in {code.id: code for code in allowable().values()}.values():
        yield Offer(
            label=code.name,
            kind=Icon.EnumMember,
            detail=f"{code.id} · {code.level.value}",
            doc=re.sub(r"\{(\w+)[^}]*\}", r"<\1>", code.text),
        )


def _allow() -> Offers:
    yield Offer(
        label="allow", kind=Icon.Keyword, detail="a finding", snippet="allow(${1:rule}) ${2:the reason}", rank=1
    )
