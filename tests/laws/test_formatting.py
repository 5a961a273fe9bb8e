"""Laws of the formatter: on any text it settles, loses nothing and keeps the meaning; mistakes keep their letters.

`GRID_LAWS=long` tries many more texts (tests/laws/worlds/profile.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gridlang.cache import remembered
from gridlang.compiler import compile_plan
from gridlang.diagnostics.model import Outcome
from gridlang.files import Workspace
from gridlang.schedule.converter import to_plain
from gridlang.source import Source, Span
from gridlang.syntax import parse
from gridlang.syntax.formatting import Formatted, formatted
from gridlang.syntax.scanning import tokens
from tests.laws.plans_strategy import Plan, plans
from tests.laws.test_printing import FILES, spaced
from tests.laws.test_syntax import PLANS, TEXTS
from tests.laws.worlds.profile import tried
from tests.rules.plans import Memory

CHECKOUT = Path(__file__).parents[2]
LINE_END = re.compile(r"\r\n|\n|\r")


def of(text: str, only: tuple[int, int] | None = None) -> Formatted:
    source = Source("plan.grid", text)
    return formatted(source, Span(source, *only) if only else None).value


def unix(text: str) -> str:
    return LINE_END.sub("\n", text)


def holds(text: str) -> Formatted:
    """Hold the formatter to its laws on any text."""
    first = of(text)
    assert of(first.text).text == first.text
    before, after = parse(Source("plan.grid", text)), parse(Source("plan.grid", first.text))
    assert before.value == after.value
    assert sorted(problem.code.id for problem in before.problems) == sorted(p.code.id for p in after.problems)
    remarks = [sorted(comment.text for comment in one.value.comments) for one in (before, after)]
    assert remarks[0] == remarks[1]
    for kept in first.kept:
        assert unix(kept.text) in unix(first.text)
    return first


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_file(path: Path) -> None:
    text = path.read_text("utf-8")
    assert bool(holds(text).kept) == bool(parse(Source("plan.grid", text)).problems)


@given(TEXTS)
@tried(300)
@example("need a {} # behind\nneed b {} x y {{\n")
@example("# a\n\n# b\n}\n\n\n# c")
@example("need a {\r\n  x:: y\r\n}\r\nneed   b\r\n")
def test_any_text(text: str) -> None:
    holds(text)


@given(spaced())
@tried(100)
def test_white_space_and_remarks_anywhere(text: str) -> None:
    holds(text)


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Some declarations of an example, each on a line."""
    file = parse(Source("", draw(st.sampled_from(PLANS)))).value
    first = draw(st.integers(0, len(file.declarations) - 1))
    found = [one.span for one in file.declarations[first : first + draw(st.integers(1, 4))]]
    return "\n".join(_shaken(span.text, lambda: "  ") for span in found)


@given(lines())
@tried(60)
def test_a_mistake_costs_only_its_own_declaration(text: str) -> None:
    """What stands before and behind a broken declaration is formatted, and the mistake keeps its letters."""
    broken = '# why\n\n/// A doc\ncampaign broken  "B" {\n    phase:   : sale\n  flow  { send   ) }\n}'
    found = holds(f"{text}\n\n{broken}\n\n{text}")
    once = of(text).text.rstrip("\n")
    assert found.text == f"{once}\n\n{broken}\n\n{once}\n"
    assert [kept.text for kept in found.kept] == [broken]


@given(spaced(), st.integers(0, 500), st.integers(0, 500))
@tried(60)
def test_a_part_is_formatted_by_itself(text: str, start: int, length: int) -> None:
    before = parse(Source("plan.grid", text))
    source = Source("plan.grid", text)
    span = Span(source, min(start, len(text)), min(start + length, len(text)))
    after = parse(Source("plan.grid", formatted(source, span).value.text))
    assert after.value == before.value


@given(plans(), st.randoms(use_true_random=False))
@tried(30)
def test_the_schedule_of_a_generated_plan_stays_the_same(plan: Plan, random: Random) -> None:
    """But for the places, which are somewhere else."""
    shaken = _shaken(plan.text, lambda: random.choice(GAPS))
    before, after = (compile_plan(Memory(text), remembered) for text in (shaken, of(shaken).text))
    assert [problem.code for problem in before.problems] == [problem.code for problem in after.problems]
    schedules = [_placeless(to_plain(outcome.value.schedule)) for outcome in (before, after) if outcome.value]
    assert schedules[0] == schedules[1]


@pytest.mark.parametrize(
    "folder", sorted({path.parent for path in (CHECKOUT / "examples").rglob("plan.grid")}), ids=str
)
def test_the_schedule_of_an_example_stays_the_same(folder: Path) -> None:
    random = Random(str(folder.name))
    schedules = [
        compile_plan(Rewritten(Workspace.at(str(folder)), rewrite), remembered).value
        for rewrite in (lambda text: text, lambda text: of(_shaken(text, lambda: random.choice(GAPS))).text)
    ]
    before, after = (_placeless(to_plain(found.schedule)) for found in schedules if found)
    assert before == after


@attrs.frozen
class Rewritten:
    """A workspace whose plan files are rewritten when they are read."""

    there: Workspace
    rewrite: Callable[[str], str]

    def grid_files(self, folder: str) -> Outcome[tuple[Source, ...]]:
        read = self.there.grid_files(folder)
        return Outcome(tuple(Source(one.path, self.rewrite(one.text)) for one in read.value), read.problems)

    def text(self, path: str, folder: str = "") -> Outcome[str | None]:
        return self.there.text(path, folder)

    def library(self) -> tuple[Source, ...]:
        return self.there.library()


GAPS = (" ", "  ", "\n", "\n\n  ", "\r\n")


def _shaken(text: str, gap: Callable[[], str]) -> str:
    """The same tokens with other white space between them."""
    whole = ""
    for kind, start, end in tokens(text, 0, len(text)):
        whole += text[start:end] + ("\n" if kind in ("DOC", "REMARK") else gap())
    return whole


def _placeless(value: Any) -> Any:
    """A schedule as JSON without what says where in the text it stands."""
    if isinstance(value, dict):
        return {
            key: _placeless(one)
            for key, one in value.items()
            if key not in ("places", "sources") and not key.endswith("place")
        }
    return [_placeless(one) for one in value] if isinstance(value, list) else value
