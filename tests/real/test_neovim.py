"""The language server in Neovim's own client: findings over files, hover, rename in Danish, a refusal, the preview."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.shape.house import ROOT

pytestmark = [pytest.mark.real, pytest.mark.skipif(shutil.which("nvim") is None, reason="needs Neovim")]


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
    command = ["nvim", "--headless", "--clean", "-n", "-c", f"luafile {Path(__file__).parent / 'neovim.lua'}"]
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
