"""The switch of plan.html in a real browser: each reader's views, the address that keeps them, search, and paper."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.laws.mutants import EXAMPLES, PLANS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    program = Path(sys.executable).parent / "grid"
    for plan in PLANS:
        command: list[str | Path] = [program, "build", EXAMPLES / plan, "--target", "plan_html", "--out", folder / plan]
        subprocess.run(command, capture_output=True, check=True)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(built: Path, browser: Any) -> Iterator[Any]:
    opened = browser.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto((built / "family_car" / "plan.html").as_uri())
    yield opened
    opened.close()
    assert wrong == []


def seen(page: Any) -> list[str]:
    shown = page.eval_on_selector_all("main > section", "them => them.filter(e => e.offsetHeight).map(e => e.id)")
    return [str(each) for each in shown]


def choose(page: Any, reader: str) -> None:
    page.click(f"a[data-reader={reader}]")


def test_a_reader_sees_their_views_and_the_address_keeps_them(page: Any) -> None:
    everything = seen(page)
    assert len(everything) > 8
    choose(page, "crm")
    assert seen(page) == ["rules", "contracts", "sources"]
    assert page.url.endswith("?reader=crm")
    assert page.get_attribute("a[data-reader=crm]", "aria-current") == "true"
    assert page.locator("[aria-current]").count() == 1
    assert page.locator(".contents li:visible").count() == 3
    page.reload()
    assert seen(page) == ["rules", "contracts", "sources"]
    choose(page, "board")
    page.go_back()
    assert seen(page) == ["rules", "contracts", "sources"]
    choose(page, "everybody")
    assert seen(page) == everything
    assert "?" not in page.url


def test_a_reader_is_chosen_by_keyboard(page: Any) -> None:
    page.focus("a[data-reader=board]")
    page.keyboard.press("Enter")
    assert seen(page) == ["board"]
    assert page.evaluate("document.activeElement.dataset.reader") == "board"


def test_a_segment_is_kept_beside_the_reader(page: Any) -> None:
    choose(page, "board")
    page.select_option("#chosen-segment", "growing_families")
    assert re.search(r"\?reader=board&segment=growing_families$", page.url)
    rows = page.locator("#board tbody tr[data-segments]:visible")
    assert {row.get_attribute("data-segments") for row in rows.all()} == {"growing_families"}
    page.reload()
    assert page.input_value("#chosen-segment") == "growing_families"


def test_tabs_choose_a_segment_and_a_relation_in_every_view(page: Any) -> None:
    choose(page, "marketing")
    page.click("#grid [data-tabs=relation] button[data-value=first_purchase]")
    page.click("#pressure [data-tabs=segment] button[data-value=growing_families]")
    assert page.url.endswith("?reader=marketing&relation=first_purchase&segment=growing_families")
    for view in ("grid", "pressure"):
        tables = page.locator(f"#{view} [data-relations]:visible")
        assert [each.get_attribute("data-relations") for each in tables.all()] == ["first_purchase"]
        pressed = page.locator(f"#{view} button[aria-pressed=true]")
        assert [each.get_attribute("data-value") for each in pressed.all()] == ["growing_families", "first_purchase"]
    page.click("#pressure [data-tabs=relation] button[data-value='']")
    assert page.locator("#grid [data-relations]:visible").count() > 1
    page.go_back()
    assert page.locator("#grid [data-relations]:visible").count() == 1


def test_the_number_of_a_cell_leads_to_its_touches_and_these_to_their_steps(page: Any) -> None:
    choose(page, "marketing")
    cell = page.locator("#pressure td.held a").first
    assert cell.inner_text().split()[:3] == ["3", "af", "4"]
    cell.focus()
    page.keyboard.press("Enter")
    behind = page.locator("#pressure li:target")
    behind.wait_for(state="visible")
    assert behind.locator(".touches li").count() == 4
    behind.locator(".touches li a").first.click()
    page.wait_for_function("location.hash.startsWith('#step-')")
    assert page.locator(page.evaluate("'#' + CSS.escape(location.hash.slice(1))")).is_visible()
    assert page.url.split("#")[0].endswith("?reader=marketing"), "a step is one of the manager's own views"


def test_findings_lead_to_what_they_are_about(page: Any) -> None:
    choose(page, "marketing")
    findings = page.locator("#findings .finding")
    assert findings.count() == 3
    assert findings.first.locator("[lang=en]").count() > 0
    findings.first.locator("a.chip").click()
    page.wait_for_function("location.hash === '#campaign-close_the_sale'")
    page.locator("#findings .finding .where").first.click()
    page.wait_for_function("location.hash.startsWith('#source-')")
    assert page.locator(page.evaluate("'#' + CSS.escape(location.hash.slice(1))")).is_visible()
    page.select_option("#chosen-segment", "everyone_else")
    assert findings.locator("visible=true").count() < 3, "those about the other segment's campaigns are left out"


def test_a_member_sees_their_team_and_the_address_keeps_who(page: Any) -> None:
    choose(page, "sales")
    teams, members = page.locator("#work .team:visible"), page.locator("#work li[data-members]:visible")
    assert (teams.count(), members.count()) == (2, 3)
    page.select_option("#chosen-member", label="jonas@example.dk")
    assert (teams.count(), members.count()) == (1, 1)
    assert "member=jonas_example" in page.url
    page.reload()
    assert teams.locator("h3").inner_text().startswith("Salg")
    page.click("#work .leads a >> nth=0")
    page.wait_for_function("location.hash.startsWith('#step-')")
    assert page.locator(page.evaluate("'#' + CSS.escape(location.hash.slice(1))")).is_visible()
    assert "member" not in page.url, "what is linked to can always be seen"


def test_an_address_that_means_nothing_shows_the_whole_plan(page: Any) -> None:
    everything = seen(page)
    page.goto(page.url + "?reader=nobody&segment=nowhere&relation=none&member=x")
    assert seen(page) == everything
    assert page.locator("[data-segments]:not(:visible)").count() == 0


def test_a_link_out_of_a_view_leads_there(page: Any) -> None:
    choose(page, "board")
    page.click("#board .where >> nth=0")
    page.wait_for_function("document.getElementById('sources').offsetHeight > 0")
    assert page.locator(page.evaluate("'#' + CSS.escape(location.hash.slice(1))")).is_visible()


def test_search_finds_titles_and_names(page: Any) -> None:
    page.fill("#search", "INVITE_to")
    assert page.inner_text("#found").strip() == "Kontakt: mødeinvitation"
    page.fill("#search", "mødeinv")
    assert "Kontakt: mødeinvitation" in page.inner_text("#found")
    choose(page, "board")
    page.press("#search", "Enter")
    page.wait_for_function("location.hash === '#campaign-invite_to_meeting'")
    assert page.locator("#campaign-invite_to_meeting").is_visible()
    page.fill("#search", "first_regis")
    assert page.locator("#found a").get_attribute("href") == "#contracts"
    page.fill("#search", "<b>xyzzy")
    assert page.locator("#found li").count() == 0
    assert page.inner_text("#found-said").endswith("0")
    page.press("#search", "Escape")
    assert page.inner_text("#found-said") == ""


def test_search_tells_a_thing_from_what_it_stands_beside(page: Any) -> None:
    page.fill("#search", "tilbud")
    assert [each.inner_text() for each in page.locator("#found a").all()] == [
        "Tilbuddet med hjem",
        "Tilbuddet med hjem · Salg",
    ]


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("reader", ["everybody", "marketing", "sales", "board", "crm"])
def test_no_view_is_wider_than_a_phone(plan: str, reader: str, built: Path, browser: Any) -> None:
    opened = browser.new_page(viewport={"width": 390, "height": 900})
    opened.goto((built / plan / "plan.html").as_uri() + f"?reader={reader}")
    assert opened.evaluate("document.documentElement.scrollWidth") == 390
    opened.close()


def test_without_script_the_whole_page_is_there(built: Path, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto((built / "family_car" / "plan.html").as_uri() + "?reader=board")
    assert not opened.locator("#tools").is_visible()
    assert all(each.is_visible() for each in opened.locator("main > section").all())
    context.close()


@pytest.mark.parametrize("plan", PLANS)
def test_the_board_prints_on_one_sheet(plan: str, built: Path, browser: Any) -> None:
    opened = browser.new_page()
    opened.goto((built / plan / "plan.html").as_uri() + "?reader=board")
    paper = opened.pdf(prefer_css_page_size=True)
    opened.close()
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
