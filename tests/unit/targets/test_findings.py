"""The findings of the check on the page: each with its place, its reason and its way out, and none invented."""

from __future__ import annotations

import pytest
from lxml import html

from gridlang.diagnostics import catalogue
from gridlang.diagnostics.model import Code, Diagnostic, Level, Related
from gridlang.schedule.model import Schedule
from gridlang.source import Source, Span
from gridlang.targets.building import Chosen, build
from gridlang.targets.interface import DEFAULTS, ShowsFindings
from gridlang.targets.plan_html import TARGET
from gridlang.targets.words.findings import KINDS
from tests.unit.schedule import sample
from tests.unit.targets import plans

TEXT = Source("plan.grid", "\n" * 40)
UNHEARD = catalogue.find()["L0101"]
NOTE = catalogue.find()["L0113"]


def span(line: int) -> Span:
    return Span(TEXT, line - 1, line - 1)


def warning(line: int = 7, **words: str) -> Diagnostic:
    return Diagnostic(UNHEARD, span(line), "`mother` hears nothing", "why so", "write `campaign <x>`", **words)


def note(line: int = 3) -> Diagnostic:
    return Diagnostic(NOTE, span(line), "this wait moves", related=(Related(span(9), "declared here"),))


def shown(schedule: Schedule, *found: Diagnostic) -> html.HtmlElement:
    (file,) = TARGET.files_with_findings(schedule, DEFAULTS, found).value
    (section,) = html.document_fromstring(file.content.decode()).xpath("//section[@id='findings']")
    return section


def said(element: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(each.text_content().split()) for each in element.xpath(path)]


def test_each_has_its_place_its_reason_and_its_way_out() -> None:
    section = shown(plans.in_language("en"), note(), warning())
    assert said(section, ".//h2/small") == ["1 warning and 1 note"]
    first, second = section.xpath(".//li")
    assert said(first, ".//h3") == ["Somebody the approver listens to hears nothing"], "warnings come first"
    assert said(first, ".//p[@class='said']") == ["mother hears nothing"]
    assert said(first, ".//p[@class='said']/code") == ["mother"]
    assert said(first, ".//dd") == ["why so", "write campaign <x>"]
    assert first.xpath(".//a[@class='where']/@href") == ["#source-plan.grid-7"]
    assert said(second, ".//dt") == ["See"]
    assert second.xpath(".//dd//a/@href") == ["#source-plan.grid-9"]


def test_the_lines_stand_among_the_sources() -> None:
    elsewhere = Diagnostic(NOTE, Span(Source("other.grid", "\n\n"), 1, 1), "odd")
    (file,) = TARGET.files_with_findings(sample.schedule(), DEFAULTS, [warning(), elsewhere]).value
    root = html.document_fromstring(file.content.decode())
    ids = set(root.xpath("//@id"))
    assert "source-other.grid-2" in ids
    assert {link.removeprefix("#") for link in root.xpath("//section[@id='findings']//@href")} <= ids


def test_a_danish_page_tells_the_kind_in_danish_and_marks_what_is_english() -> None:
    section = shown(plans.in_language("da"), warning())
    assert said(section, ".//h3") == ["Én, som godkenderen lytter til, hører ingenting"]
    assert said(section, ".//dd")[0] == "Salget afhænger så af én, vi ikke har sagt noget til."
    assert section.xpath(".//p[@class='said']/@lang") == ["en"]
    assert not section.xpath(".//h3/@lang | .//dd/@lang")


def test_a_kind_without_words_is_told_in_the_checks_own() -> None:
    odd = Code("X0001", "odd-thing", Level.NOTE, "odd", why="because", help="mend it")
    section = shown(plans.in_language("da"), odd.at(None))
    assert said(section, ".//h3") == ["odd thing"]
    assert said(section, ".//dd") == ["because", "mend it"]
    assert section.xpath(".//h3/@lang | .//dd/@lang") == ["en", "en", "en"]
    assert not section.xpath(".//a")


@pytest.mark.parametrize("text", ["one ` alone", "``", "<script>alert(1)</script> `<b>`", ""])
def test_odd_texts_stay_texts(text: str) -> None:
    section = shown(plans.in_language("en"), Diagnostic(UNHEARD, None, text))
    (message,) = said(section, ".//p[@class='said']")
    assert message.replace("`", "").split() == text.replace("`", "").split()
    assert not section.xpath(".//script | .//b")


def test_nothing_found_is_told_from_nobody_looked() -> None:
    (clean,) = said(shown(plans.in_language("en")), ".//p[@class='none']")
    assert clean.startswith("Nothing")
    (file,) = TARGET.files(plans.in_language("en")).value
    root = html.document_fromstring(file.content.decode())
    (unknown,) = said(root, "//section[@id='findings']//p[@class='none']")
    assert "was built before" in unknown


def test_only_targets_that_ask_for_findings_get_them() -> None:
    assert isinstance(TARGET, ShowsFindings)
    made = build(plans.in_language("en"), [Chosen(TARGET, DEFAULTS)], None, [warning()]).value["plan_html"]
    assert b"hears nothing" in made[0].content
    assert made == build(plans.in_language("en"), [Chosen(TARGET, DEFAULTS)], None, (warning(),)).value["plan_html"]


def test_every_warning_about_a_plan_has_words_for_readers() -> None:
    about_outputs = {"G0609", "G0909"}
    weighed = {id for id, code in catalogue.find().items() if code.level is not Level.ERROR}
    plan = {id for id in weighed if id[0] in "GL"} - about_outputs
    assert plan >= set(KINDS)
    assert plan - set(KINDS) == set()
