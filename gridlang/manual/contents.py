"""All pages of the manual, by name."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterator

from gridlang.diagnostics import catalogue
from gridlang.diagnostics.model import Code
from gridlang.manual import cases, codes, words
from gridlang.manual.pages import Block, Heading, Page, Rows
from gridlang.schedule.calendars import Remember

SORTS = {
    "kind": "Declarations",
    "verb": "Statements of a flow",
    "type": "Types",
    "function": "Functions",
    "rule": "Rules of execution",
    "topic": "More",
}
"""The words that the table of contents lists; fields and names of the library have pages too."""


def find(what: str, remember: Remember) -> Page | None:
    """The page of a code (by id or name) or of a word of the language; None when there is none."""
    code = _codes().get(what) or _codes().get(what.upper()) or _codes().get(what.lower())
    if code is not None:
        _, module = catalogue.homes()[code.id]
        return codes.page(code, module, cases.find_all().get(code.id), remember)
    return _word(what)


def _word(what: str) -> Page | None:
    plain = what.rpartition(".")[2].replace("_", " ") if what.startswith("std.") else what.replace("_", " ")
    page = next((page for page in pages() if page.name.replace("_", " ").lower() == plain.lower()), None)
    if what in words.block_words() and (page is None or page.sort == "field"):
        return _word(words.block_words()[what])
    return page


def pages() -> Iterator[Page]:
    """Every page but those of codes. Where two have one name, the first is meant."""
    return itertools.chain(
        words.kind_pages(),
        words.verb_pages(),
        words.type_pages(),
        words.function_pages(),
        words.rule_pages(),
        words.topic_pages(),
        words.field_pages(),
        words.library_pages(),
    )


def _codes() -> dict[str, Code]:
    found = catalogue.find()
    return {code.name: code for code in found.values()} | found


def names() -> list[str]:
    """All that has a page: codes by id and by name, and words."""
    return [*_codes(), *dict.fromkeys(page.name for page in pages())]


def near(what: str) -> list[str]:
    """Names of pages that are spelled nearly so, the nearest first."""
    names_ = names()
    return difflib.get_close_matches(what, names_, n=3) or difflib.get_close_matches(what.upper(), names_, n=3)


def overview() -> Page:
    """The table of contents: every code under what it is about, then the words of the language."""
    blocks: list[Block] = []
    for about, found in codes.by_stage().items():
        rows = tuple((code.id, code.name, codes.line(code)) for code in found)
        blocks += [Heading(about), Rows(("", "", ""), rows)]
    listed: dict[str, list[str]] = {sort: [] for sort in SORTS}
    for page in pages():
        if page.sort in listed:
            listed[page.sort].append(page.name)
    known = tuple((title, ", ".join(listed[sort])) for sort, title in SORTS.items())
    blocks += [Heading("Words of the language"), Rows(("", ""), known)]
    return Page("topic", "contents", "What `grid explain` knows", tuple(blocks))
