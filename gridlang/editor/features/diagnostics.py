"""Findings as the client shows them: in each file its own, with why, the way out, and the other places."""

from __future__ import annotations

from lsprotocol import types as lsp

from gridlang.diagnostics import Diagnostic, Level
from gridlang.editor import positions
from gridlang.editor.findings import findings
from gridlang.editor.positions import Encoding
from gridlang.editor.session import Plan, Session
from gridlang.source import Span

SOURCE = "gridlang"
_SEVERITY = {
    Level.ERROR: lsp.DiagnosticSeverity.Error,
    Level.WARNING: lsp.DiagnosticSeverity.Warning,
    Level.NOTE: lsp.DiagnosticSeverity.Information,
}
_UNNECESSARY = frozenset({"unused-declaration", "unreachable-step", "unreachable-jump"})
"""Codes of what counts for nothing: shown faded."""


def by_uri(
    session: Session, plan: Plan, rehearsed: tuple[Diagnostic, ...] | None, encoding: Encoding
) -> dict[str, list[lsp.Diagnostic]]:
    """The findings of a plan by the address of their file; open files without any are there too.

    What has no place in a text stands at the beginning of the plan's first file.
    """
    understood = plan.understood()
    files = [file.source for path, folder in understood.scope.folders.items() if path != "std" for file in folder.files]
    found: dict[str, list[lsp.Diagnostic]] = {session.uri(plan, source.path): [] for source in files}
    for problem in findings(plan, rehearsed):
        span = problem.span or (Span(files[0], 0, 0) if files else None)
        if span is None or span.source.path.startswith("std/"):
            continue
        uri = session.uri(plan, span.source.path)
        found.setdefault(uri, []).append(shown(session, plan, problem, span, encoding))
    open_now = set(session.open)
    return {uri: problems for uri, problems in found.items() if problems or session.key(uri) in open_now}


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
