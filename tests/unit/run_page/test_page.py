"""The page of a run: closed, well-formed, the same every time, told to those who listen, and about nobody."""

from __future__ import annotations

import base64
import hashlib
import itertools
import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import attrs
import pytest
from lxml import etree, html

from gridlang.runtime.rows import Counts, Execution
from gridlang.schedule.steps import Notify
from gridlang.targets.plan_html import TARGET
from tests.unit.examples import plans
from tests.unit.run_page.pages import EXAMPLES, executed, in_language, made, page, tree
from tests.unit.schedule import sample
from tests.unit.targets.drawn import texts
from tests.unit.targets.test_drawings import NASTY

ROOT = Path(__file__).parents[3]
NOBODY = Execution(
    touches=(),
    tasks=(),
    audiences=(),
    moves=(),
    skips=(),
    reports=(),
    issues=(),
    counts=Counts(accounts=0, contacts=0, by_segment={}, goals={}),
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_page_is_closed(name: str) -> None:
    root = tree(name)
    assert not root.xpath("//script | //iframe | //object | //embed | //form | //link | //base | //img")
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on")} | (attributes & {"style", "src", "action"})
    links = {value for element in root.iter() for name, value in element.attrib.items() if name.endswith("href")}
    assert all(link.startswith("#") for link in links)
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = root.xpath("//style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_link_leads_somewhere_and_every_id_stands_once(name: str) -> None:
    root = tree(name)
    ids = root.xpath("//@id")
    assert [each for each, times in Counter(ids).items() if times > 1] == []
    targets = {link.removeprefix("#") for link in root.xpath("//@href")}
    assert targets
    assert targets - set(ids) == set()


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_is_told_to_those_who_listen(name: str) -> None:
    root = tree(name)
    assert root.get("lang")
    assert len(root.xpath("//main")) == len(root.xpath("//h1")) == len(root.xpath("//nav[@aria-label]")) == 1
    levels = [int(each.tag[1]) for each in root.iter() if re.fullmatch("h[1-6]", str(each.tag))]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    for table in root.xpath("//table"):
        assert table.xpath(".//thead//th[@scope='col']")
        assert table.xpath("count(.//tbody/tr)") == table.xpath("count(.//tbody/tr/th[@scope='row'])")
        widths = {len(row) for row in table.xpath(".//tr")}
        assert len(widths) == 1, etree.tostring(table)[:300]
    labels = root.xpath("//*[@role='region']/@aria-label")
    assert len(labels) == len(set(labels))
    for drawing in root.xpath("//*[local-name()='svg'][@role]"):
        assert drawing.get("aria-labelledby") or drawing.xpath("string(./*[local-name()='title'])")


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_words_of_a_drawing_overlap_or_fall_outside(name: str) -> None:
    drawings = tree(name).xpath("//*[local-name()='svg'][@class='picture']")
    assert drawings
    for drawing in drawings:
        root = etree.fromstring(etree.tostring(drawing))
        _, _, width, height = map(float, (root.get("viewBox") or root.get("viewbox")).split())
        boxes = texts(root)
        for one, other in itertools.combinations(boxes, 2):
            assert not one.overlaps(other), (root.get("id"), one, other)
        for box in boxes:
            assert -0.5 <= box.left <= box.right <= width + 0.5, (root.get("id"), box)
            assert -0.5 <= box.top <= box.bottom <= height + 0.5, (root.get("id"), box)


@pytest.mark.parametrize("name", EXAMPLES)
def test_nobody_stands_in_it(name: str) -> None:
    """No id, no account, no value that the files say of a person or an event, and no text filled in for somebody,
    unless the plan's own page has it, which knows of nobody. (A bare number is told from a count by nothing.)"""
    schedule, given, rows = plans.compiled(name).schedule, plans.given(name), executed(name)
    private = {value for contact in given.contacts for value in (contact.id, contact.account, contact.salesperson)}
    for attributes in (
        *(contact.attributes for contact in given.contacts),
        *given.accounts.values(),
        *(happening.payload for happening in given.happenings),
    ):
        private |= {value for value in attributes.values() if isinstance(value, str)}
    private |= {row.id for row in (*rows.touches, *rows.tasks, *rows.skips)}
    templates = {each.wording.subject for each in schedule.messages}
    templates |= {step.text for each in schedule.campaigns for step in each.steps if isinstance(step, Notify)}
    private |= {row.subject for row in (*rows.touches, *rows.tasks)} - templates
    told = {value for value in private if value and not value.isdigit() and len(value) > 2}
    assert len(told) > 300
    plan = _told(TARGET.files(schedule).value[0].content.decode())
    assert {value for value in told if _stands(value, _told(page(name))) and not _stands(value, plan)} == set()


@cache
def _told(text: str) -> tuple[frozenset[str], str]:
    """The words of a page, in its texts and attributes, and all of it in a row."""
    words = re.findall(r"[\w@.+-]+", text)
    return frozenset(words), f" {' '.join(words)} "


def _stands(value: str, told: tuple[frozenset[str], str]) -> bool:
    words = re.findall(r"[\w@.+-]+", value)
    return bool(words) and told[0].issuperset(words) and f" {' '.join(words)} " in told[1]


def test_the_test_would_see_somebody() -> None:
    contact = next(each for each in plans.given("family_car").contacts if "email" in each.attributes)
    for value in (contact.id, contact.account, str(contact.attributes["email"])):
        assert not _stands(value, _told(page("family_car")))
        assert _stands(value, _told(page("family_car").replace("</main>", f"<p>Til {value}</p></main>")))


def test_the_same_run_gives_the_same_bytes_whatever_the_machine() -> None:
    code = (
        "import hashlib; from tests.unit.run_page.pages import page\n"
        "print(hashlib.sha256(page('holiday_trip').encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "LANG": language, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, language, zone in (("1", "C", "UTC"), ("2", "da_DK.UTF-8", "Asia/Tokyo"))
    }
    assert len(seen) == 1


def test_a_run_of_nobody_is_told_too() -> None:
    root = html.document_fromstring(made(in_language(sample.schedule(), "en"), NOBODY))
    words = root.text_content()
    assert "No run of it began." in words
    assert "Nobody was reached." in words
    assert "Everything was made." in words


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_texts_of_the_plan_never_become_markup(text: str) -> None:
    name = "family_car"
    schedule = plans.compiled(name).schedule
    titled = [attrs.evolve(each, title=text) for each in schedule.campaigns]
    harmless = [attrs.evolve(each, title="x") for each in schedule.campaigns]
    nasty, plain = (
        html.document_fromstring(made(attrs.evolve(schedule, campaigns=tuple(each)), executed(name)))
        for each in (titled, harmless)
    )
    assert [each.tag for each in nasty.iter() if not _drawn(each)] == [
        each.tag for each in plain.iter() if not _drawn(each)
    ]
    assert not nasty.xpath("//script")


def _drawn(element: html.HtmlElement) -> bool:
    return any(each.tag == "svg" for each in element.iterancestors())


def test_danish_and_english() -> None:
    schedule = plans.compiled("family_car").schedule
    danish, english = (
        html.document_fromstring(made(in_language(schedule, locale), executed("family_car"))) for locale in ("da", "en")
    )
    assert danish.xpath("string(//section[@id='pressure']/h2)") == "Pres"
    assert english.xpath("string(//section[@id='pressure']/h2)") == "Pressure"
    french = html.document_fromstring(made(in_language(schedule, "fr_FR"), executed("family_car")))
    assert "fr_FR" in french.xpath("string(//p[@role='note'])")


def test_pages_of_the_examples_stay_small() -> None:
    for name in EXAMPLES:
        assert len(page(name).encode()) < 1_000_000
