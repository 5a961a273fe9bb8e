"""The Markdown: the same every time, no text of a plan becomes markup, and a parser reads what was meant."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from gridlang.schedule.model import Schedule
from gridlang.targets.plan_md import TARGET
from gridlang.targets.plan_md.escape import code, markdown, mermaid, paragraph
from tests.unit.schedule import sample
from tests.unit.targets import plans
from tests.unit.targets.test_drawings import NASTY

PARSER = MarkdownIt("gfm-like", {"linkify": False})


def document(schedule: Schedule) -> str:
    (file,) = TARGET.files(schedule).value
    assert file.path == "plan.md"
    return file.content.decode()


def blocks(text: str) -> list[str]:
    return [token.type for token in PARSER.parse(text)]


def inline(text: str) -> list[Token]:
    return [child for token in PARSER.parse(text) for child in token.children or ()]


def test_the_same_schedule_gives_the_same_text() -> None:
    assert document(sample.schedule()) == document(sample.schedule())


@pytest.mark.parametrize("name", NASTY)
def test_texts_of_the_plan_never_become_markup(name: str) -> None:
    """The same blocks stand there as with harmless texts, and no link, image or HTML has come in."""
    text = NASTY[name]
    if text.strip():
        nasty = document(plans.rewritten(lambda _: text))
        assert blocks(nasty) == blocks(document(plans.rewritten(lambda _: "x")))
        kinds = {token.type for token in inline(nasty)}
        assert not kinds & {"link_open", "image", "s_open"}
        assert {token.content for token in inline(nasty) if token.type == "html_inline"} <= {"<br>"}


@pytest.mark.parametrize(
    "text",
    [
        "**bold** _soft_ `code` ~~gone~~",
        "[link](javascript:alert(1)) ![image](x)",
        "<b>html</b> &amp; &lt;",
        "a | b || c",
        "$x^2$ \\ end\\",
        "snake_case and __init__",
        "@somebody #12 me@example.dk",
    ],
)
def test_a_text_is_read_back_as_written(text: str) -> None:
    tokens = inline(f"| head |\n| --- |\n| {markdown(text)} |")
    assert {token.type for token in tokens} <= {"text", "text_special"}
    assert "".join(token.content for token in tokens).replace("\u2060", "") == f"head{text}"


@pytest.mark.parametrize("text", ["1. marts", "- item", "# heading", "+ more", "===", "2) two", "> quote", "---"])
def test_a_text_at_the_beginning_of_a_line_stays_a_paragraph(text: str) -> None:
    assert blocks(f"above\n\n{paragraph(text)}\n") == ["paragraph_open", "inline", "paragraph_close"] * 2


@pytest.mark.parametrize("text", ["plan.grid:1", "a`b", "``", "x|y"])
def test_code_spans_hold_any_text(text: str) -> None:
    tokens = inline(f"| head |\n| --- |\n| {code(text)} |")
    assert [token.content for token in tokens if token.type == "code_inline"] == [text]


def test_labels_of_mermaid_cannot_end_early() -> None:
    assert mermaid('a "b" <i> #1; `x` {y} [z] |') == (
        "a #34;b#34; #60;i#62; #35;1#59; #96;x#96; #123;y#125; #91;z#93; #124;"
    )
    assert mermaid("1. marts") == "1#46; marts"
    assert mermaid("a\nb") == "a b"
    assert len(mermaid("x" * 10_000)) == 120


def test_drawings_stand_in_fences_that_nothing_breaks() -> None:
    text = document(plans.rewritten(lambda _: "```\nend\n```"))
    drawings = [token for token in PARSER.parse(text) if token.type == "fence"]
    schedule = sample.schedule()
    maps = 4  # of one segment, in all phases but loyalty
    assert len(drawings) == 1 + len(schedule.campaigns) + maps
    assert {token.info for token in drawings} == {"mermaid"}


def test_a_flowchart_as_mermaid() -> None:
    text = document(plans.in_language("da"))
    invite = re.search(r"### Kontakt: mødeinvitation.*?```mermaid\n(.*?)```", text, re.DOTALL)
    assert invite is not None
    lines = invite[1].splitlines()
    assert lines[0] == "flowchart TD"
    assert '  s1("Invitation til prøvetur<br/>E-mail eller letter · kl. 09.00")' in lines
    assert any(line.endswith('"Spørgsmål: Booker han selv et møde?<br/>inden for 5 dage"}') for line in lines)
    assert any('|"igen, højst 3 gange"|' in line for line in lines)


def test_tables_have_as_many_cells_as_heads() -> None:
    tokens = PARSER.parse(document(sample.schedule()))
    widths: list[int] = []
    heads = 0
    for token in tokens:
        if token.type == "thead_open":
            heads = 0
        heads += token.type == "th_open"
        if token.type == "tr_open":
            widths.append(0)
        elif token.type == "td_open":
            widths[-1] += 1
        elif token.type == "tr_close" and widths[-1]:
            assert widths[-1] == heads
    assert len(widths) > 30
