"""Laws of the front end: any text has an outcome, every place lies in its text, and reading twice gives the same."""

from __future__ import annotations

import json
import re
from pathlib import Path

import attrs
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gridlang.diagnostics.model import Diagnostic, Outcome
from gridlang.diagnostics.render import json as as_json
from gridlang.diagnostics.render import text as as_text
from gridlang.source import Source, Span
from gridlang.syntax import nodes as n
from gridlang.syntax import parse
from gridlang.syntax.tables import tables
from tests.unit.syntax.reading import everything

CHECKOUT = Path(__file__).parents[2]
PLANS = [
    path.read_text(encoding="utf-8")
    for folder in ("examples", "stdlib")
    for path in sorted((CHECKOUT / folder).rglob("*.grid"))
]
WORDS = [
    *tables().signs.values(),
    *["name", "name:", "3", "3d", "3.5", "50%", "450", "DKK", "2027-02-30", "12:00", "25:00", "workdays"],
    *["is", "to", "goto", "9am", "9", "7D", "£", "GBP 900", "@", "file(", "young-families", "1 March 2027", "to x"],
    *["March 1, 2027", "2027-01-01 to 2027-02-01", "9 to 17", "2 in 7d", "nothing: call", '"a" "b"', "a,", "is not"],
    *["///", "#", "//", '"', "\\", "“", "”", "→", "…", "=", ";", "[", "]", "\x00", "-"],
    '"text"',
    "450 DKK",
    "2027-02-03 12:00",
    "List<",
    "\n",
    "\r",
    "\t",
    "\ud800",
]
SOUP = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join) | st.lists(st.sampled_from(WORDS), max_size=60).map(
    "".join
)
PLAN = st.sampled_from(PLANS)
SLOW = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A part of an example with a few things taken out, put in, doubled or swapped."""
    text = draw(PLAN)
    start = draw(st.integers(0, max(0, len(text) - 1)))
    text = text[start : start + draw(st.integers(0, 1500))]
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(text)))
        end = min(len(text), at + draw(st.integers(0, 12)))
        new = draw(st.sampled_from([*WORDS, "", "", text[at:end] * 2]) | st.text(max_size=3))
        text = text[:at] + new + text[end:]
    return text


TEXTS = st.text() | SOUP | mutated()


def read(text: str) -> Outcome[n.File]:
    return parse(Source("plan.grid", text))


def spans(outcome: Outcome[n.File]) -> list[Span]:
    """Every place in an outcome, in its nodes and in its findings."""
    found = [node.span for node in everything((outcome.value.declarations, outcome.value.comments))]
    found += [node.header for node in outcome.value.declarations if isinstance(node, n.Block | n.FlowDeclaration)]
    for problem in outcome.problems:
        found += [problem.span] if problem.span else []
        found += [related.span for related in problem.related]
        found += [edit.span for fix in problem.fixes for edit in fix.edits]
    return found


@SLOW
@given(TEXTS)
@example("a b { c: d }}}}\ne f {")
@example('a "b\\')
@example("a b {\n c d {\ne f { }")
def test_any_text_has_an_outcome_and_its_places_lie_in_it(text: str) -> None:
    outcome = read(text)
    for span in spans(outcome):
        assert 0 <= span.start <= span.end <= len(text)
        assert span.source.text is text


@SLOW
@given(TEXTS)
def test_whatever_is_found_can_be_shown(text: str) -> None:
    problems = read(text).problems
    shown = as_text.render(problems, color=False)
    assert shown.encode().decode() == shown
    assert shown.count("\n\n") == len(problems)
    assert len(json.loads(as_json.render(problems))) == len(problems)


def said(problem: Diagnostic) -> tuple[object, ...]:
    place = (problem.span.start, problem.span.end) if problem.span else None
    return (problem.code.id, problem.message, problem.help, place)


@SLOW
@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    first, second = read(text), read(text)
    assert first.value == second.value
    assert [said(problem) for problem in first.problems] == [said(problem) for problem in second.problems]


@SLOW
@given(TEXTS)
def test_nodes_lie_in_the_nodes_that_hold_them(text: str) -> None:
    for declaration in read(text).value.declarations:
        if not getattr(declaration, "broken", False):
            inside = [node.span for node in everything(declaration) if not isinstance(node, n.Comment)]
            assert all(declaration.span.start <= span.start and span.end <= declaration.span.end for span in inside)


@SLOW
@given(PLAN, st.data())
def test_white_space_and_remarks_mean_nothing(text: str, data: st.DataObject) -> None:
    lines = text.splitlines()
    ends = data.draw(st.lists(st.sampled_from(["\n", "\n\n", "\r\n", "\n   ", " # remark\n"]), min_size=len(lines)))
    spaced = "".join(line + (end if "///" not in line else "\n") for line, end in zip(lines, ends, strict=False))
    assert read(spaced).value == read(text).value


@SLOW
@given(PLAN, st.data())
def test_a_broken_declaration_leaves_the_others_as_they_are(text: str, data: st.DataObject) -> None:
    """Put something that cannot stand there behind the first brace of one declaration."""
    whole = read(text).value.declarations
    victims = [at for at, found in enumerate(whole) if isinstance(found, n.Block) and found.items]
    if not victims:
        return
    victim = data.draw(st.sampled_from(victims))
    broken = whole[victim]
    assert isinstance(broken, n.Block)
    place = text.index("{", broken.header.end) + 1
    outcome = read(
        text[:place] + data.draw(st.sampled_from([" ) ", " , ", " 3 ", " .. ", " a: ) ", " @ "])) + text[place:]
    )
    others = [found for at, found in enumerate(outcome.value.declarations) if at != victim]
    assert others == [found for at, found in enumerate(whole) if at != victim]
    assert len(outcome.problems) == 1
    assert outcome.problems[0].span
    assert broken.span.start <= outcome.problems[0].span.start <= broken.span.end + 6


ODD_ARROWS = ("=>", "-->", "→", "⇒", "–>", "—>")


@SLOW
@given(PLAN, st.data())
def test_any_arrow_may_be_another_sign(text: str, data: st.DataObject) -> None:
    """Each arrow is told, at its place, and read as one: the nodes are those of the plain text."""
    parts = [part for line in text.splitlines(keepends=True) for part in _arrows(line)]
    places = [at for at, part in enumerate(parts) if part == "->"]
    if not places:
        return
    for at in data.draw(st.sets(st.sampled_from(places), min_size=1)):
        parts[at] = data.draw(st.sampled_from(ODD_ARROWS))
    outcome = read("".join(parts))
    assert outcome.value == read(text).value
    assert {problem.code.name for problem in outcome.problems} == {"other-sign"}


def _arrows(line: str) -> list[str]:
    """A line cut at its arrows, unless they may stand in a text or a remark."""
    return [line] if '"' in line.partition("->")[2] or "#" in line else re.split("(->)", line)


def test_nodes_have_places() -> None:
    """`everything` finds all nodes: each of them has a span that does not count in comparisons."""
    classes = [
        found
        for found in vars(n).values()
        if isinstance(found, type) and attrs.has(found) and found.__module__.startswith(n.__name__)
    ]
    for found in classes:
        fields = attrs.fields_dict(found)
        assert found is n.File or not fields["span"].eq
