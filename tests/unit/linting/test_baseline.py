"""Findings that are known from before, and what they are known by."""

from __future__ import annotations

import pytest

from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.linting.baseline import compare, from_json, to_json
from gridlang.linting.fingerprints import fingerprints
from gridlang.source import Source, Span

UNUSED = Code("L0107", "unused-declaration", Level.WARNING, "nothing uses `{name}`")
WRONG = Code("G0201", "unknown-kind", Level.ERROR, "no such kind")
TEXT = 'need a "A"\n\ncampaign c {\n  phase: sale\n  flow { send email hello }\n}\n'


def at(text: str, word: str, code: Code = UNUSED, path: str = "plan.grid", nth: int = 0) -> Diagnostic:
    start = -1
    for _ in range(nth + 1):
        start = text.index(word, start + 1)
    return code.at(Span(Source(path, text), start, start + len(word)), name=word)


def mark(problem: Diagnostic) -> str:
    return fingerprints([problem])[0]


def test_a_finding_is_known_where_it_has_moved_to() -> None:
    before = at(TEXT, "hello")
    assert mark(at("# a line more\n" + TEXT, "hello")) == mark(before)
    assert mark(at(TEXT.replace("  ", "\t "), "hello")) == mark(before)
    assert mark(at(TEXT.replace("phase: sale", "phase: contact"), "hello")) == mark(before)
    assert mark(at(TEXT.replace('need a "A"\n', ""), "hello")) == mark(before)


def test_another_finding_is_not() -> None:
    marks = {
        mark(at(TEXT, "hello")),
        mark(at(TEXT, "email")),
        mark(at(TEXT, "hello", path="other.grid")),
        mark(at(TEXT, "hello", Code("L0999", "other", Level.WARNING, "other"))),
        mark(at(TEXT.replace("campaign c", "campaign d"), "hello")),
        mark(at(TEXT.replace("send email", "send sms"), "hello")),
    }
    assert len(marks) == 6


def test_findings_that_are_alike_are_counted() -> None:
    text = "campaign c {\n  a: b\n  a: b\n}\n"
    two = [at(text, "a:"), at(text, "a:", nth=1)]
    marks = fingerprints(two)
    assert len(set(marks)) == 2
    known = from_json(to_json(two[:1]), "known.json").value
    assert len(compare(two, known).new) == 1


def test_what_is_known_is_left_out_and_what_is_gone_is_counted() -> None:
    old, new = at(TEXT, "hello"), at(TEXT, "email")
    known = from_json(to_json([old, at(TEXT, "sale")]), "known.json")
    assert not known.problems
    compared = compare([old, new], known.value)
    assert (compared.new, compared.known, compared.gone) == ((new,), 1, 1)


def test_a_rule_that_the_settings_make_an_error_fails_for_what_is_new_only() -> None:
    raised = Code("L0107", "unused-declaration", Level.ERROR, "nothing uses `{name}`")
    old, new = at(TEXT, "hello", raised), at(TEXT, "email", raised)
    before_it_was_raised = from_json(to_json([at(TEXT, "hello")]), "known.json").value
    assert compare([old, new], before_it_was_raised).new == (new,)
    assert from_json(to_json([old]), "known.json").value == before_it_was_raised


def test_errors_are_never_known() -> None:
    wrong = at(TEXT, "need", WRONG)
    assert '"findings": []' in to_json([wrong])
    known = from_json(to_json([at(TEXT, "need")]), "known.json").value
    assert compare([wrong], known).new == (wrong,)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "gridlang-baseline", "version": 2}', "[" * 100_000,
     '{"format": "gridlang-baseline", "version": 1, "findings": [{}]}'],
)  # fmt: skip
def test_what_is_no_baseline_is_told(text: str) -> None:
    outcome = from_json(text, "known.json")
    assert [problem.code.id for problem in outcome.problems] == ["G0012"]
    assert not outcome.value.known
