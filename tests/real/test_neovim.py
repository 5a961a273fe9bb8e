"""The language server in Neovim's own client: findings over files, hover, rename in Danish, a refusal, the preview."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.shape.house import ROOT

NEOVIM = os.environ.get("NEOVIM") or shutil.which("nvim") or ""
"""Neovim's command: `NEOVIM`, or the one on the PATH."""
SETTINGS = """
vim.wait(30000, function() return #vim.diagnostic.get(0) > 0 and #vim.lsp.inlay_hint.get() > 3 end, 50)
local clients = vim.tbl_map(function(client) return client.name end, vim.lsp.get_clients())
local hints = vim.tbl_map(function(each) return each.inlay_hint.label end, vim.lsp.inlay_hint.get())
local seen = { clients = clients, found = #vim.diagnostic.get(0), hints = hints, comment = vim.bo.commentstring }
vim.fn.writefile({ vim.json.encode(seen) }, os.getenv("SEEN"))
vim.cmd("qa!")
"""
pytestmark = [pytest.mark.real, pytest.mark.skipif(not NEOVIM, reason="needs Neovim")]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a session on the family car has shown."""
    folder = tmp_path_factory.mktemp("neovim")
    shutil.copytree(ROOT / "examples" / "family_car", folder / "plan", ignore=shutil.ignore_patterns("out"))
    environment = {
        **os.environ,
        "GRID": str(Path(sys.executable).parent / "grid"),
        "PLAN": str(folder / "plan"),
        "SEEN": str(folder / "seen.json"),
        "XDG_STATE_HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
    }
    command = [NEOVIM, "--headless", "--clean", "-n", "-c", f"luafile {Path(__file__).parent / 'neovim.lua'}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=False)
    assert (folder / "seen.json").exists(), done.stderr + done.stdout
    found: dict[str, Any] = json.loads((folder / "seen.json").read_text("utf-8"))
    return found


def test_a_mistake_in_one_file_is_told_in_the_other(seen: dict[str, Any]) -> None:
    assert seen["sound"]
    assert seen["broken"]
    assert seen["finding"] == "G0209"
    assert seen["mended"]


def test_a_name_tells_what_it_is_and_where(seen: dict[str, Any]) -> None:
    assert 'campaign close_the_sale "Salg"' in seen["hover"]
    assert "Papirerne med hjem, opfølgning" in seen["hover"]
    assert seen["definition"] == "messages.grid"


def test_a_new_name_in_danish_in_every_file(seen: dict[str, Any]) -> None:
    assert seen["renamed"]
    assert seen["sound_after"]
    assert "`send` is a word of the language" in seen["refused"]


def test_proposals_and_the_picture(seen: dict[str, Any]) -> None:
    assert "sales_desk" in seen["offers"]
    assert seen["step"] == "follow_up"


def _version() -> tuple[int, int]:
    told = subprocess.run([NEOVIM, "--version"], capture_output=True, text=True, check=False).stdout if NEOVIM else ""
    found = re.search(r"v(\d+)\.(\d+)", told)
    return (int(found[1]), int(found[2])) if found else (0, 0)


@pytest.mark.skipif(_version() < (0, 11), reason="the settings of the manual are for Neovim 0.11 (NEOVIM names one)")
def test_the_settings_of_the_manual(tmp_path: Path) -> None:
    plan = shutil.copytree(ROOT / "examples" / "family_car", tmp_path / "plan", ignore=shutil.ignore_patterns("out"))
    manual = (ROOT / "grammar" / "README.md").read_text("utf-8")
    lua = re.search(r"### Neovim\n\n```lua\n(.*?)```", manual, re.DOTALL)
    assert lua is not None
    (tmp_path / "init.lua").write_text(lua[1], "utf-8")
    (tmp_path / "look.lua").write_text(SETTINGS, "utf-8")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = {**os.environ, "PATH": path, "SEEN": str(tmp_path / "seen.json"), "XDG_STATE_HOME": str(tmp_path)}
    command = [NEOVIM, "--headless", "-u", str(tmp_path / "init.lua"), "-n", "campaigns.grid"]
    command += ["-c", f"luafile {tmp_path / 'look.lua'}"]
    done = subprocess.run(command, cwd=plan, env=environment, capture_output=True, text=True, timeout=90, check=False)
    assert (tmp_path / "seen.json").exists(), done.stderr + done.stdout
    seen = json.loads((tmp_path / "seen.json").read_text("utf-8"))
    assert seen["clients"] == ["gridlang"]
    assert seen["found"] > 0
    assert "Mon 1 Feb 09:00" in str(seen["hints"])
    assert seen["comment"] == "# %s"
