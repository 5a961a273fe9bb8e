"""`grid explain`: a page for every code and every word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gridlang.cli import pages
from gridlang.diagnostics import catalogue
from gridlang.manual import cases, codes, contents, terminal
from gridlang.manual.pages import Example, Mark, Page, Rows
from tests.unit.cli.shell import clean, grid

ALL = catalogue.find()


def shown(what: str) -> str:
    page = contents.find(what, lambda name, key, compute: compute())
    assert page is not None, what
    return terminal.render(page, color=False)


@pytest.mark.parametrize("code", ALL.values(), ids=ALL)
def test_every_code_has_a_page_with_both_texts(code) -> None:  # type: ignore[no-untyped-def]
    page = shown(code.id)
    assert page.startswith(f"{code.id} {code.name} ({code.level.value})\n\n")
    assert "\nBroken" in page, "a case in tests/cases that has the mistake"
    assert "\nMended" in page, "its second part, after `# mended`"
    case = cases.find_all()[code.id]
    assert case.told or "^" in page or "Found:" in page, "the place is marked"
    assert "#!" not in page


def test_no_case_is_about_a_code_that_is_gone() -> None:
    assert set(cases.find_all()) <= set(ALL)


def test_every_code_belongs_to_a_stage() -> None:
    assert {code.id[:3] for code in ALL.values()} == set(codes.STAGES)


def test_the_place_is_marked_and_told() -> None:
    page = shown("G0202")
    assert "  2 |   capp: 2 per 7d\n    |   ^^^^\n    |   a channel has no field `capp`\n" in page


def test_words_that_a_finding_fills_in_are_marked() -> None:
    assert "`<path>` is not UTF-8 text: line <line> has the byte <byte>" in shown("G0004")


def test_a_rule_of_the_analysis_says_what_its_file_says() -> None:
    assert "Rule:    A contact at a time of day at which its channel is never open." in shown("closed-hour")


def test_by_name_and_in_small_letters() -> None:
    assert shown("not-utf-8") == shown("G0004") == shown("g0004")
    assert shown("r15") == shown("R15")
    assert shown("wait_until") == shown("wait until")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("send", "`send CHANNEL [or CHANNEL …] MESSAGE"),
        ("channel", "`on_cap`"),
        ("phase", "`barriers`"),
        ("Money", "`450 DKK`"),
        ("count", "`count(event [where …] [, within: 30d])`"),
        ("R22a", "never drifts"),
        ("on_cap", "what a touch does that has no room"),
        ("small_plan", 'plan story "A story" {'),
        ("marketing_grid", "`std.journeys.marketing_grid`"),
        ("std.journeys.marketing_grid", "`std.journeys.marketing_grid`"),
    ],
)
def test_words_of_the_language(what: str, words: str) -> None:
    assert words in " ".join(shown(what).split()) or words in shown(what)


def test_every_page_is_found_and_fits_a_terminal() -> None:
    for page in contents.pages():
        found = contents.find(page.name, lambda name, key, compute: compute())
        assert found is not None, page.name
        told = terminal.render(attrs_without_examples(page), color=False)
        assert max(map(len, told.splitlines())) <= 100, page.name


def attrs_without_examples(page: Page) -> Page:
    return Page(page.sort, page.name, page.title, tuple(b for b in page.blocks if not isinstance(b, Example)))


def test_the_table_of_contents_lists_every_code_once() -> None:
    text = terminal.render(contents.overview(), color=False)
    assert all(text.count(f"\n{id} ") == 1 for id in ALL)
    assert "Types and units" not in text
    assert "\nValues, types and units\n" in text


def test_unknown_words_name_the_nearest() -> None:
    assert "Did you mean `not-utf-8`" in pages.unknown("not-utf8")
    assert "Did you mean `segment`" in pages.unknown("segmnet")


def test_colours_only_when_somebody_sees_them() -> None:
    page = Page("topic", "x", "X", (Example("abc", "Broken", (Mark(1, 2, 1, ("here",)),)), Rows(("a",), (("b",),))))
    assert "\x1b" not in terminal.render(page, color=False)
    assert "\x1b[1;31m^\x1b[0m" in terminal.render(page, color=True)


def test_a_tab_and_wide_letters_keep_the_carets_in_place() -> None:
    page = Page("topic", "x", "X", (Example("ab", None, (Mark(1, 2, 1, ("here",)),)),))
    assert terminal.render(page, color=False).splitlines()[2:] == ["  1 | ab", "    |  ^", "    |  here"]


def test_from_the_shell(tmp_path: Path) -> None:
    told = grid("explain", "wait", "until", cwd=tmp_path)
    assert told.returncode == 0
    assert told.stdout.startswith("wait until\n\n`wait until DAY [at TIME]`\n")
    data = json.loads(grid("explain", "G0202", "--format", "json", cwd=tmp_path).stdout)
    assert (data["sort"], data["name"]) == ("code", "G0202")
    assert next(block for block in data["blocks"] if block["block"] == "example")["marks"][0]["line"] == 2
    listed = grid("explain", cwd=tmp_path)
    assert listed.returncode == 0
    assert "G0104  unclosed-text" in listed.stdout
    lost = grid("explain", "chanel", cwd=tmp_path)
    assert lost.returncode == 2
    assert "Did you mean `channel`" in lost.stderr
    assert clean(lost)


def test_checking_a_plan_loads_nothing_of_the_manual(tmp_path: Path) -> None:
    grid("init", "plan", cwd=tmp_path)
    done = grid("check", "plan", cwd=tmp_path, PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0
    assert "gridlang.syntax" in done.stderr
    assert "gridlang.manual" not in done.stderr
