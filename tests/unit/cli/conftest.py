"""A plan in a folder of its own, to break in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from gridlang import files, resources


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The plan of `grid init`, in a workspace that holds nothing else."""
    folder = tmp_path / "house" / "plan"
    assert not files.write(folder, resources.beginning()).problems
    return folder


@pytest.fixture
def broken(plan: Path) -> Path:
    """The same plan with a word misspelt."""
    place = plan / "campaigns.grid"
    place.write_text(place.read_text("utf-8").replace("send email try_one", "send emial try_one"), "utf-8")
    return plan
