"""Laws of the printer: what it prints reads back as equal nodes, no remark is lost, and printing again changes nothing.

`GRID_LAWS=long` tries many more texts (tests/laws/worlds/profile.py).
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from gridlang.quantities import DURATION_UNITS, Duration, Money
from gridlang.source import Source, Span
from gridlang.syntax import nodes as n
from gridlang.syntax import parse, printing
from gridlang.syntax.scanning import tokens
from tests.laws.test_syntax import PLANS, TEXTS
from tests.laws.worlds.profile import tried

CHECKOUT = Path(__file__).parents[2]
FOLDERS = ("stdlib", "examples", "tests")
FILES = sorted(path for folder in FOLDERS for path in (CHECKOUT / folder).rglob("*.grid"))
NOWHERE = Span(Source("", ""), 0, 0)


def holds(text: str) -> str:
    """Hold the printer to its laws on a text without mistakes; gives what it prints."""
    before = parse(Source("plan.grid", text))
    printed = printing.print_file(before.value)
    after = parse(Source("plan.grid", printed))
    assert [problem.message for problem in after.problems] == []
    assert after.value == before.value
    assert printing.print_file(after.value) == printed
    remarks = [sorted(comment.text for comment in outcome.value.comments) for outcome in (before, after)]
    assert remarks[0] == remarks[1]
    assert not re.search(r"[ \t]$", printed, re.MULTILINE)
    return printed


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_file_reads_back(path: Path) -> None:
    text = path.read_text("utf-8")
    outcome = parse(Source(path.name, text))
    if not outcome.problems:
        holds(text)
    else:  # a case of a mistake: its nodes are what was meant, or are marked as broken
        assert printing.print_file(outcome.value)


@given(TEXTS)
@tried(150)
@example("")
@example("# nothing\n\n# at all")
@example("a b: c { #\n d {} e: ((f or g) and not (h, i)) }")
def test_every_text_reads_back(text: str) -> None:
    """A text with mistakes is first made one without: by printing what was understood of it."""
    outcome = parse(Source("plan.grid", text))
    sound = printing.print_file(outcome.value) if outcome.problems else text
    if not parse(Source("plan.grid", sound)).problems:
        holds(sound)


GAPS = st.sampled_from([" ", "\n", "\n\n", "\r\n", "\n\n\n  ", " # here\n", "\n# there\n", " # one\n\n  # two\n\n\n"])


@st.composite
def spaced(draw: st.DrawFn) -> str:
    """Some declarations of an example with other white space, and with remarks in every place."""
    file = parse(Source("", draw(st.sampled_from(PLANS)))).value
    first = draw(st.integers(0, len(file.declarations) - 1))
    last = min(len(file.declarations) - 1, first + draw(st.integers(0, 2)))
    text = file.source.text
    start, end = file.declarations[first].span.start, file.declarations[last].span.end
    pieces = [(kind, text[begin:stop]) for kind, begin, stop in tokens(text, start, end)]
    often = draw(st.sampled_from([0.02, 0.2, 0.9]))
    random = draw(st.randoms(use_true_random=False))
    whole = "\n" if draw(st.booleans()) else ""
    for kind, piece in pieces:
        gap = draw(GAPS) if random.random() < often else " "
        whole += piece + ("\n" if kind in ("DOC", "REMARK") else gap)
    return whole


@given(spaced())
@tried(120)
def test_remarks_and_blank_lines_anywhere(text: str) -> None:
    outcome = parse(Source("plan.grid", text))
    assume(not outcome.problems)  # a doc may have lost what it belongs to
    holds(text)


# --- values, however deep they stand in each other -------------------------------------------------------------------

NAMES = st.sampled_from(["a", "b", "consent", "område", "per_day"]).map(lambda word: n.Name(word, NOWHERE))
REFERENCES = st.lists(NAMES, min_size=1, max_size=2).map(lambda parts: n.Reference(tuple(parts), NOWHERE))
DIGITS = st.decimals(0, 10**9, places=2, allow_nan=False)
LENGTHS = st.builds(Duration, st.integers(0, 200), st.sampled_from(DURATION_UNITS)).map(lambda d: n.Length(d, NOWHERE))
LEAVES = (
    st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"])).map(lambda text: n.Text(text, NOWHERE))
    | st.builds(n.Number, st.integers(0, 10**12) | DIGITS, st.just(NOWHERE), st.booleans())
    | st.builds(Money, DIGITS | st.integers(0, 10**7).map(Decimal), st.just("DKK")).map(lambda m: n.Amount(m, NOWHERE))
    | LENGTHS
    | st.dates().map(lambda day: n.Date(day, NOWHERE))
    | st.datetimes().map(lambda when: n.Moment(when.replace(second=0, microsecond=0), NOWHERE))
    | st.times().map(lambda time: n.Time(time.replace(second=0, microsecond=0), NOWHERE))
    | st.just(n.Time(dt.time(0), NOWHERE, True))
    | REFERENCES
)


@st.composite
def _composed(draw: st.DrawFn, inner: st.SearchStrategy[n.Expression]) -> n.Expression:
    several = tuple(draw(st.lists(inner, min_size=2, max_size=3)))
    one, other = several[:2]
    signs = st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in", "before"])
    arguments = tuple(n.Argument(value, NOWHERE, draw(st.none() | NAMES)) for value in several)
    make = draw(st.integers(0, 11))
    if make < 4:
        return (
            n.Logic(draw(st.sampled_from(["and", "or"])), several, NOWHERE),
            n.Comparison(draw(signs), one, other, NOWHERE),
            n.Sum(draw(st.sampled_from(["+", "-"])), one, other, NOWHERE),
            _frequency(
                one, draw(st.none() | LENGTHS), tuple(draw(st.lists(REFERENCES, max_size=2))), draw(st.booleans())
            ),
        )[make]
    return (
        n.Not(one, NOWHERE),
        n.Negative(one, NOWHERE),
        n.Listing(several, NOWHERE),
        n.Call(draw(REFERENCES), draw(st.sampled_from([(), arguments])), NOWHERE, draw(st.none() | NAMES)),
        n.Call(draw(REFERENCES), (n.Argument(one, NOWHERE, None, other), *arguments), NOWHERE),
        n.Range(one, other, NOWHERE),
        n.Within(one, other, NOWHERE),
        n.After(one, NOWHERE),
    )[make - 4]


def _frequency(
    count: n.Expression, duration: n.Length | None, across: tuple[n.Reference, ...], account: bool
) -> n.Frequency:
    return n.Frequency(
        count, NOWHERE, duration, None if duration else n.Name("week", NOWHERE), across=across, per_account=account
    )


VALUES: st.SearchStrategy[n.Expression] = st.recursive(LEAVES, _composed, max_leaves=12)


@given(VALUES)
@tried(400)
def test_every_value_reads_back(value: n.Expression) -> None:
    """Nodes that come from no text have the brackets they need."""
    field = n.Field(n.Name("field", NOWHERE), (value,), NOWHERE)
    block = n.Block(n.Name("kind", NOWHERE), n.Name("name", NOWHERE), None, None, (field,), NOWHERE, NOWHERE)
    text = printing.print_declaration(block)
    outcome = parse(Source("plan.grid", text))
    assert [problem.message for problem in outcome.problems] == []
    assert outcome.value.declarations == (block,)
    assert holds(text) == f"{text}\n"
