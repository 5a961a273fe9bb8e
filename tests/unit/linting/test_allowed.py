"""`# grid: allow(rule) reason`: how far it reaches, and what is said of the remark itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from gridlang.compiler import compile_plan
from gridlang.diagnostics import Diagnostic
from gridlang.linting import fixing
from tests.rules.plans import Memory

PREAMBLE = (Path(__file__).parents[2] / "cases" / "preamble.grid").read_text("utf-8")
UNUSED = 'need status "To be proud"'


def findings(text: str) -> list[Diagnostic]:
    whole = f"{PREAMBLE}\n{text}\n"
    return list(compile_plan(Memory(whole), lambda name, key, compute: compute()).problems)


def found(text: str) -> list[str]:
    return [problem.code.name for problem in findings(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"# grid: allow(unused-declaration) for the autumn\n{UNUSED}",
        f"# grid: allow(L0107) for the autumn\n{UNUSED}",
        f"{UNUSED}  # grid: allow(unused-declaration): for the autumn",
        f"#grid:allow( unused-declaration )for the autumn\n{UNUSED}",
        f"# what it is\n# grid: allow(unused-declaration) for the autumn\n\n{UNUSED}",
    ],
)  # fmt: skip
def test_what_is_allowed_is_not_found(text: str) -> None:
    assert found(text) == []


def test_a_remark_reaches_no_further_than_what_it_stands_at() -> None:
    text = f'# grid: allow(unused-declaration) for the autumn\n{UNUSED}\nneed other "Another"'
    (problem,) = findings(text)
    assert problem.code.name == "unused-declaration"
    assert "other" in problem.message


def test_a_remark_in_a_declaration_reaches_its_item_only() -> None:
    step = "task meeting call_script by spare due 2 workdays"
    flow = f"campaign a {{\n  phase: sale\n  flow {{\n    repeat every 4w {{\n      {step}\n    }}\n  }}\n}}"
    team = "team spare {}\n"
    assert found(team + flow) == ["nobody-in-team"]
    allow = "  # grid: allow(nobody-in-team) hired in May"
    assert found(team + flow.replace(step, step + allow)) == []
    assert found(team + flow.replace("phase: sale", "phase: sale" + allow)) == ["idle-allowance", "nobody-in-team"]
    assert found(team + flow.replace("campaign a {", "campaign a {" + allow)) == []


def test_without_a_reason_nothing_is_allowed() -> None:
    assert found(f"# grid: allow(unused-declaration)\n{UNUSED}") == ["allowed-without-reason", "unused-declaration"]


def test_errors_are_never_allowed_and_idle_remarks_are_told_only_of_sound_plans() -> None:
    text = "# grid: allow(unknown-field) later\nneed status { capp: 2 }"
    assert "unknown-allowed" in found(text)
    assert "unknown-field" in found(text)
    broken = "# grid: allow(unused-declaration) later\nneed status { capp: 2 }"
    assert "idle-allowance" not in found(broken)


@pytest.mark.parametrize(
    ("remark", "left"),
    [
        ("# grid: allow(unused-declaration) later\n", ""),
        ("# grid: allow(unused-declaration, empty-cell) later\n", None),
        ("# why\n  # grid: allow(unused-declaration) later\n", "# why\n"),
    ],
)
def test_idle_remarks_have_a_safe_way_out(remark: str, left: str | None) -> None:
    used = 'need status "To be proud"\nmessage proud { body: "You"  wakes: status }\n'
    used += "campaign a { phase: sale  flow { send email proud } }\n"
    whole = f"{PREAMBLE}\n{remark}{used}"
    problems = compile_plan(Memory(whole), lambda name, key, compute: compute()).problems
    assert {problem.code.name for problem in problems} == {"idle-allowance"}
    mended = fixing.mended(problems)["plan.grid"]
    if left is not None:
        assert mended == f"{PREAMBLE}\n{left}{used}"
    again = compile_plan(Memory(mended), lambda name, key, compute: compute()).problems
    if again:  # two rules in one remark are taken one after the other
        mended = fixing.mended(again)["plan.grid"]
        again = compile_plan(Memory(mended), lambda name, key, compute: compute()).problems
    assert not again
