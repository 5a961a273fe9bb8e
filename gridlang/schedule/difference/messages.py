"""What is said of messages: their texts, line by line."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import attrs

from gridlang.schedule.difference.records import Sort
from gridlang.schedule.model import Wording

LONGEST = 60
"""So much of a line is shown."""


def _wording(old: Wording, new: Wording) -> Iterator[str]:
    yield from _texts(old, new, "")


def _languages(old: dict[str, Wording], new: dict[str, Wording]) -> Iterator[str]:
    for language in dict.fromkeys((*old, *new)):
        if language not in new:
            yield f"no longer has words in `{language}`"
        elif language not in old:
            yield f"has words in `{language}` now"
        else:
            yield from _texts(old[language], new[language], f" in `{language}`")


def _texts(old: Wording, new: Wording, where: str) -> Iterator[str]:
    for field in attrs.fields(Wording):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before == after:
            continue
        if after is None:
            yield f"no longer has a {field.name}{where}"
        elif before is None:
            yield f"has a {field.name}{where} now: {_quoted(after)}"
        else:
            yield f"has another {field.name}{where}: {_first_difference(before, after)}"


def _first_difference(old: str, new: str) -> str:
    before, after = old.splitlines(), new.splitlines()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    changes = [block for block in matcher.get_opcodes() if block[0] != "equal"]
    if not changes:
        return "only line ends differ"
    _, old_start, old_end, new_start, new_end = changes[0]
    lines = sum(max(block[2] - block[1], block[4] - block[3]) for block in changes)
    removed = _quoted(before[old_start]) if old_end > old_start else "nothing"
    added = _quoted(after[new_start]) if new_end > new_start else "nothing"
    return f"{added} for {removed}" + (f", and {lines - 1} more lines" if lines > 1 else "")


def _quoted(text: str) -> str:
    line = text.strip().split("\n", 1)[0]
    return f"“{line[:LONGEST]}…”" if len(line) > LONGEST else f"“{line}”"


MESSAGE = Sort(kind="message", group="messages", phrases={"wording": _wording, "languages": _languages})
"""How messages are compared."""
