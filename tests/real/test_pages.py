"""The pages of the examples in a real browser, and their Mermaid drawings in mermaid's own parser.

Debian's Chromium, driven by Playwright (`apt-get install chromium`, `pip install playwright`); mermaid and axe come by
npm. Nothing may be fetched but the page itself, nothing may be refused by its policy, every view can be reached by its
link, nothing stands outside the window at any width, nothing keeps anybody out, and everything can be printed.
"""

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
WIDTHS = (1400, 800, 390)
WITH_PEOPLE = tuple(plan for plan in PLANS if (EXAMPLES / plan / "persons.csv").exists())
PAGES = [*((plan, "plan.html") for plan in PLANS), *((plan, "run/run.html") for plan in WITH_PEOPLE)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every example, built and run."""
    folder = tmp_path_factory.mktemp("built")
    for plan in PLANS:
        _grid("build", EXAMPLES / plan, "--out", folder / plan)
    for plan in WITH_PEOPLE:
        _grid("run", EXAMPLES / plan, "--out", folder / plan / "run")
    return folder


def _grid(*arguments: str | Path) -> None:
    program = Path(sys.executable).parent / "grid"
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(params=PAGES, ids=lambda page: f"{page[0]}-{page[1]}".replace("/", "-"))
def page(request: pytest.FixtureRequest, built: Path, browser: Any) -> Iterator[Any]:
    """A page that was opened; what it asked for and what went wrong in it is held against it at the end."""
    place = built / request.param[0] / request.param[1]
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": 900}, reduced_motion="reduce")
    opened = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    opened.on("request", lambda each: asked.append(each.url.split("#")[0]))
    opened.on("console", lambda each: wrong.append(each.text) if each.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(place.as_uri())
    yield opened
    context.close()
    assert set(asked) == {place.as_uri()}
    assert not wrong


def test_every_link_within_the_page_leads_somewhere(page: Any) -> None:
    lost = page.eval_on_selector_all(
        "a[href^='#']",
        """links => links.map(link => decodeURIComponent(link.getAttribute('href').slice(1)))
            .filter(name => name && !name.includes('/') && !document.getElementById(name))""",
    )
    assert not lost


def test_every_view_comes_into_sight_when_it_is_clicked(page: Any) -> None:
    # The switch of the readers, the nav above the contents, has tests of its own.
    links = page.locator("nav").last.locator("a[href^='#']:visible")
    assert links.count() > 3
    for number in range(links.count()):
        link = links.nth(number)
        name = link.get_attribute("href").lstrip("#")
        if "/" in name:
            continue
        link.click()
        page.wait_for_function(
            """name => { const box = document.getElementById(name).getBoundingClientRect();
                return box.height > 0 && box.top < innerHeight && box.bottom > 0 }""",
            arg=name,
            timeout=15_000,
        )


def test_the_keyboard_goes_through_all_of_it(page: Any) -> None:
    seen = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
    assert len(seen) > 8


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_stands_outside_the_window(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
def test_nothing_keeps_anybody_out(built: Path, browser: Any, axe: str, width: int) -> None:
    """Deque's axe finds no fault: contrast, names, landmarks, order of headings, what a keyboard can reach."""
    for plan, name in PAGES:
        # axe comes in over the page's own policy, which lets no other script run.
        context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
        opened = context.new_page()
        opened.goto((built / plan / name).as_uri())
        opened.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        opened.evaluate(axe)
        faults = opened.evaluate("axe.run().then(found => found.violations.map(each => [each.id, each.nodes[0].html]))")
        assert faults == [], f"{plan}/{name}"
        context.close()


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """axe as a script for a page."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("axe")
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "axe-core@4"], cwd=folder, check=True)
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def test_it_can_be_printed(page: Any) -> None:
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 2


# --- plan.md ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def mermaid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """mermaid as a script for a page."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("mermaid")
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "mermaid@11"], cwd=folder, check=True)
    return folder / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"


@pytest.mark.parametrize("plan", PLANS)
def test_mermaid_reads_every_drawing_of_the_markdown(plan: str, built: Path, browser: Any, mermaid: Path) -> None:
    drawings = re.findall(r"^```mermaid\n(.*?)^```", (built / plan / "plan.md").read_text("utf-8"), re.M | re.S)
    assert drawings
    opened = browser.new_page()
    opened.add_script_tag(path=str(mermaid))
    for drawing in drawings:
        assert opened.evaluate("text => mermaid.parse(text).then(found => !!found)", drawing), drawing
    opened.close()
