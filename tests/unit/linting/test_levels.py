"""`[lint]` in `grid.toml`: what each finding weighs, and where."""

from __future__ import annotations

import pytest

from gridlang import settings
from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.linting import levels
from gridlang.source import Source, Span

UNUSED = Code("L0107", "unused-declaration", Level.WARNING, "nothing uses it")
MOVES = Code("L0113", "moves-to-open", Level.NOTE, "it moves")
WRONG = Code("G0201", "unknown-kind", Level.ERROR, "no such kind")


def at(code: Code, path: str = "plan.grid") -> Diagnostic:
    return code.at(Span(Source(path, "text"), 0, 4))


def weighed(toml: str, *problems: Diagnostic) -> list[tuple[str, str]]:
    found = levels.read(settings.read(Source("grid.toml", toml)).value)
    assert [problem.message for problem in found.problems] == []
    given = levels.weighed(problems, levels.levels(found.value))
    return [(problem.code.name, problem.level.value) for problem in given]


def complaints(toml: str) -> list[str]:
    return [problem.code.id for problem in levels.read(settings.read(Source("grid.toml", toml)).value).problems]


def test_without_settings_everything_stays() -> None:
    problems = (at(UNUSED), at(MOVES), at(WRONG))
    assert levels.weighed(problems, levels.levels(levels.Lint())) == problems


def test_rules_are_named_by_name_or_code() -> None:
    toml = '[lint.rules]\nunused-declaration = "error"\nL0113 = "off"\n'
    assert weighed(toml, at(UNUSED), at(MOVES), at(WRONG)) == [
        ("unused-declaration", "error"),
        ("unknown-kind", "error"),
    ]


def test_some_files_have_their_own_weights_and_the_last_counts() -> None:
    toml = """
[lint.rules]
unused-declaration = "off"
[[lint.paths]]
files = ["draft_*.grid", "idea.grid"]
rules = { unused-declaration = "note" }
[[lint.paths]]
files = ["draft_two.grid"]
rules = { L0107 = "error" }
"""
    paths = ("plan.grid", "draft_one.grid", "idea.grid", "draft_two.grid")
    found = weighed(toml, *(at(UNUSED, path) for path in paths))
    assert [level for _, level in found] == ["note", "note", "error"]


def test_an_error_keeps_its_weight() -> None:
    assert complaints('[lint.rules]\nunknown-kind = "off"\n') == ["G0902"]


@pytest.mark.parametrize(
    ("toml", "code"),
    [
        ('[lint.rules]\nunused-declarations = "off"\n', "G0902"),
        ('[lint.rules]\nunused-declaration = "fatal"\n', "G0904"),
        ("[lint.rules]\nunused-declaration = true\n", "G0903"),
        ('[lint]\nbaselines = "x"\n', "G0902"),
        ('[lint]\nbaseline = "../x.json"\n', "G0905"),
        ('[[lint.paths]]\nfiles = ["a.grid"]\nrules = { nonsense = "off" }\n', "G0902"),
        ('[[lint.paths]]\nfiles = "a.grid"\n', "G0903"),
    ],
)
def test_what_is_wrong_in_it_is_a_finding(toml: str, code: str) -> None:
    assert complaints(toml) == [code]
