"""The cases: small texts a marketer can read, each with the complaints it must get, where they happen.

`#! G0202 "did you mean `cap`"` at the end of a line says: here begins a finding of that code, and its message, reason
or way out holds these words (several in quotes, all of them). A case gets exactly the findings it lists: no more, no
less. A line `#! above G0104 "…"` or `#! below …` is about the line around it, `#! nowhere …` about the whole plan.
Every case stands beside `preamble.grid`; a case whose first line is `# alone` stands by itself. A line `# file PATH`
begins another file of the case.

After a line `# mended` the same text stands as it should be: it has no error, and no finding of the case's code.
Both are shown by `grid explain CODE` (gridlang/manual/cases.py). The cases in `told/` are told in words only.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gridlang.compiler import compile_plan
from gridlang.diagnostics import Diagnostic, Level
from gridlang.manual import cases
from gridlang.manual.cases import Case, Side

FOLDER = Path(__file__).parent
PREAMBLE = (FOLDER / "preamble.grid").read_text("utf-8")
PLACES = sorted(place for part in ("errors", "warnings", "told") for place in (FOLDER / part).iterdir())
TOLD = [place for place in PLACES if place.suffix == ".txt"]
COMPILED = [place for place in PLACES if place.suffix == ".grid"]


def case_of(place: Path) -> Case:
    return cases.read(place.name, place.read_text("utf-8"))


def findings(side: Side) -> list[Diagnostic]:
    return list(compile_plan(cases.folder(side, PREAMBLE), lambda name, key, compute: compute()).problems)


def expected(path: str, text: str) -> list[tuple[str | None, int | None, str, list[str]]]:
    """File, line, code and words of every finding that a text says it gets."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        for match in cases.MARK.finditer(line):
            words = [word.replace('\\"', '"') for word in re.findall(r'"((?:[^"\\]|\\.)*)"', match["words"])]
            at = number + {"above ": -1, "below ": 1}.get(match["where"], 0)
            nowhere = match["where"] == "nowhere "
            found.append((None if nowhere else path, None if nowhere else at, match["code"], words))
    return found


def shown(finding: Diagnostic) -> str:
    place = str(finding.span) if finding.span else "nowhere"
    return f"{place}: {finding.code.id} {finding.message} | {finding.why} | {finding.help}"


@pytest.mark.parametrize("place", COMPILED, ids=lambda place: place.stem)
def test_broken(place: Path) -> None:
    side = case_of(place).broken
    left = findings(side)
    for path, line, code, words in [wanted for file in side.files for wanted in expected(*file)]:
        fitting = [
            finding
            for finding in left
            if finding.code.id == code
            and (finding.span.source.path if finding.span else None) == path
            and (finding.span.line if finding.span else None) == line
            and all(word in f"{finding.message} {finding.why} {finding.help}" for word in words)
        ]
        assert fitting, f"no {code} {words} at line {line}; left are:\n" + "\n".join(map(shown, left))
        left.remove(fitting[0])
    assert not left, "not expected:\n" + "\n".join(map(shown, left))


@pytest.mark.parametrize("place", COMPILED, ids=lambda place: place.stem)
def test_mended(place: Path) -> None:
    case = case_of(place)
    assert case.mended is not None, "a line `# mended` and the text as it should be"
    left = [found for found in findings(case.mended) if found.code.id == case.code or found.level is Level.ERROR]
    assert not left, "\n".join(map(shown, left))


@pytest.mark.parametrize("place", COMPILED, ids=lambda place: place.stem)
def test_the_file_is_named_after_its_code(place: Path) -> None:
    case = case_of(place)
    assert case.code in {code for path, text in case.broken.files for _, _, code, _ in expected(path, text)}


@pytest.mark.parametrize("place", COMPILED, ids=lambda place: place.stem)
def test_shown_without_marks_it_is_found_as_well(place: Path) -> None:
    case = case_of(place)
    assert case.code in {finding.code.id for finding in findings(case.broken.unmarked)}


@pytest.mark.parametrize("place", TOLD, ids=lambda place: place.stem)
def test_told(place: Path) -> None:
    case = case_of(place)
    assert case.mended is not None
    assert all(text.strip() for side in (case.broken, case.mended) for _, text in side.files)


def test_the_preamble_is_clean() -> None:
    assert [shown(finding) for finding in findings(Side((("preamble.grid", PREAMBLE),), alone=True))] == []
