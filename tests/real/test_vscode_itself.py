"""The extension in VS Code itself: what stands beside the text, what is offered, the picture that follows the cursor.

VS Code is that of code-server (`npm install code-server`), on the PATH or as the command in CODE_SERVER; Debian's
Chromium shows it, driven by Playwright.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.laws.mutants import EXAMPLES
from tests.real.test_vscode import called, folder

CODE_SERVER = shlex.split(os.environ.get("CODE_SERVER", "")) or [shutil.which("code-server") or ""]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SETTINGS = {
    "workbench.startupEditor": "none",
    "security.workspace.trust.enabled": False,
    "telemetry.telemetryLevel": "off",
    "extensions.autoUpdate": False,
}
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed"),
    pytest.mark.skipif(not CODE_SERVER[0], reason="code-server is not installed, nor is its command in CODE_SERVER"),
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
__all__ = ["folder"]  # the fixture: a copy of the extension with what it needs


@pytest.fixture(scope="module")
def address(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """VS Code with the packaged extension, and a copy of family_car as its workspace."""
    home = tmp_path_factory.mktemp("code")
    plan = shutil.copytree(EXAMPLES / "family_car", home / "plan", ignore=shutil.ignore_patterns("out"))
    (home / "User").mkdir()
    (home / "User" / "settings.json").write_text(json.dumps(SETTINGS), "utf-8")
    called("npm", "run", "package", cwd=folder)
    (package,) = folder.glob("*.vsix")
    command = [*CODE_SERVER, "--config", str(home / "config.yaml"), "--user-data-dir", str(home)]
    command += ["--extensions-dir", str(home / "extensions")]
    called(*command, "--install-extension", str(package), cwd=home)
    port = _free_port()
    command += ["--auth", "none", "--bind-addr", f"127.0.0.1:{port}", "--disable-telemetry", "--disable-update-check"]
    environment = {**os.environ, "VIRTUAL_ENV": str(Path(sys.executable).parents[1])}
    with (home / "log").open("w") as log:
        server = subprocess.Popen([*command, str(plan)], env=environment, stdout=log, stderr=log)
    try:
        _until_it_listens(port)
        yield f"http://127.0.0.1:{port}/?folder={plan}"
    finally:
        server.terminate()
        server.wait(30)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _until_it_listens(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("code-server does not listen")


class Window:
    """VS Code's window, as a user moves in it."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def open(self, name: str) -> None:
        self.page.keyboard.press("Control+P")
        self.page.locator(".quick-input-widget input").first.fill(name)
        self.page.locator(".quick-input-widget .monaco-list-row").filter(has_text=name).first.click()
        self.page.locator(f".tab.active[data-resource-name='{name}']").wait_for()

    def go(self, line: int, column: int = 1) -> None:
        self.page.keyboard.press("Control+G")
        self.page.locator(".quick-input-widget input").first.fill(f":{line}:{column}")
        self.page.keyboard.press("Enter")
        self.page.get_by_text(f"Ln {line}, Col {column}").first.wait_for()

    def lines(self) -> str:
        """What the editor shows, with what stands beside the text."""
        return str(self.page.locator(".view-lines").first.inner_text()).replace("\u00a0", " ")

    def until_it_shows(self, words: str) -> None:
        end = time.monotonic() + 60
        while words not in self.lines():
            assert time.monotonic() < end, f"`{words}` is not in\n{self.lines()}"
            self.page.wait_for_timeout(200)

    def picture(self) -> Any:
        """The frame that holds the picture, as soon as it is drawn."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            for frame in self.page.frames:
                if frame.query_selector("#picture svg"):
                    return frame
            self.page.wait_for_timeout(200)
        raise AssertionError("there is no picture")


@pytest.fixture(scope="module")
def window(address: str) -> Iterator[Window]:
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = started.new_page(viewport={"width": 1500, "height": 950})
        page.goto(address)
        page.locator(".explorer-folders-view").wait_for(timeout=90_000)
        window = Window(page)
        window.open("campaigns.grid")
        window.until_it_shows("Mon 1 Feb 09:00")
        yield window
        started.close()


def test_dates_sizes_findings_and_sums_stand_beside_the_text(window: Window) -> None:
    assert re.search(r"for 3w\s*to Sun 21 Mar", window.lines())
    assert re.search(r"growing_families\s*12,000", window.lines())
    assert window.page.get_by_text("3 touches, at most 3 per 7d, reaches 12,000").count() > 0
    assert window.page.locator(".squiggly-info, .squiggly-hint, .squiggly-warning").count() > 0
    assert "Den travle far" in window.page.locator("[id$='gridlang.sample']").inner_text()


def test_a_verb_has_another_colour_than_a_message(window: Window) -> None:
    def colour(word: str) -> str:
        found = window.page.locator(".view-line span span").filter(has_text=re.compile(f"^\\s*{word}\\s*$")).first
        return str(found.evaluate("element => getComputedStyle(element).color"))

    assert len({colour("send"), colour("meeting_invite"), colour("segment")}) == 3


def test_the_picture_fits_its_panel_and_follows_the_cursor(window: Window) -> None:
    window.go(22, 10)
    window.page.keyboard.press("Control+K")
    window.page.keyboard.press("v")
    frame = window.picture()
    assert frame.locator(".here").get_attribute("id").endswith("-invite")
    assert frame.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    frame.evaluate("document.querySelector('#picture svg').dataset.kept = 'yes'")
    window.go(35, 8)
    frame.locator("[id$='-pool'].here").wait_for()
    assert frame.locator("#picture svg").get_attribute("data-kept") == "yes"
    frame.locator("[id$='-invite']").click()
    window.page.get_by_text("Ln 22, Col").first.wait_for()


def test_each_declaration_is_offered_once(window: Window) -> None:
    window.go(14)
    window.page.keyboard.press("Enter")
    window.page.keyboard.type("camp", delay=60)
    rows = window.page.locator(".suggest-widget .monaco-list-row")
    rows.first.wait_for()
    window.page.wait_for_timeout(500)
    assert [row for row in rows.all_inner_texts() if row.strip().startswith("campaign")] == rows.all_inner_texts()
    assert rows.count() == 1
    window.page.keyboard.press("Enter")
    window.until_it_shows('campaign name "Title" {')
