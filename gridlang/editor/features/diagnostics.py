"""Findings as the client shows them: in each file its own, with why, the way out, and the other places.

What was told stays told: only files are told again whose findings are others now, or that were edited.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import attrs
from cattrs import Converter
from lsprotocol import converters
from lsprotocol import types as lsp

from gridlang.diagnostics import Diagnostic, Level
from gridlang.editor import positions
from gridlang.editor.findings import findings
from gridlang.editor.positions import Encoding
from gridlang.editor.session import Plan, Session
from gridlang.source import Source, Span

SOURCE = "gridlang"
_SEVERITY = {
    Level.ERROR: lsp.DiagnosticSeverity.Error,
    Level.WARNING: lsp.DiagnosticSeverity.Warning,
    Level.NOTE: lsp.DiagnosticSeverity.Information,
}
_UNNECESSARY = frozenset({"unused-declaration", "unreachable-step", "unreachable-jump"})
"""Codes of what counts for nothing: shown faded."""

MOST_SHOWN = 10_000
"""How many findings are kept that the client does not see now."""


@attrs.frozen
class Told:
    """What a client knows of a file: its findings, and the version of the text they are of."""

    problems: tuple[Diagnostic, ...]
    version: int | None


@attrs.frozen
class News:
    """What a client is told of a file. Its findings are JSON already: most of them were told before."""

    uri: str
    version: int | None
    findings: tuple[str, ...]

    @property
    def written(self) -> str:
        """The parameters of the notification, as JSON."""
        version = "" if self.version is None else f'"version": {json.dumps(self.version)}, '
        return f'{{"uri": {json.dumps(self.uri)}, {version}"diagnostics": [{", ".join(self.findings)}]}}'


@attrs.define(eq=False)
class Board:
    """What the client was told of one plan, by the path of each file as the plan names it."""

    session: Session
    plan: Plan
    encoding: Encoding
    told: dict[str, Told] = attrs.field(factory=dict)
    _shown: dict[int, tuple[Diagnostic, str]] = attrs.field(factory=dict)
    """By the id of a finding, which is kept beside it: what has not changed is not worked out again. What a plan leaves
    open is not told while it is broken, and the same again when it is mended."""

    def news(self, rehearsed: tuple[Diagnostic, ...] | None) -> list[News]:
        """What the client does not know yet. What has no place in a text stands at the beginning of the first file."""
        now, before = self._by_path(findings(self.plan, rehearsed)), self.told
        changed = {path for path in now.keys() | before.keys() if _differ(now.get(path), before.get(path))}
        self.told = {path: told if path in changed else before.get(path, told) for path, told in now.items()}
        made = [self._news(path, now.get(path)) for path in sorted(changed)]
        if len(self._shown) > MOST_SHOWN + 2 * sum(len(told.problems) for told in self.told.values()):
            alive = {id(problem) for told in self.told.values() for problem in told.problems}
            self._shown = {key: each for key, each in self._shown.items() if key in alive}
        return made

    def nothing(self) -> list[News]:
        """What takes everything back."""
        before, self.told = self.told, {}
        return [self._news(path, None) for path, told in before.items() if told.problems]

    def _by_path(self, problems: tuple[Diagnostic, ...]) -> dict[str, Told]:
        folders = self.plan.understood().scope.folders.items()
        files = [file.source for path, folder in folders if path != "std" for file in folder.files]
        found: dict[str, list[Diagnostic]] = {}
        for problem in problems:
            span = problem.span or _beginning(files)
            if span is not None:
                found.setdefault(span.home.file.path, []).append(problem)
        found = {path: problems for path, problems in found.items() if not path.startswith("std/")}
        versions = {source.path: self._version(source.path) for source in files}
        open_now = {path for path, version in versions.items() if version is not None}
        return {path: Told(tuple(found.get(path, ())), versions.get(path)) for path in found.keys() | open_now}

    def _version(self, path: str) -> int | None:
        return self.session.versions.get(self.plan.files.place(path))

    def _news(self, path: str, told: Told | None) -> News:
        problems = told.problems if told else ()
        uri = self.session.uri(self.plan, path)
        return News(uri, told.version if told else None, tuple(self._of(problem, path) for problem in problems))

    def _of(self, problem: Diagnostic, path: str) -> str:
        known = self._shown.get(id(problem))
        if known is None:
            span = problem.span or Span(Source(path, ""), 0, 0)
            plain = _converter().unstructure(shown(self.session, self.plan, problem, span, self.encoding))
            known = self._shown[id(problem)] = (problem, json.dumps(plain, default=_value))
        return known[1]


@cache
def _converter() -> Converter:
    return converters.get_converter()


def _value(one: Any) -> Any:
    """What an enumeration stands for."""
    return one.value


def _differ(now: Told | None, before: Told | None) -> bool:
    if now is None or before is None:
        return bool((now or before) and ((now and (now.version is not None or now.problems)) or before))
    return now.version != before.version or now.problems != before.problems


def _beginning(files: list[Source]) -> Span | None:
    return Span(files[0], 0, 0) if files else None


def shown(session: Session, plan: Plan, problem: Diagnostic, span: Span, encoding: Encoding) -> lsp.Diagnostic:
    """One finding."""
    related = [
        lsp.DiagnosticRelatedInformation(
            lsp.Location(session.uri(plan, place.span.source.path), positions.range_of(place.span, encoding)),
            place.text,
        )
        for place in problem.related
    ]
    return lsp.Diagnostic(
        range=positions.range_of(span, encoding),
        message=told(problem),
        severity=_SEVERITY[problem.level],
        code=problem.code.id,
        source=SOURCE,
        tags=[lsp.DiagnosticTag.Unnecessary] if problem.code.name in _UNNECESSARY else None,
        related_information=related or None,
        data={"name": problem.code.name},
    )


def told(problem: Diagnostic) -> str:
    """What is wrong, why, and the way out: a line each."""
    parts = [problem.message, problem.why and f"Why: {problem.why}", problem.help and f"Way out: {problem.help}"]
    return "\n".join(part for part in parts if part)
