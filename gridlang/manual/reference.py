"""The reference of the language: all pages of its words in one text, `grammar/README.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from gridlang.manual import codes, markdown, words
from gridlang.manual.pages import Block, Heading, Page, Prose, Rows

HEAD = """\
<!-- Generated from the compiler's own tables and gridlang/manual/texts; `pytest --update tests/unit/manual` writes it
anew. -->

# The language of plans

The reference of gridlang: what can stand in a `.grid` file, and what a plan does when it runs. Every example is
compiled by a test. `grid explain WORD` shows the same, page by page.
"""


@attrs.frozen
class Chapter:
    """A part of the reference. `under`: its pages stand below its own blocks, each with a heading."""

    title: str
    blocks: tuple[Block, ...] = ()
    under: tuple[Page, ...] = ()


def text() -> str:
    """The whole reference."""
    chapters = tuple(_chapters())
    return "\n".join([HEAD, *_contents(chapters), *map(_chapter, chapters)]).rstrip("\n") + "\n"


def _chapters() -> Iterator[Chapter]:
    topic = {page.name: page for page in words.topic_pages()}
    yield _of(topic["shape"])
    yield _of(topic["small_plan"])
    yield Chapter("Declarations", _kinds(), tuple(words.kind_pages()))
    yield _of(topic["coordinates"])
    yield Chapter("Types and values", (), tuple(words.type_pages()))
    yield _of(topic["rates"])
    yield Chapter(topic["conditions"].title, topic["conditions"].blocks, tuple(words.function_pages()))
    yield Chapter("Flows", (*topic["arms"].blocks, words.verb_rows()), tuple(words.verb_pages()))
    yield Chapter("What a plan does", (Prose(_RULES),), tuple(words.rule_pages()))
    yield _of(topic["people"])
    yield _of(topic["outputs"])
    yield _of(topic["state"])
    yield _of(topic["settings"])
    yield _of(topic["live_days"])
    yield Chapter("The library", tuple(_library()))
    yield _of(topic["editors"])
    yield _of(topic["pipelines"])
    yield Chapter("Findings", tuple(_findings(topic["lint"])))


_RULES = (
    "The rules of execution, by which every run obeys the plan. Each touch, task, move and skip carries the chain of "
    "rules that gave it its time, and `grid explain ID` tells it."
)


def _of(page: Page) -> Chapter:
    return Chapter(page.title, page.blocks)


def _kinds() -> tuple[Block, ...]:
    rows = ((f"[`{page.name}`](#{_anchor(page.title)})", _first(page)) for page in words.kind_pages())
    return (Rows(("kind", "says"), tuple(rows)),)


def _first(page: Page) -> str:
    return next(block.text for block in page.blocks if isinstance(block, Prose))


def _library() -> Iterator[Block]:
    yield Prose(
        "Every plan sees these declarations. Roles, channels and events go by their plain name, journeys, relations "
        "and calendars by their full one. Start your own from them: `channel dealer: meeting { … }`."
    )
    rows: dict[str, list[tuple[str, str, str]]] = {}
    for module, node in words.library():
        name = node.name.text if node.name else ""
        rows.setdefault(module, []).append((f"`{name}`", node.title.value if node.title else "", node.doc or ""))
    for module, found in rows.items():
        yield Heading(f"std.{module}")
        yield Rows(("name", "title", "what it is"), tuple(found))


def _findings(lint: Page) -> Iterator[Block]:
    yield from lint.blocks
    for about, found in codes.by_stage().items():
        if found:
            yield Heading(about)
            yield Rows(("code", "name", "says"), tuple((code.id, code.name, codes.line(code)) for code in found))


def _contents(chapters: Iterable[Chapter]) -> Iterator[str]:
    yield "\n".join(f"- [{chapter.title}](#{_anchor(chapter.title)})" for chapter in chapters) + "\n"


def _anchor(title: str) -> str:
    """The anchor that Markdown readers give a heading."""
    kept = "".join(letter for letter in title.lower() if letter.isalnum() or letter in " -_")
    return kept.replace(" ", "-")


def _chapter(chapter: Chapter) -> str:
    parts = [f"## {chapter.title}\n", markdown.render(chapter.blocks, 3)]
    for page in chapter.under:
        parts += [f"### {page.title}\n", markdown.render(page.blocks, 4)]
    return "\n".join(part for part in parts if part)
