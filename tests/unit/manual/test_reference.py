"""The reference: whole, fresh, and every example of it a plan that compiles."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gridlang import resources
from gridlang.compiler import compile_plan
from gridlang.diagnostics import Level
from gridlang.manual import cases, fragments, reference, words
from gridlang.manual.cases import Side
from gridlang.manual.pages import Example, Page
from gridlang.semantics.calls import FUNCTIONS
from gridlang.semantics.flows.naming import VERBS
from gridlang.semantics.kinds import kinds
from gridlang.semantics.types import TYPE_NAMES
from gridlang.syntax import nodes
from tests.unit.cli.shell import grid

PLACE = Path(__file__).parents[3] / "grammar" / "README.md"
HOUSE = ("../house/channels.grid", 'channel newsletter: email "The newsletter" {}\n')
PAGES = [*words.kind_pages(), *words.verb_pages(), *words.type_pages(), *words.function_pages()]


def examples() -> Iterator[tuple[str, str]]:
    for page in itertools.chain(PAGES, words.topic_pages()):
        found = [block for block in page.blocks if isinstance(block, Example) and block.language == "grid"]
        found = [] if page.name == "small_plan" else found
        yield from ((f"{page.sort} {page.name} {number}", example.text) for number, example in enumerate(found, 1))


def surroundings(example: str) -> str:
    """The small plan, without the `fields` that an example about fields declares itself."""
    preamble = cases.preamble()
    if "fields person" in example:
        preamble = re.sub(r"^fields \w+ \{.*?^\}\n", "", preamble, flags=re.DOTALL | re.MULTILINE)
    return preamble


@pytest.mark.parametrize("example", [pytest.param(text, id=name) for name, text in examples()])
def test_every_example_compiles(example: str) -> None:
    side = Side((("case.grid", example), HOUSE), alone=example.startswith("plan "))
    found = compile_plan(cases.folder(side, surroundings(example)), lambda name, key, compute: compute()).problems
    assert not [f"{problem.span}: {problem.message}" for problem in found if problem.level is Level.ERROR]


def test_the_story_of_the_example_holds(tmp_path: Path) -> None:
    (example,) = [text for name, text in examples() if name.startswith("kind test")]
    (tmp_path / "plan.grid").write_text(cases.preamble(), "utf-8")
    (tmp_path / "tests.grid").write_text(example, "utf-8")
    done = grid("test", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 held, 0 failed" in done.stdout


def test_every_kind_verb_type_and_function_has_an_example() -> None:
    without = [f"{page.sort} {page.name}" for page in PAGES if not any(isinstance(b, Example) for b in page.blocks)]
    assert not without


def test_every_word_of_the_language_is_told_and_no_other() -> None:
    assert set(fragments.sections("kinds")) == {*kinds(), *words.BESIDE_KINDS}
    assert set(fragments.sections("functions")) == set(FUNCTIONS)
    assert set(fragments.sections("types")) == set(TYPE_NAMES)
    verbs = {word.replace("_", " ") for step, word in VERBS.items() if step not in (nodes.Jump, nodes.Stray)}
    assert set(fragments.sections("verbs")) == {*verbs, "label"}


def test_every_rule_of_execution_is_told() -> None:
    told = [page.name for page in words.rule_pages()]
    assert told == sorted(told, key=lambda name: (int(re.sub(r"\D", "", name)), name))
    package = Path(resources.__file__).parent
    cited = {rule for place in package.rglob("*.py") for rule in re.findall(r"\bR\d+a?\b", place.read_text("utf-8"))}
    assert set(told) >= cited


def keywords(rule: str, grammar: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """The words in quotes of a rule of the grammar, and of the clauses that it names."""
    found = re.search(rf"^\??{rule}: ((?:.*\n)(?:[ \t]+\|.*\n)*)", grammar, re.MULTILINE)
    if not found or rule in seen:
        return set()
    body = found[1]
    clauses = [name for name in re.findall(r"\b([a-z_]+)\b", body) if name in CLAUSES]
    inner = [keywords(name, grammar, seen | {rule}) for name in clauses]
    return set(re.findall(r'"(\w+)"', body)).union(*inner)


CLAUSES = {
    "send_clause", "show_clause", "task_clause", "repeat_clause", "within_clause", "at", "for_clause", "else_clause",
    "budget", "by", "due", "on_weekday", "from_date",
}  # fmt: skip


@pytest.mark.parametrize("page", list(words.verb_pages()), ids=lambda page: page.name)
def test_the_shape_of_a_statement_names_every_keyword_of_the_grammar(page: Page) -> None:
    rule = {"label": "jump"}.get(page.name, page.name.replace(" ", "_"))
    wanted = keywords(rule, resources.grammar())
    assert wanted
    assert not wanted - set(re.findall(r"\w+", page.blocks[0].text))  # type: ignore[union-attr]


def test_the_reference_is_fresh(update: bool) -> None:
    made = reference.text()
    if update:
        PLACE.write_text(made, "utf-8")
    assert PLACE.read_text("utf-8") == made, "pytest --update tests/unit/manual writes it anew"


def test_every_link_leads_somewhere() -> None:
    text = reference.text()
    headings = [re.sub(r"[^\w -]", "", line.lstrip("#").strip().lower()).replace(" ", "-") for line in text.splitlines()
                if re.match(r"#{1,6} ", line)]  # fmt: skip
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(headings)


def test_lines_are_short_enough_to_read() -> None:
    fenced = False
    for line in reference.text().splitlines():
        fenced ^= line.startswith("```")
        assert fenced or line.startswith("|") or len(line) <= 120, line
