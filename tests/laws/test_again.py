"""The law of reading again: after an edit, what is taken over from the last reading says what reading all anew says.

Each example is edited one thing at a time, one edit after the other on the same plan, and compared: every finding with
its places, and the schedule with each place as file, line and column. `GRID_LAWS=long` tries many more.
"""

from __future__ import annotations

import gc
import json
import os
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridlang.compiler import Compiled, compile_plan
from gridlang.diagnostics import Diagnostic, Outcome
from gridlang.editor.session import Memory, understand
from gridlang.schedule.document import to_json
from gridlang.semantics.again import Again
from gridlang.source import Source, Span
from gridlang.syntax import parse
from gridlang.syntax.adopting import settle
from gridlang.syntax.rereading import reread
from tests.laws.mutants import Edited, Mutant, mutants, targets, workspace
from tests.laws.test_mutations import remember
from tests.laws.worlds.profile import tried

_kept: dict[str, Again] = {}


def said(outcome: Outcome[Compiled | None]) -> list[tuple[Any, ...]]:
    """Everything the findings say, places as people read them."""
    return [_told(problem) for problem in outcome.problems]


def _told(problem: Diagnostic) -> tuple[Any, ...]:
    related = tuple((_at(each.span), each.text) for each in problem.related)
    fixes = tuple((fix.title, tuple((_at(edit.span), edit.text) for edit in fix.edits)) for fix in problem.fixes)
    return problem.code.id, problem.message, problem.why, problem.help, _at(problem.span), related, fixes


def _at(span: Any) -> tuple[Any, ...] | None:
    return span and (span.source.path, span.start, span.end, span.line, span.column)


def meant(outcome: Outcome[Compiled | None]) -> Any:
    """The schedule, each place written out: their numbers are nobody's business."""
    if outcome.value is None:
        return None
    whole = json.loads(to_json(outcome.value.schedule))
    places = whole.pop("places")
    return _written_out(whole, places)


def _written_out(value: Any, places: list[Any]) -> Any:
    if isinstance(value, list):
        return [_written_out(one, places) for one in value]
    if isinstance(value, dict):
        return {
            key: places[one] if _is_place(key) and isinstance(one, int) else _written_out(one, places)
            for key, one in value.items()
        }
    return value


def _is_place(key: str) -> bool:
    return key == "place" or key.endswith("_place")


@given(mutants())
@tried(150)
def test_reading_again_says_what_reading_anew_says(mutant: Mutant) -> None:
    again = _kept.setdefault(mutant.plan, Again())
    for place in (mutant.workspace, workspace(mutant.plan)):
        edited, anew = compile_plan(place, remember, again), compile_plan(place, remember)
        assert said(edited) == said(anew), mutant
        assert meant(edited) == meant(anew), mutant


def _after(plan: str, *edits: tuple[str, str, str]) -> None:
    """Edits one after the other, each of a file of an example, and then none: each reading says what a new one says."""
    again, place = Again(), workspace(plan)
    compile_plan(place, remember, again)
    whole: Any = place
    for path, old, new in (*edits, ("", "", "")):
        sources = {source.path: source.text for source in whole.grid_files("").value}
        whole = Edited(whole, path, sources[path].replace(old, new, 1)) if path else place
        assert not path or old in sources[path]
        edited, anew = compile_plan(whole, remember, again), compile_plan(whole, remember)
        assert said(edited) == said(anew), (path, new)
        assert meant(edited) == meant(anew), (path, new)


def test_a_person_whom_nobody_has_declared_any_more() -> None:
    """Whoever speaks to them through a map is read again, though the map's own text has not changed."""
    _after("canteen_dishwasher", ("people.grid", "person canteen_manager", "need canteen_manager"))


def test_a_length_by_name_stays_used() -> None:
    """A `let` that only a flow waits for is used, also after an edit elsewhere."""
    _after(
        "canteen_dishwasher",
        ("campaigns.grid", "wait 8w", "wait a_pause"),
        ("people.grid", "need quiet", "let a_pause = 8w\nneed quiet"),
        ("people.grid", "without noise", "without any noise"),
    )


def test_the_plan_itself_is_edited() -> None:
    """Its period, title, currency, and a field: what is read by them is read again."""
    _after(
        "canteen_dishwasher",
        ("plan.grid", '"', '"x'),
        ("plan.grid", "2027-01-04 ..", "2027-01-05 .."),
        ("plan.grid", "currency:  EUR", "currency:  DKK"),
        ("plan.grid", "2027-08-06", "2027-08-09"),
        ("plan.grid", "NW", "BY"),
        ("plan.grid", "fields person {", "fields person { town: Text"),
        ("plan.grid", "mobile:  Text?", ""),
    )


def test_little_is_read_again() -> None:
    """An edit of one campaign leaves the other declarations as they were."""
    again = Again()
    compile_plan(workspace("family_car"), remember, again)
    assert again.taken_over == 0
    compile_plan(workspace("family_car"), remember, again)
    assert again.taken_over > 50


@given(mutants())
@tried(150)
def test_rereading_a_file_gives_what_parsing_it_gives(mutant: Mutant) -> None:
    """Nodes, remarks, places and mistakes, after an edit and after taking it back."""
    folder = os.path.dirname(mutant.path)
    (sound,) = (source for source in workspace(mutant.plan).grid_files(folder).value if source.path == mutant.path)
    read = parse(sound)
    settle(read.value)
    for text in (mutant.text, sound.text, mutant.text.replace("\n", "\n\n", 1), mutant.text):
        source = Source(mutant.path, text)
        read = reread(read, source)
        assert _written(read.value) == _written(parse(source).value), mutant
        assert [_told(problem) for problem in read.problems] == [_told(problem) for problem in parse(source).problems]


TYPED = (
    "{",
    "}",
    '"',
    "\n",
    "\n}\n",
    "///",
    "# ",
    ";",
    ":",
    "x",
    " ",
    "-> ",
    "segment",
    "\nneed a_wish ",
    "“",
    "(",
    "flow {",
)


@st.composite
def typed(draw: st.DrawFn) -> tuple[Source, list[str]]:
    """A file of an example, and what it becomes by edits one after the other, near each other or far apart."""
    file = draw(st.sampled_from(sorted({id(target.file): target.file for target in targets()}.values(), key=_path)))
    text, texts = file.source.text, []
    at = draw(st.integers(0, len(text)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(max(0, at - 30), min(len(text), at + 30)) | st.integers(0, len(text)))
        gone = draw(st.sampled_from((0, 0, 1, 1, 5, 40)))
        text = text[:at] + draw(st.sampled_from(("", *TYPED))) + text[at + gone :]
        texts.append(text)
    return file.source, texts


def _path(file: Any) -> str:
    return file.source.path


@given(typed())
@tried(300)
def test_rereading_while_somebody_types_gives_what_parsing_gives(case: tuple[Source, list[str]]) -> None:
    """Also when the text before was broken already."""
    sound, texts = case
    read = parse(sound)
    settle(read.value)
    for text in (*texts, sound.text):
        source = Source(sound.path, text)
        read, anew = reread(read, source), parse(source)
        assert _written(read.value) == _written(anew.value)
        assert [_told(problem) for problem in read.problems] == [_told(problem) for problem in anew.problems]


def _written(node: Any) -> Any:
    """A node with all its places and remarks, as values that can be compared."""
    if isinstance(node, tuple | list):
        return [_written(one) for one in node]
    if isinstance(node, Span):
        return node.start, node.end, node.source.text[node.start : node.end]
    if attrs.has(type(node)) and type(node).__module__.startswith("gridlang.syntax.nodes"):
        return type(node).__name__, [_written(getattr(node, field.name)) for field in attrs.fields(type(node))]
    return node.text if isinstance(node, Source) else node


def test_an_edit_within_a_line_costs_its_neighbours() -> None:
    """All other declarations keep their nodes, whose places move."""
    read = parse(Source("plan.grid", "".join(f'# no. {n}\nneed wish_{n} "Wish {n}"\n' for n in range(20))))
    settle(read.value)
    edited = reread(read, Source("plan.grid", read.value.source.text.replace('"Wish 9"', '"A long wish"')))
    kept = {id(node) for node in read.value.declarations} & {id(node) for node in edited.value.declarations}
    assert len(kept) == 19
    assert [node.span.text for node in edited.value.declarations][-1] == 'need wish_19 "Wish 19"'
    assert {comment.span.text for comment in edited.value.comments} == {f"# no. {n}" for n in range(20)}


def test_a_remark_that_changes_before_a_declaration_that_does_not() -> None:
    """The declaration keeps its nodes, and has the new remark."""
    read = parse(Source("plan.grid", '# one\nneed wish "A wish"\n'))
    settle(read.value)
    for text in ('# one thing\nneed wish "A wish"\n', '\n# two\nneed wish "A wish" # three\n', 'need wish "A wish"\n'):
        source = Source("plan.grid", text)
        read = reread(read, source)
        assert _written(read.value) == _written(parse(source).value)


def test_an_edit_leaves_nothing_to_be_tidied() -> None:
    """What an edit has replaced goes at once, so that the editor need not search for garbage while somebody types."""
    plan, again = workspace("canteen_dishwasher"), Again()
    (source, *_) = (source for source in plan.grid_files("").value if "campaign " in source.text)
    for path in (plan, Edited(plan, source.path, source.text.replace("{", "", 1)), plan):
        understand(path, Memory(), again)
    gc.collect()
    gc.disable()
    try:
        for text in (source.text.replace("{", "", 1), source.text.replace("campaign ", "campaign x", 1), source.text):
            understand(Edited(plan, source.path, text), Memory(), again)
        assert gc.collect() < 100
    finally:
        gc.enable()


def test_places_that_nobody_needs_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day of typing does not fill the memory, and the readings stay right."""
    monkeypatch.setattr("gridlang.semantics.again.SPARE_PLACES", 0)
    plan, again = workspace("canteen_dishwasher"), Again()
    compile_plan(plan, remember, again)
    most = 4 * len(again.places.spans)
    (source, *_) = (source for source in plan.grid_files("").value if "campaign " in source.text)
    for number in range(12):
        edited = Edited(plan, source.path, "\n" * number + source.text)
        again_, anew = compile_plan(edited, remember, again), compile_plan(edited, remember)
        assert said(again_) == said(anew)
        assert meant(again_) == meant(anew)
        assert len(again.places.spans) <= most
