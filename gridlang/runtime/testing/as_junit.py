"""The result of tests as JUnit XML, which build servers read: a test case a test, its file and line with it.

Nothing is measured, so that the same plan gives the same bytes: `time` is 0.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from gridlang.runtime.testing.result import Result, summary
from gridlang.runtime.testing.told import Told

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document can hold."""


def render(result: Result) -> str:
    """Ends with a newline."""
    counts = {
        "tests": str(len(result.told)),
        "failures": str(result.failed),
        "errors": "0",
        "skipped": "0",
        "time": "0",
    }
    root = ElementTree.Element("testsuites", {"name": "grid test", **counts})
    name = result.schedule.plan.name
    suite = ElementTree.SubElement(root, "testsuite", {"name": _clean(name), **counts})
    for told in result.told:
        suite.append(_case(result, told, name))
    if result.untaken:
        arms = (f"{result.where(arm.place)}: {arm.text}" for arm in result.untaken)
        ElementTree.SubElement(suite, "system-out").text = _clean("No test takes\n" + "\n".join(arms))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _case(result: Result, told: Told, plan: str) -> ElementTree.Element:
    place = result.schedule.places[told.story.place]
    said = {"name": told.story.title, "classname": plan, "file": place.file, "line": str(place.line), "time": "0"}
    case = ElementTree.Element("testcase", {name: _clean(value) for name, value in said.items()})
    if not told.holds:
        sort = "issue" if told.troubles else "expectation"
        failure = ElementTree.SubElement(case, "failure", {"message": _clean(summary(told)), "type": sort})
        failure.text = _clean("\n\n".join(result.detail(told)))
    return case


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
