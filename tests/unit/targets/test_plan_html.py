"""The page: one closed file, everything escaped, every link leads somewhere, told to those who listen."""

from __future__ import annotations

import base64
import hashlib
import itertools
import os
import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from lxml import html

from gridlang.schedule import steps as s
from gridlang.schedule.model import Schedule
from gridlang.targets.drawing.measure import clean
from gridlang.targets.plan_html import TARGET
from tests.unit.schedule import sample
from tests.unit.targets import plans
from tests.unit.targets.test_drawings import NASTY

ROOT = Path(__file__).parents[3]


def page(schedule: Schedule) -> str:
    (file,) = TARGET.files(schedule).value
    assert file.path == "plan.html"
    return file.content.decode()


def tree(schedule: Schedule) -> html.HtmlElement:
    return html.document_fromstring(page(schedule))


def test_the_same_schedule_gives_the_same_bytes() -> None:
    assert page(sample.schedule()) == page(sample.schedule())


def test_no_hash_seed_changes_a_byte() -> None:
    code = (
        "import hashlib; from tests.unit.schedule import sample; from gridlang.targets import discover\n"
        "for name in ('plan_html', 'plan_md'):\n"
        "    print(*(hashlib.sha256(f.content).hexdigest() for f in discover()[name].files(sample.schedule()).value))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "LANG": language},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, language in (("1", "C"), ("2", "da_DK.UTF-8"))
    }
    assert len(seen) == 1


def test_the_page_is_closed() -> None:
    """One script, no handler, no style attribute, nothing from elsewhere; the policy names script and style by their
    hashes."""
    root = tree(sample.schedule())
    assert not root.xpath("//iframe | //object | //embed | //form | //link | //base | //img")
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on")} | (attributes & {"style", "src", "action"})
    links = {value for element in root.iter() for name, value in element.attrib.items() if name.endswith("href")}
    assert all(link.startswith("#") for link in links)
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = root.xpath("//style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    (script,) = root.xpath("//script")
    assert not script.attrib
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy
    assert not re.search(r"\beval\b|Function|innerHTML|fetch|XMLHttp|import\b|https?:|storage", script.text)
    assert "default-src 'none'" in policy
    assert "url(" not in style.text
    assert "@import" not in style.text


@pytest.mark.parametrize("schedule", [sample.schedule(), plans.chain(30)], ids=["sample", "chain"])
def test_every_link_leads_somewhere_and_every_id_stands_once(schedule: Schedule) -> None:
    root = tree(schedule)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {link.removeprefix("#") for link in root.xpath("//@href")}
    assert targets
    assert not targets - set(ids)


@pytest.mark.parametrize("name", NASTY)
def test_texts_of_the_plan_never_become_markup(name: str) -> None:
    """The same elements stand there as with harmless texts, and the text stands among them as written."""
    text = NASTY[name]
    harmless, nasty = tree(plans.rewritten(lambda _: "x")), tree(plans.rewritten(lambda _: text))
    assert [each.tag for each in nasty.iter() if not _drawn(each)] == [
        each.tag for each in harmless.iter() if not _drawn(each)
    ]
    (script,) = nasty.xpath("//script")
    assert script.text == harmless.xpath("string(//script)")
    (heading,) = nasty.xpath("//h1")
    assert clean(heading.text_content()) == (clean(text) or "family_car")


def _drawn(element: html.HtmlElement) -> bool:
    """Inside a drawing lines of text are as many as fit, so they differ."""
    return any(each.tag == "svg" for each in element.iterancestors())


def test_it_is_told_to_those_who_listen() -> None:
    root = tree(plans.in_language("da"))
    assert root.get("lang") == "da"
    assert len(root.xpath("//main")) == len(root.xpath("//h1")) == 1
    assert root.xpath("//nav/@aria-label") == ["For hvem", "På denne side"]
    assert root.xpath("//a[@class='skip']/@href") == ["#content"]
    levels = [int(each.tag[1]) for each in root.iter() if re.fullmatch("h[1-6]", str(each.tag))]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    for table in root.xpath("//table"):
        assert table.xpath(".//thead//th[@scope='col']")
        assert table.xpath("count(.//tbody/tr)") == table.xpath("count(.//tbody/tr/th[@scope='row'])")
    for region in root.xpath("//*[@role='region']"):
        assert region.get("tabindex") == "0"
        assert region.get("aria-label")
    for drawing in root.xpath("//*[local-name()='svg'][@role]"):
        assert drawing.get("aria-labelledby") or drawing.xpath("string(./*[local-name()='title'])")
    labels = root.xpath("//*[@role='region']/@aria-label")
    assert len(labels) == len(set(labels))
    for link in root.xpath("//*[local-name()='svg']//*[local-name()='a']"):
        assert link.get("aria-label") or link.text_content().strip()


def test_the_grid_shows_campaigns_marks_and_hatched_cells() -> None:
    root = tree(plans.in_language("da"))
    first = root.xpath("//table[@class='matrix']")[0]
    assert first.xpath(".//caption/text()")[0] == "Relation: prospect"
    contact = first.xpath(".//tr[@class='p2']")[0]
    filled = contact.xpath("./td[@class='filled']")
    assert [cell.xpath("string(.//a/span)") for cell in filled] == ["Kontakt: mødeinvitation"]
    assert filled[0].xpath(".//*[local-name()='svg']/*[local-name()='title']/text()") == ["E-mail", "letter", "phone"]
    assert [cell.text_content().strip() for cell in contact.xpath("./td[@class='empty']")] == ["Tom", "Tom"]


def test_everything_says_where_it_is_written() -> None:
    root = tree(sample.schedule())
    for campaign in root.xpath("//article"):
        assert re.fullmatch(r"plan\.grid:\d+", campaign.xpath("string(.//header//a[@class='where'])"))
    steps = root.xpath("//ol[@class='steps']/li")
    assert len(steps) == sum(len(campaign.steps) for campaign in sample.schedule().campaigns)
    assert all(step.xpath(".//a[@class='where']") for step in steps)


def test_a_locale_without_words_is_english_and_says_so() -> None:
    root = tree(plans.in_language("fr_FR"))
    assert root.get("lang") == "en"
    (notice,) = root.xpath("//p[@role='note']/text()")
    assert "fr_FR" in notice
    assert not tree(plans.in_language("en_GB")).xpath("//p[@role='note']")


def test_a_large_plan_stays_under_a_megabyte() -> None:
    assert len(page(sample.schedule()).encode()) < 250_000
    assert len(page(plans.chain(150)).encode()) < 1_000_000


def test_one_segment_without_a_condition_is_everybody() -> None:
    schedule = plans.in_language("en")
    everybody = attrs.evolve(schedule.segments[0], where=None)
    one = tree(attrs.evolve(schedule, segments=(everybody,)))
    assert one.xpath("string(//p[@class='who'])") == "everybody"
    two = tree(attrs.evolve(schedule, segments=(attrs.evolve(everybody, name="first", place=0), everybody)))
    assert two.xpath("string((//p[@class='who'])[2])") == "everybody else"


def test_a_segment_that_nobody_speaks_to_is_one_line() -> None:
    schedule = plans.in_language("en")
    lonely = attrs.evolve(schedule.segments[0], name="lonely", title="Lonely")
    segments = (*schedule.segments, lonely)
    named = tuple(segment.name for segment in schedule.segments)
    campaigns = tuple(attrs.evolve(each, segments=each.segments or named) for each in schedule.campaigns)
    grid = tree(attrs.evolve(schedule, segments=segments, campaigns=campaigns)).get_element_by_id("grid")
    (last,) = grid.xpath(".//section[h3='Lonely']")
    assert "No campaign speaks to this segment." in last.text_content()
    assert not last.xpath(".//td")
    assert grid.xpath(".//td"), "the others keep their tables"


def test_an_arrow_that_nothing_takes_is_said_to_be_unused() -> None:
    schedule = plans.in_language("en")
    first, last = schedule.journey.phases[0].name, schedule.journey.phases[-1].name
    way = attrs.evolve(schedule.journey.transitions[0], source=first, target=last, events=())
    journey = attrs.evolve(schedule.journey, transitions=(way,))
    (campaign, *_) = schedule.campaigns
    idle = attrs.evolve(campaign, phases=(first,), steps=(s.Stop(id="end", place=0),))
    moves = attrs.evolve(idle, steps=(s.Move(id="go", place=0, phase=last),))
    elsewhere = attrs.evolve(moves, phases=(last,))
    for campaigns, words in (
        ((idle,), "no campaign takes it yet"),
        ((elsewhere,), "no campaign takes it yet"),
        ((idle, attrs.evolve(moves, name="other")), "by a campaign"),
    ):
        shown = tree(attrs.evolve(schedule, journey=journey, campaigns=campaigns)).get_element_by_id("journey")
        assert shown.xpath("string(.//span[@class='events'])") == words
        drawn = " ".join(shown.xpath(".//*[local-name()='svg']//*[local-name()='text']//text()"))
        assert words.split()[0] in drawn


def test_a_place_stands_beside_what_is_written_there() -> None:
    shown = tree(sample.schedule())
    for link in shown.xpath("//a[@class='where'][not(parent::td)]"):
        beside = link.getparent().text_content().replace(link.text_content(), "").strip()
        assert beside, f"{link.text_content()} stands alone"


def test_each_reader_has_views_and_no_view_is_left_out() -> None:
    """The controls are hidden until the script is there; every section that a reader is promised stands on the page."""
    root = tree(sample.schedule())
    tools = root.get_element_by_id("tools")
    assert "hidden" in tools.attrib
    views = {link.get("data-reader"): link.get("data-views").split() for link in tools.xpath(".//a[@data-reader]")}
    assert list(views) == ["everybody", "marketing", "sales", "board", "crm"]
    sections = set(root.xpath("//main/section/@id"))
    assert {view for some in views.values() for view in some} == sections
    for link in tools.xpath(".//a[@data-reader]")[1:]:
        assert link.get("href").removeprefix("#") in views[link.get("data-reader")]
    for control in tools.xpath(".//select | .//input"):
        assert control.getparent().tag == "label"
    assert tools.xpath(".//p[@role='status']")


def test_what_belongs_to_a_segment_says_so() -> None:
    root = tree(sample.schedule())
    chosen = root.xpath("//select[@id='chosen-segment']/option/@value")
    assert chosen == ["", *(segment.name for segment in sample.schedule().segments)]
    told = [set(each.split()) for each in root.xpath("//*[@data-segments]/@data-segments")]
    assert told
    assert set().union(*told) <= set(chosen)
    campaigns = root.xpath("//article/@data-segments")
    assert campaigns == [" ".join(campaign.segments) for campaign in sample.schedule().campaigns]
