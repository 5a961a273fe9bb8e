"""The page of a code: what it says, why, the way out, the broken text with its places, the mended text."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from types import ModuleType

from gridlang.compiler import compile_plan
from gridlang.diagnostics import catalogue
from gridlang.diagnostics.model import Code, Diagnostic, Level
from gridlang.diagnostics.render.text import Excerpt
from gridlang.manual import cases
from gridlang.manual.cases import Case, Side
from gridlang.manual.pages import Block, Example, Mark, Page, Prose, paragraphs
from gridlang.schedule.calendars import Remember

STAGES = {
    "G00": "Files and folders",
    "G01": "Spelling: what a text says that no plan can say",
    "G02": "Declarations, their fields and their names",
    "G03": "Values, types and units",
    "G04": "Flows, their steps and their arms",
    "G05": "Journeys, maps, channels, rules and consent",
    "G06": "Schedules that were built before",
    "G07": "Files of people and events",
    "G08": "Tests of a plan",
    "G09": "Settings (`grid.toml`) and targets",
    "G10": "The state between runs",
    "G11": "Tracing outputs back to the plan",
    "L01": "What a plan leaves open",
    "L02": "What a rehearsal shows",
    "L03": "Remarks that allow a finding",
}
"""The groups of codes, by how they begin."""
_AROUND = "Names that are not declared here belong to the small plan around it: `grid explain small_plan`."


def stage(code: Code) -> str:
    """What the group of this code is about."""
    return STAGES[code.id[:3]]


def page(code: Code, module: ModuleType, case: Case | None, remember: Remember) -> Page:
    """The page of a code that stands in `module`. `remember` keeps what is dear to work out, as for a compilation."""
    told = [("Says", general(code.text)), *_reasons(code, module), ("Way out", general(code.way_out))]
    blocks: list[Block] = [*paragraphs(told)]
    if case is not None:
        blocks += _examples(code, case, remember)
    return Page("code", code.id, f"{code.id} {code.name} ({code.level.value})", tuple(blocks))


def general(text: str | None) -> str | None:
    """A sentence of a code for no finding in particular: what each fills in stands between angle brackets.

    None for a sentence that each finding says wholly by itself.
    """
    if text is None or re.fullmatch(r"\{\w+\}", text):
        return None
    return text.replace("{{", "\0").replace("{", "<").replace("}}", "\1").replace("}", ">").translate({0: "{", 1: "}"})


def _reasons(code: Code, module: ModuleType) -> Iterator[tuple[str, str | None]]:
    """Why it matters: the code's own reason; for a rule of the analysis also what its file says."""
    yield "Why", general(code.why)
    if module.__name__.startswith("gridlang.analysis.rules."):
        about, _, why = (inspect.getdoc(module) or "").partition("\n\nWhy:")
        because = " ".join(why.split())
        yield "Rule", f"{' '.join(about.split())} {because[:1].upper()}{because[1:]}".strip()


def _examples(code: Code, case: Case, remember: Remember) -> Iterator[Block]:
    if case.told:
        yield from (Example(text, "Broken", language="text") for _, text in case.broken.files)
    else:
        yield from _broken(code, case.broken.unmarked, remember)
    if case.mended is not None:
        files = case.mended.files if case.told else case.mended.unmarked.files
        yield from (_example(path, text, "Mended", language="text" if case.told else "grid") for path, text in files)
        if not case.told and not (case.broken.alone and case.mended.alone):
            yield Prose(_AROUND)


def _broken(code: Code, side: Side, remember: Remember) -> Iterator[Block]:
    found = compile_plan(cases.folder(side, cases.preamble()), remember).problems
    mine = [problem for problem in found if problem.code.id == code.id]
    for path, text in side.files:
        marks = tuple(_mark(problem) for problem in mine if problem.span and problem.span.source.path == path)
        yield _example(path, text, "Broken", marks)
    yield from (Prose(problem.message, "Found") for problem in mine if problem.span is None)


def _example(path: str, text: str, label: str, marks: tuple[Mark, ...] = (), language: str = "grid") -> Example:
    return Example(text, label if path in ("", cases.MAIN) else f"{label} ({path})", marks, language)


def _mark(problem: Diagnostic) -> Mark:
    assert problem.span is not None
    says = tuple(text for text in (problem.message, problem.help) if text)
    text = problem.span.source.text.rstrip()
    if problem.span.start > len(text):  # at the end of the file: shown behind its last word
        return Mark(text.count("\n") + 1, len(text) - text.rfind("\n") + 1, 1, says)
    excerpt = Excerpt.of(problem.span)
    return Mark(problem.span.line, len(excerpt.indent) + 1, len(excerpt.carets), says)


def by_stage() -> dict[str, list[Code]]:
    """All codes under what they are about, in order."""
    found: dict[str, list[Code]] = {name: [] for name in STAGES.values()}
    for code in catalogue.find().values():
        found[stage(code)].append(code)
    return found


def line(code: Code) -> str:
    """A code in one line: the general sentence it says."""
    said = general(code.text) or code.name
    return said if code.level is Level.ERROR else f"{said} ({code.level.value})"
