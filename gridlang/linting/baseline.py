"""Findings that are known from before: a file of fingerprints, so that a new rule does not fail an old plan."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import attrs

from gridlang.diagnostics import Diagnostic, Level, Outcome
from gridlang.diagnostics.codes import files as codes
from gridlang.linting.allowed import allowable
from gridlang.linting.fingerprints import fingerprints

FORMAT = "gridlang-baseline"
VERSION = 1


@attrs.frozen
class Baseline:
    """What was found before, by fingerprint."""

    known: frozenset[str] = frozenset()


@attrs.frozen
class Compared:
    """Findings beside a baseline: those that are new, how many were known, and how many of it are gone."""

    new: tuple[Diagnostic, ...]
    known: int
    gone: int


def compare(problems: Iterable[Diagnostic], baseline: Baseline) -> Compared:
    """Take away what is known."""
    every = tuple(problems)
    marks = fingerprints(every)
    known = [mark in baseline.known and _may_be_known(problem) for problem, mark in zip(every, marks, strict=True)]
    new = tuple(problem for problem, is_known in zip(every, known, strict=True) if not is_known)
    gone = len(baseline.known - set(marks))
    return Compared(new, sum(known), gone)


def _may_be_known(problem: Diagnostic) -> bool:
    """Errors never are; but a warning stays one that a plan may have had, when its settings make it an error now."""
    return problem.level is not Level.ERROR or problem.code.id in allowable()


def to_json(problems: Iterable[Diagnostic]) -> str:
    """The file for these findings, errors left out; the same findings give the same bytes.

    Only the fingerprints count. The rest tells people, and reviewers of a change, what they are.
    """
    every = tuple(problems)
    rows = [
        {
            "code": problem.code.id,
            "name": problem.code.name,
            "file": problem.span.source.path if problem.span else None,
            "message": problem.message,
            "fingerprint": mark,
        }
        for problem, mark in zip(every, fingerprints(every), strict=True)
        if _may_be_known(problem)
    ]
    document = {"format": FORMAT, "version": VERSION, "findings": rows}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def from_json(text: str, name: str) -> Outcome[Baseline]:
    """The baseline in a text that messages call `name`."""
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        return _wrong(name, f"it is not JSON ({error})")
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        return _wrong(name, "it was not written by `grid lint`")
    if document.get("version") != VERSION:
        return _wrong(name, f"it is of version {document.get('version')}, and this gridlang knows version {VERSION}")
    rows = document.get("findings")
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and isinstance(row.get("fingerprint"), str) for row in rows
    ):
        return _wrong(name, "its findings have no fingerprints")
    return Outcome(Baseline(frozenset(row["fingerprint"] for row in rows)))


def _wrong(name: str, reason: str) -> Outcome[Baseline]:
    return Outcome(Baseline(), (codes.NO_BASELINE.at(None, path=name, reason=reason),))
