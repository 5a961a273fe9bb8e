"""No text, however broken, and no place in it brings the server down: every feature, asked everywhere, in process."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types as lsp

from gridlang.editor import positions
from gridlang.editor.asking import Asked, Feature, Refused
from gridlang.editor.features.diagnostics import Board
from gridlang.editor.server import found_features
from gridlang.editor.session import Session
from gridlang.source import Source
from tests.shape.house import ROOT
from tests.unit.editor.desk import SMALL_PLAN
from tests.unit.editor.test_seeing import STORY

UTF16 = lsp.PositionEncodingKind.Utf16
CLIENT = lsp.ClientCapabilities()
OF_TEXT = [feature for feature in found_features() if isinstance(feature, Feature)]
CASES = sorted((ROOT / "tests" / "cases").glob("*/*.grid"))
PLACES = 4


def params(text: str, start: lsp.Position, end: lsp.Position) -> Any:
    context = SimpleNamespace(trigger_character=None, only=None, diagnostics=[], include_declaration=True)
    return SimpleNamespace(
        position=start, range=lsp.Range(start, end), context=context, new_name="another", id="nobody"
    )


def ask_everything(session: Session, uri: str, text: str, chance: random.Random, places: int) -> None:
    """Ask every feature at some places of a text."""
    known = session.text(uri)
    assert known is not None
    Board(session, known.plan, UTF16).news(known.plan.rehearsed())
    source = Source("x", text)
    for _ in range(places):
        first, second = (chance.randint(0, len(text)) for _ in range(2))
        start, end = (positions.position_of(source, at, UTF16) for at in sorted((first, second)))
        for feature in OF_TEXT:
            try:
                feature.answer(Asked(params(text, start, end), session, known, UTF16, CLIENT))
            except Refused:
                continue


def session_with(folder: Path, text: str) -> tuple[Session, str]:
    folder.mkdir(exist_ok=True)
    (folder / "plan.grid").write_text(SMALL_PLAN, "utf-8")
    session, uri = Session(), (folder / "more.grid").as_uri()
    session.update(uri, text)
    return session, uri


def parts(case: Path) -> Iterator[str]:
    """The broken and the mended text of a case."""
    yield from case.read_text("utf-8").split("# mended")


@pytest.mark.parametrize("start", range(0, len(CASES), 40))
def test_every_case_of_every_finding(start: int, tmp_path: Path) -> None:
    chance = random.Random(start)
    session, uri = session_with(tmp_path / "plan", "")
    for case in CASES[start : start + 40]:
        for text in parts(case):
            session.update(uri, text)
            ask_everything(session, uri, text, chance, 1)


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_a_text_with_something_torn_out(tmp_path_factory: pytest.TempPathFactory, chance: random.Random) -> None:
    torn = STORY
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(torn))
        torn = (
            torn[:at]
            + chance.choice(["", "{", "}", '"', "->", " \n", "send ", "æ🎉"])
            + torn[at + chance.randint(0, 30) :]
        )
    session, uri = session_with(tmp_path_factory.getbasetemp() / "torn", torn)
    ask_everything(session, uri, torn, chance, PLACES)


@given(st.text(alphabet=st.sampled_from("ab\n\r æ🎉\u2028\t"), max_size=40), st.integers(0, 60), st.integers(0, 60))
def test_a_place_and_back(text: str, first: int, second: int) -> None:
    """An offset is the same after it was a position, in every encoding; but for one between a line's two ends."""
    source = Source("x", text)
    for offset in (first, second):
        at = min(offset, len(text))
        if text[at - 1 : at + 1] == "\r\n":
            continue
        for encoding in lsp.PositionEncodingKind:
            assert positions.offset_of(source, positions.position_of(source, at, encoding), encoding) == at


@given(
    st.text(alphabet=st.sampled_from("ab\n æ🎉"), max_size=40),
    st.integers(0, 40),
    st.integers(0, 40),
    st.text(alphabet=st.sampled_from("x\nø🎈"), max_size=5),
)
def test_an_edit_puts_the_text_in_its_place(text: str, first: int, second: int, new: str) -> None:
    source = Source("x", text)
    start, end = sorted((min(first, len(text)), min(second, len(text))))
    for encoding in lsp.PositionEncodingKind:
        place = lsp.Range(*(positions.position_of(source, at, encoding) for at in (start, end)))
        change = lsp.TextDocumentContentChangePartial(place, new)
        assert positions.changed(text, change, encoding) == text[:start] + new + text[end:]
