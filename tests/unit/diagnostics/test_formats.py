"""Findings in the formats of code hosts and build servers, held to the schemas of these."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import junitparser
import pytest

from gridlang.diagnostics import Code, Diagnostic, Edit, Fix, Level, Related
from gridlang.diagnostics.render import github, junit, sarif
from gridlang.diagnostics.render.sarif import Help
from gridlang.source import Source, Span

SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0.schema.json").read_text("utf-8"))
TEXT = "need æble\nneed 😀b,c: d\n"
SOURCE = Source("mine & yours.grid", TEXT)
WARNING = Code(
    "L0107", "unused-declaration", Level.WARNING, "nothing uses `{name}`: 100%, really", why="why,\nthen", help="do"
)
NOTE = Code("L0113", "moves-to-open", Level.NOTE, "it moves")
ERROR = Code("G0001", "missing-folder", Level.ERROR, "there is no \x1b folder")


def place(word: str) -> Span:
    start = TEXT.index(word)
    return Span(SOURCE, start, start + len(word))


def problems() -> list[Diagnostic]:
    fix = Fix("rename it", (Edit(place("æble"), "apple"), Edit(Span(SOURCE, 0, 0), "# x\n")))
    related = (Related(place("c: d"), "over here"), Related(Span(Source("std/roles.grid", "role"), 0, 4), "there"))
    return [
        ERROR.at(None),
        WARNING.at(place("æble"), name="æble", fixes=(fix,), related=related),
        WARNING.at(place("b,c"), name="b"),
        NOTE.at(Span(SOURCE, 0, len(TEXT) - 1)),
    ]


def log(found: list[Diagnostic], base: str = "plans/ours") -> Any:
    marks = [str(at) * 32 for at in range(len(found))]
    text = sarif.render(found, marks, base, lambda code: Help(code.text, f"about {code.id}", f"*{code.id}*"))
    assert text.endswith("}\n")
    return json.loads(text)


@pytest.mark.parametrize("base", ["", ".", "plans/ours", "/somewhere else/plan"])
@pytest.mark.parametrize("found", [[], problems()], ids=["none", "some"])
def test_sarif_is_valid(found: list[Diagnostic], base: str) -> None:
    jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(log(found, base))


def test_the_schema_sees_mistakes() -> None:
    broken = log(problems())
    broken["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(SCHEMA).validate(broken)


def test_sarif_says_what_was_found_and_where() -> None:
    (run,) = log(problems())["runs"]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    assert [rule["id"] for rule in rules] == ["G0001", "L0107", "L0113"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)
    assert [result["level"] for result in results] == ["error", "warning", "warning", "note"]
    assert "locations" not in results[0]
    assert rules[1]["help"] == {"text": "about L0107", "markdown": "*L0107*"}
    (location,) = results[1]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "plans/ours/mine%20%26%20yours.grid"
    assert location["physicalLocation"]["region"] == {
        "startLine": 1, "startColumn": 6, "endLine": 1, "endColumn": 10, "charOffset": 5, "charLength": 4,
    }  # fmt: skip
    assert results[1]["partialFingerprints"] == {"gridlang/v1": "1" * 32}
    assert [one["message"]["text"] for one in results[1]["relatedLocations"]] == ["over here", "there"]
    ((change,),) = [fix["artifactChanges"] for fix in results[1]["fixes"]]
    assert [one["insertedContent"]["text"] for one in change["replacements"]] == ["apple", "# x\n"]


def test_github_gets_a_command_a_finding() -> None:
    lines = github.render(problems(), "plans/ours").splitlines()
    assert lines[0] == "::error title=G0001 missing-folder::there is no \x1b folder"
    assert lines[2] == (
        "::warning file=plans/ours/mine & yours.grid,line=2,endLine=2,col=7,endColumn=10,"
        "title=L0107 unused-declaration::nothing uses `b`: 100%25, really%0AWhy: why,%0Athen%0AWay out: do"
    )
    assert lines[3].startswith("::notice file=plans/ours/mine & yours.grid,line=1,endLine=2,title=")
    assert github.render([], "") == ""


def test_github_escapes_what_would_end_a_property() -> None:
    strange = WARNING.at(Span(Source("a,b:c%.grid", "x"), 0, 1), name="x")
    assert "file=a%2Cb%3Ac%25.grid,line=1" in github.render([strange], "")


def test_junit_is_read_by_others() -> None:
    text = junit.render(problems(), "plans/ours", "ours")
    suites = list(junitparser.JUnitXml.fromstring(text.encode()))
    assert [suite.name for suite in suites] == ["ours", "plans/ours/mine & yours.grid"]
    cases = [case for suite in suites for case in suite]
    assert [bool(case.result) for case in cases] == [True, True, True, False]
    assert "\x1b" not in text
    (passed,) = junitparser.JUnitXml.fromstring(junit.render([], "", "ours").encode())
    assert (passed.tests, passed.failures) == (1, 0)
