"""What `compile_plan` says of all its stages together."""

from __future__ import annotations

from pathlib import Path

from gridlang.compiler import compile_plan
from gridlang.manual import cases
from gridlang.manual.cases import Side

PREAMBLE = (Path(__file__).parents[1] / "cases" / "preamble.grid").read_text("utf-8")
TEXT = """campaign a {
  phase: sale
  role: user
  flow {
    send email hello at 25:00
    sendd email hello
    send email nope
  }
}
campaign b {
  phase: sail
  segment: nobody
}
"""


def test_findings_stand_in_the_order_of_files_and_lines_whichever_stage_made_them() -> None:
    side = Side((("z.grid", TEXT), ("b.grid", "segment s { where: otherwse }\n"), ("c.grid", "need n { x: }\n")), False)
    found = compile_plan(cases.folder(side, PREAMBLE), lambda name, key, compute: compute()).problems
    places = [(problem.span.source.path, problem.span.line) for problem in found if problem.span]
    assert places == sorted(places)
    assert len(places) == len(found)
    assert {line for path, line in places if path == "z.grid"} >= {5, 6, 7, 11, 12}
    assert {path for path, _ in places} >= {"b.grid", "c.grid"}
