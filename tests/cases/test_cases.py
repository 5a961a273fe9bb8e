"""The cases: small texts a marketer can read, each with the complaints it must get, where they happen.

`#! G0202 "did you mean `cap`"` at the end of a line says: here begins a finding of that code, and its message, reason
or way out holds these words (several in quotes, all of them). A case gets exactly the findings it lists: no more, no
less. A line `#! nowhere G0212 "…"` is about the whole plan. Every case stands beside `preamble.grid`; a case whose
first line is `# alone` stands by itself.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gridlang.compiler import compile_plan
from gridlang.diagnostics import Diagnostic, Outcome
from gridlang.resources import library
from gridlang.source import Source

FOLDER = Path(__file__).parent
CASES = sorted((FOLDER / "errors").glob("*.grid")) + sorted((FOLDER / "warnings").glob("*.grid"))
EXPECTED = re.compile(r'#! (?P<nowhere>nowhere )?(?P<code>[GL]\d{4})(?P<words>(?: "(?:[^"\\]|\\.)*")*)')


class Case:
    """A workspace of one case and its preamble."""

    def __init__(self, *files: tuple[str, str]) -> None:
        self.files = tuple(Source(path, text) for path, text in files)

    def grid_files(self, folder: str) -> Outcome[tuple[Source, ...]]:
        return Outcome(self.files if folder == "" else ())

    def text(self, path: str) -> Outcome[str | None]:
        return Outcome("Hello {{ first_name }}")

    def library(self) -> tuple[Source, ...]:
        return tuple(library())


def findings(*files: tuple[str, str]) -> tuple[Diagnostic, ...]:
    return compile_plan(Case(*files), lambda name, key, compute: compute()).problems


def expected(text: str) -> list[tuple[int | None, str, list[str]]]:
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        for match in EXPECTED.finditer(line):
            words = [word.replace('\\"', '"') for word in re.findall(r'"((?:[^"\\]|\\.)*)"', match["words"])]
            found.append((None if match["nowhere"] else number, match["code"], words))
    return found


def shown(finding: Diagnostic) -> str:
    place = f"line {finding.span.line}" if finding.span else "nowhere"
    return f"{place}: {finding.code.id} {finding.message} | {finding.why} | {finding.help}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    text = path.read_text()
    alone = text.startswith("# alone")
    around = () if alone else (("preamble.grid", (FOLDER / "preamble.grid").read_text()),)
    left = list(findings(*around, ("case.grid", text)))
    for line, code, words in expected(text):
        fitting = [
            finding
            for finding in left
            if finding.code.id == code
            and (finding.span.line if finding.span else None) == line
            and (finding.span is None or finding.span.source.path == "case.grid")
            and all(word in f"{finding.message} {finding.why} {finding.help}" for word in words)
        ]
        assert fitting, f"no {code} {words} at line {line}; left are:\n" + "\n".join(map(shown, left))
        left.remove(fitting[0])
    assert not left, "not expected:\n" + "\n".join(map(shown, left))


def test_the_preamble_is_clean() -> None:
    assert [shown(finding) for finding in findings(("preamble.grid", (FOLDER / "preamble.grid").read_text()))] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_file_is_named_after_its_code(path: Path) -> None:
    code = path.stem.split("-")[0]
    assert code in {code for _, code, _ in expected(path.read_text())}
