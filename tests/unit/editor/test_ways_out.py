"""Whatever way out the editor offers for a finding ends it, and breaks nothing that could be read before."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from lsprotocol import types as lsp

from gridlang.editor import positions
from gridlang.editor.asking import Asked
from gridlang.editor.features.code_actions import BY_CODE, actions
from gridlang.editor.findings import findings
from gridlang.editor.session import Session
from tests.unit.editor.desk import applied
from tests.unit.editor.test_any_text import CASES, CLIENT, UTF16, session_with

MARK = re.compile(r"[ \t]*#!.*")
NAME, OPENS_OTHERS = "more.grid", {"unknown-name", "no-time-limit", "unused-declaration", "unreachable-step"}
"""Where a way out leads to the next finding of the sort: what is created lacks something, what used it is unused."""


def told(session: Session, uri: str) -> Counter[str]:
    text = session.text(uri)
    assert text is not None
    return Counter(each.code.id for each in findings(text.plan, text.plan.rehearsed()))


def syntax(found: Counter[str]) -> int:
    return sum(count for code, count in found.items() if code.startswith("G01"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_way_out_ends_its_finding(case: Path, tmp_path: Path) -> None:
    text = MARK.sub("", case.read_text("utf-8").split("# mended")[0])
    session, uri = session_with(tmp_path / "plan", text)
    known, before = session.text(uri), told(session, uri)
    assert known is not None
    for problem in findings(known.plan, known.plan.rehearsed()):
        if problem.span is None or problem.span.source.path != NAME:
            continue
        place = positions.range_of(problem.span, UTF16)
        context = SimpleNamespace(only=None, diagnostics=[])
        asked = Asked(SimpleNamespace(range=place, context=context), session, known, UTF16, CLIENT)
        for action in actions(asked):
            mine = [each for each in action.diagnostics or () if each.code == problem.code.id and each.range == place]
            if not mine or action.edit is None or problem.code.name in OPENS_OTHERS:
                continue
            after = session_after(session, uri, text, action, tmp_path)
            assert after[problem.code.id] < before[problem.code.id], action.title
            assert syntax(after) <= syntax(before), action.title


def session_after(session: Session, uri: str, text: str, action: lsp.CodeAction, folder: Path) -> Counter[str]:
    """The findings when an action is taken."""
    del session
    other, there = session_with(folder / "after", text)
    for changed, edits in (action.edit.changes or {}).items() if action.edit else ():
        plain = [edit for edit in edits if isinstance(edit, lsp.TextEdit)]
        if changed == uri:
            other.update(there, applied(text, plain))
        else:
            place = folder / "after" / changed.rsplit("/", 1)[1]
            other.update(place.as_uri(), applied(place.read_text("utf-8"), plain))
    return told(other, there)


def test_every_code_with_a_way_out_of_ours_is_there() -> None:
    from gridlang.diagnostics import catalogue

    names = {code.name for code in catalogue.find().values()}
    assert not BY_CODE.keys() - names
