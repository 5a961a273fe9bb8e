"""Whatever way out the editor offers for a finding ends it, and breaks nothing that could be read before; and every
finding has one, or a reason why not (`no_way_out.py`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import attrs
import pytest
from lsprotocol import types as lsp

from gridlang import resources
from gridlang.diagnostics import Diagnostic, catalogue
from gridlang.editor import positions
from gridlang.editor.asking import Asked
from gridlang.editor.features.code_actions import BY_CODE, actions
from gridlang.editor.findings import findings
from gridlang.editor.session import Session, Text
from gridlang.manual import cases
from gridlang.source import Span
from tests.unit.editor.desk import applied
from tests.unit.editor.no_way_out import REASONS
from tests.unit.editor.test_any_text import CLIENT, UTF16

OPENS_OTHERS = {"unknown-name", "no-time-limit", "unused-declaration", "unreachable-step", "unused-suppression"}
"""Where a way out leads to the next finding of the sort: what is created lacks something, what used it is unused."""
CASES = {
    case.stem: case
    for file in resources.cases()
    if file.path != cases.PREAMBLE and not (case := cases.read(file.path, file.content.decode("utf-8"))).told
}
BEFORE, AFTER = "a_preamble.grid", "z_preamble.grid"


@attrs.frozen
class Desk:
    """A case as files in a folder, all of them open."""

    folder: Path
    session: Session
    files: dict[str, str]

    def text(self, path: str) -> Text:
        text = self.session.text((self.folder / "here" / path).resolve().as_uri())
        assert text is not None, path
        return text

    def told(self) -> tuple[Diagnostic, ...]:
        """The findings; one without a place is shown at the beginning of the first file."""
        text = self.text(next(iter(self.files)))
        beginning = Span(text.understood.scope.folders[""].files[0].source, 0, 0)
        told = findings(text.plan, text.plan.rehearsed())
        return tuple(attrs.evolve(problem, span=problem.span or beginning) for problem in told)


def at_desk(case: cases.Case, folder: Path) -> Desk:
    sources = cases.folder(case.broken.unmarked, cases.preamble()).sources
    names = {cases.PREAMBLE: BEFORE, f"end of {cases.PREAMBLE}": AFTER}
    return opened({names.get(source.path, source.path): source.text for source in sources}, folder)


def opened(files: dict[str, str], folder: Path) -> Desk:
    for path, text in files.items():
        place = folder / "here" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    session = Session()
    for path in sorted(files, key=lambda path: path.startswith("..")):
        if path.endswith(".grid"):
            session.update((folder / "here" / path).resolve().as_uri(), files[path])
    return Desk(folder, session, {path: text for path, text in files.items() if path.endswith(".grid")})


def ways(desk: Desk, problem: Diagnostic) -> Iterator[lsp.CodeAction]:
    """The ways out of a finding, but for living with it."""
    assert problem.span is not None
    text, place = desk.text(problem.span.source.path), positions.range_of(problem.span, UTF16)
    context = SimpleNamespace(only=None, diagnostics=[])
    for action in actions(Asked(SimpleNamespace(range=place, context=context), desk.session, text, UTF16, CLIENT)):
        mine = [each for each in action.diagnostics or () if each.code == problem.code.id and each.range == place]
        if mine and action.edit is not None and not action.title.startswith("Allow `"):
            yield action


def offered(stem: str) -> set[str]:
    """The codes of a case for which a way out is offered."""
    with TemporaryDirectory() as name:
        desk = at_desk(CASES[stem], Path(name))
        placed = [problem for problem in desk.told() if problem.span and problem.span.source.path in desk.files]
        return {problem.code.id for problem in placed if next(ways(desk, problem), None) is not None}


@cache
def all_offered() -> frozenset[str]:
    return frozenset().union(*map(offered, CASES))


def syntax(found: Counter[str]) -> int:
    return sum(count for code, count in found.items() if code.startswith("G01"))


@pytest.mark.parametrize("stem", CASES)
def test_a_way_out_ends_its_finding(stem: str, tmp_path: Path) -> None:
    desk = at_desk(CASES[stem], tmp_path / "before")
    problems = desk.told()
    before = Counter(problem.code.id for problem in problems)
    for number, problem in enumerate(problems):
        if problem.span is None or problem.span.source.path not in desk.files or problem.code.name in OPENS_OTHERS:
            continue
        for way, action in enumerate(ways(desk, problem)):
            after = taken(desk, action, tmp_path / f"{number}_{way}")
            assert after[problem.code.id] < before[problem.code.id], action.title
            assert syntax(after) <= syntax(before), action.title


def taken(desk: Desk, action: lsp.CodeAction, folder: Path) -> Counter[str]:
    """The findings when an action is taken."""
    files = dict(desk.files)
    home = desk.folder / "here"
    paths = {(home / path).resolve().as_uri(): path for path in files}
    for uri, edits in (action.edit.changes or {}).items() if action.edit else ():
        files[paths[uri]] = applied(files[paths[uri]], [edit for edit in edits if isinstance(edit, lsp.TextEdit)])
    return Counter(problem.code.id for problem in opened(files, folder).told())


def test_every_finding_has_a_way_out_or_a_reason_why_not() -> None:
    every = {code.id: code.name for code in catalogue.find().values()}
    assert {f"{id} {every[id]}" for id in every.keys() - all_offered()} == set(REASONS)


def test_every_code_with_a_way_out_of_ours_is_there() -> None:
    names = {code.name for code in catalogue.find().values()}
    assert not BY_CODE.keys() - names
