"""What the example plans are built into only when somebody asks: processes, and the lists of other systems.

Of each output the beginning is kept, with its length and its digest: that it changed is seen, and where to look.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.golden.test_goldens import EXAMPLES, GOLDEN, ROOT, compare, outputs
from tests.unit.cli.shell import grid

CRMS = ("hubspot", "salesforce", "dynamics", "pipedrive")
SETTINGS = """
[build]
targets = ["bpmn", "calendar", "hubspot", "salesforce", "dynamics", "pipedrive"]

[run]
lists = ["hubspot", "salesforce", "dynamics", "pipedrive", "google_ads", "meta_ads", "task_calendar"]
"""
OWNERS = "".join(
    f'\n[targets.{name}]\nowner = "{name} 1"\nfields = {{ Grid = "id", Where = "place" }}\n' for name in CRMS
)
WHOLE = 1_000
TABLES = (
    "touches.",
    "tasks.csv",
    "audiences.csv",
    "moves.",
    "skips.",
    "reports.",
    "issues.",
    "run.html",
    "schedule.json",
)
"""Held elsewhere."""


@pytest.mark.parametrize("example", EXAMPLES)
def test_outputs_of_other_targets(example: str, tmp_path: Path, update: bool) -> None:
    group = example.split("/")[0]
    shutil.copytree(ROOT / "examples" / group, tmp_path / group, ignore=shutil.ignore_patterns("out", "data"))
    plan = tmp_path / example
    ads = 'email = "email"\n' if "email" in (plan / "plan.grid").read_text("utf-8") else ""
    lists = SETTINGS if ads else SETTINGS.replace('"google_ads", "meta_ads", ', "")
    (plan / "grid.toml").write_text(lists + OWNERS, "utf-8")
    for command in ("build", "run"):
        done = grid(command, plan)
        assert done.returncode == 0, done.stderr
    made = {path: content for path, content in outputs(plan / "out", WHOLE).items() if not _elsewhere(path)}
    assert any(path.endswith(".bpmn") for path in made)
    compare(GOLDEN / example / "other", made, update)


def _elsewhere(path: str) -> bool:
    return path.rsplit("/", 1)[-1].startswith(TABLES)
