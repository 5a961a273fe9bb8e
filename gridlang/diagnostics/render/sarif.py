"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show: with rules, their help, fixes and fingerprints.

Columns are counted in characters, and files named relative to where the command was called.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

import attrs

import gridlang
from gridlang.diagnostics.model import Code, Diagnostic, Fix, Level
from gridlang.diagnostics.render.places import outside
from gridlang.source import Span

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "gridlang/v1"
ROOT = "SRCROOT"
"""What the paths are relative to; whoever reads the file knows where that is."""


@attrs.frozen
class Help:
    """What there is to read about a code: in one sentence, the whole page as plain text, the same as Markdown."""

    says: str
    text: str
    markdown: str


def render(
    problems: Sequence[Diagnostic], fingerprints: Sequence[str], base: str, help_of: Callable[[Code], Help]
) -> str:
    """The log of one run, with a line end; a fingerprint for each finding."""
    codes = sorted({problem.code.id: problem.code for problem in problems}.values(), key=lambda code: code.id)
    places = {code.id: at for at, code in enumerate(codes)}
    results = [
        _result(problem, places[problem.code.id], mark, base)
        for problem, mark in zip(problems, fingerprints, strict=True)
    ]
    driver = {
        "name": "gridlang",
        "semanticVersion": gridlang.__version__,
        "rules": [_rule(code, help_of(code)) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": VERSION, "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _rule(code: Code, page: Help) -> dict[str, Any]:
    return {
        "id": code.id,
        "name": code.name,
        "shortDescription": {"text": code.name.replace("-", " ")},
        "fullDescription": {"text": page.says},
        "defaultConfiguration": {"level": _LEVELS[code.level]},
        "help": {"text": page.text, "markdown": page.markdown},
    }


def _result(problem: Diagnostic, rule: int, mark: str, base: str) -> dict[str, Any]:
    told = [problem.message, problem.why and f"Why: {problem.why}", problem.help and f"Way out: {problem.help}"]
    result: dict[str, Any] = {
        "ruleId": problem.code.id,
        "ruleIndex": rule,
        "level": _LEVELS[problem.level],
        "message": {"text": "\n".join(part for part in told if part)},
        "partialFingerprints": {FINGERPRINT: mark},
    }
    if problem.span:
        result["locations"] = [{"physicalLocation": _location(problem.span, base)}]
    if problem.related:
        result["relatedLocations"] = [
            {"id": at, "physicalLocation": _location(related.span, base), "message": {"text": related.text}}
            for at, related in enumerate(problem.related)
        ]
    if problem.fixes:
        result["fixes"] = [_fix(fix, base) for fix in problem.fixes]
    return result


_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "note"}


def _artifact(span: Span, base: str) -> dict[str, str]:
    path = outside(span, base)
    if path.startswith("/"):
        return {"uri": f"file://{quote(path)}"}
    return {"uri": quote(path), "uriBaseId": ROOT}


def _location(span: Span, base: str) -> dict[str, Any]:
    return {"artifactLocation": _artifact(span, base), "region": _region(span)}


def _region(span: Span) -> dict[str, int]:
    end_line, end_column = span.source.line_column(span.end)
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }


def _fix(fix: Fix, base: str) -> dict[str, Any]:
    changes: dict[str, dict[str, Any]] = {}
    for edit in fix.edits:
        place = _artifact(edit.span, base)
        change = changes.setdefault(place["uri"], {"artifactLocation": place, "replacements": []})
        change["replacements"].append({"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}})
    return {"description": {"text": fix.title}, "artifactChanges": list(changes.values())}
