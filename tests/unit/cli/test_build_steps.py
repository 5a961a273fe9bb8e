"""What build servers and pre-commit call: that it is there, and does what it says."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.unit.cli.shell import GRID, grid

CHECKOUT = Path(__file__).parents[3]
ACTION = CHECKOUT / ".github" / "actions" / "check"


def action(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The action's script, as the runner calls it."""
    environment = {**os.environ, "PATH": f"{Path(GRID).parent}:{os.environ['PATH']}", "PLAN": folder.name, **inputs}
    command = ["bash", str(ACTION / "check.sh")]
    return subprocess.run(
        command, cwd=folder.parent, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_the_action_passes_a_plan_that_is_well(plan: Path) -> None:
    done = action(plan, SARIF="findings.sarif")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (plan.parent / "findings.sarif").read_text("utf-8").startswith("{")
    assert "held" in done.stdout


def test_the_action_fails_for_each_of_its_reasons(plan: Path) -> None:
    place = plan / "messages.grid"
    text = place.read_text("utf-8")
    place.write_text(text + 'need   spare "Spare"\n', "utf-8")
    assert action(plan, TEST="false").returncode == 1  # the style
    assert action(plan, FORMAT="false").returncode == 0
    strict = action(plan, FORMAT="false", STRICT="true")
    assert strict.returncode == 1
    assert f"::warning file={plan.name}/messages.grid,line=" in strict.stdout
    assert grid("lint", plan, "--write-baseline", plan / "known.json").returncode == 0
    known = action(plan, FORMAT="false", STRICT="true", BASELINE=f"{plan.name}/known.json")
    assert known.returncode == 0, known.stdout
    place.write_text(text + "need spare {\n", "utf-8")
    assert action(plan, FORMAT="false", TEST="false").returncode == 1


def test_an_input_is_never_a_command(plan: Path) -> None:
    done = action(plan, PLAN="; touch owned; $(touch owned)", BASELINE="`touch owned`", SARIF="")
    assert done.returncode == 1
    assert not list(plan.parent.rglob("owned"))
    assert "${{" not in (ACTION / "check.sh").read_text("utf-8")
    steps = (ACTION / "action.yml").read_text("utf-8").split("runs:")[1]
    assert not re.search(r"run:.*\$\{\{", steps)


@pytest.mark.parametrize("entry", re.findall(r"entry: (.+)", (CHECKOUT / ".pre-commit-hooks.yaml").read_text("utf-8")))
def test_the_hooks_are_commands(entry: str, plan: Path) -> None:
    program, name = entry.split()
    assert program == "grid"
    assert grid(name, plan).returncode == 0


@pytest.mark.parametrize(
    ("words", "at", "found"),
    [
        ("grid li", 1, "lint"),
        ("grid lint --fo", 2, "--format"),
        ("grid lint --format sa", 3, "sarif"),
        ("grid explain l010", 2, "L0107"),
        ("grid explain unused", 2, "unused-declaration"),
        ("grid explain sen", 2, "send"),
        ("grid build --target pl", 3, "plan_html"),
    ],
)
def test_the_shell_completes(words: str, at: int, found: str) -> None:
    done = grid(COMP_WORDS=words, COMP_CWORD=str(at), _GRID_COMPLETE="bash_complete")
    assert done.returncode == 0
    assert f"plain,{found}" in done.stdout.splitlines()
