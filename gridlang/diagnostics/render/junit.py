"""Findings as JUnit XML, which build servers read: a test suite a file, a test case a finding.

Errors and warnings are failures, notes are passed cases that say something. A plan without findings is one passed case,
so that nobody takes it for not checked. Nothing is measured: `time` is 0, and the same findings give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree

from gridlang.diagnostics.model import Diagnostic, Level
from gridlang.diagnostics.render import text
from gridlang.diagnostics.render.places import outside

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document can hold."""


def render(problems: Iterable[Diagnostic], base: str, name: str) -> str:
    """The document for the plan `name` in the folder `base`; ends with a newline."""
    suites: dict[str, list[Diagnostic]] = {}
    for problem in problems:
        suites.setdefault(outside(problem.span, base) if problem.span else name, []).append(problem)
    root = ElementTree.Element("testsuites", {"name": "grid lint", **_counts([p for s in suites.values() for p in s])})
    for path, found in (suites or {name: []}).items():
        suite = ElementTree.SubElement(root, "testsuite", {"name": _clean(path), **_counts(found)})
        for problem in found:
            suite.append(_case(problem, path))
        if not found:
            ElementTree.SubElement(suite, "testcase", {"name": "nothing to complain about", "classname": _clean(name)})
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _counts(problems: list[Diagnostic]) -> dict[str, str]:
    failures = sum(problem.level is not Level.NOTE for problem in problems)
    return {"tests": str(max(1, len(problems))), "failures": str(failures), "errors": "0", "skipped": "0", "time": "0"}


def _case(problem: Diagnostic, path: str) -> ElementTree.Element:
    said = {"name": f"{problem.code.id} {problem.code.name}", "classname": path, "time": "0"}
    if problem.span:
        said |= {"name": f"{said['name']} (line {problem.span.line})", "file": path, "line": str(problem.span.line)}
    case = ElementTree.Element("testcase", {key: _clean(value) for key, value in said.items()})
    whole = text.render([problem], color=False)
    if problem.level is Level.NOTE:
        ElementTree.SubElement(case, "system-out").text = _clean(whole)
    else:
        said = {"message": _clean(problem.message), "type": problem.level.value}
        ElementTree.SubElement(case, "failure", said).text = _clean(whole)
    return case


def _clean(words: str) -> str:
    return _FORBIDDEN.sub("\ufffd", words)
