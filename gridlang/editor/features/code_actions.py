"""What the editor can do about a finding or with what is selected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

import attrs
from lsprotocol import types as lsp

from gridlang.diagnostics import Diagnostic
from gridlang.editor.acting import arms, extract, filling, mending, missing, tidy
from gridlang.editor.acting.action import Action, Actions, Kind
from gridlang.editor.asking import Asked, Feature
from gridlang.editor.features.diagnostics import shown
from gridlang.editor.findings import findings
from gridlang.editor.session import Text
from gridlang.linting.fixing import chosen
from gridlang.source import Source, Span

FIX_ALL = "source.fixAll.gridlang"
BY_CODE: dict[str, Callable[[Text, Diagnostic], Actions]] = {
    **missing.BY_CODE,
    **arms.BY_CODE,
    **tidy.BY_CODE,
    **mending.BY_CODE,
    **filling.BY_CODE,
}


def actions(asked: Asked) -> list[lsp.CodeAction]:
    """The actions for a range, those that end a finding first."""
    span, only = asked.span(asked.params.range), asked.params.context.only
    found = [_shown(asked, action) for action in _actions(asked, span) if _wanted(action.kind, only)]
    if only and any(kind.startswith("source") for kind in map(str, only)):
        found += _all_fixes(asked)
    return found


def _wanted(kind: str, only: list[lsp.CodeActionKind | str] | None) -> bool:
    """`refactor` is asked for `refactor.extract` too."""
    return not only or any(_word(kind) == _word(each) or _word(kind).startswith(f"{_word(each)}.") for each in only)


def _word(kind: lsp.CodeActionKind | str) -> str:
    return kind.value if isinstance(kind, lsp.CodeActionKind) else str(kind)


def _actions(asked: Asked, span: Span) -> Iterator[Action]:
    for problem in problems_at(asked, span):
        for fix in problem.fixes:
            yield Action(fix.title, fix.edits, problem=problem, preferred=len(problem.fixes) == 1)
        if problem.code.name in BY_CODE:
            yield from BY_CODE[problem.code.name](asked.text, problem)
        yield from tidy.allow(asked.text, problem)
    told = {problem.code.name for problem in problems_at(asked, span)}
    if not told & {"no-nothing", "no-otherwise"}:
        yield from arms.at_cursor(asked.text, span)
    if not told & {"empty-cell", "unheard-influencer"}:
        yield from tidy.empty_cells(asked.text, span)
    yield from extract.at_selection(asked.text, span)


def problems_at(asked: Asked, span: Span) -> list[Diagnostic]:
    """The findings that touch a range; of a mere cursor, those that begin on its line."""
    line = span.line if span.start == span.end else None
    return [
        problem
        for problem in _findings(asked)
        if problem.span is not None
        and problem.span.source.path == asked.text.source.path
        and (line == problem.span.line or (problem.span.start <= span.end and span.start <= problem.span.end))
    ]


def _findings(asked: Asked) -> tuple[Diagnostic, ...]:
    """The findings as they were told last, else those that are known at once."""
    plan = asked.text.plan
    first = next((file.source for file in asked.text.understood.scope.folders[""].files), None)
    return tuple(_placed(problem, first) for problem in findings(plan, plan.rehearsal()))


def _placed(problem: Diagnostic, first: Source | None) -> Diagnostic:
    """A finding without a place as it is shown: at the beginning of the first file."""
    if problem.span is not None or first is None:
        return problem
    return attrs.evolve(problem, span=Span(first, 0, 0))


def _shown(asked: Asked, action: Action) -> lsp.CodeAction:
    problem, plan = action.problem, asked.text.plan
    told = [shown(asked.session, plan, problem, problem.span, asked.encoding)] if problem and problem.span else None
    return lsp.CodeAction(
        title=action.title[:1].upper() + action.title[1:],
        kind=action.kind,
        diagnostics=told,
        is_preferred=action.preferred or None,
        edit=_edit(asked, action),
    )


def _edit(asked: Asked, action: Action) -> lsp.WorkspaceEdit:
    changes: dict[str, list[lsp.TextEdit]] = defaultdict(list)
    for edit in action.edits:
        changes[asked.uri(edit.span)].append(lsp.TextEdit(asked.range(edit.span), edit.text))
    return lsp.WorkspaceEdit(changes=dict(changes))


def _all_fixes(asked: Asked) -> list[lsp.CodeAction]:
    """Every safe fix of the text at once."""
    here = asked.text.source.path
    edits = [edit for _, fix in chosen(_findings(asked)) for edit in fix.edits if edit.span.source.path == here]
    if not edits:
        return []
    whole = Action("mend what can be mended safely", tuple(edits))
    found = _shown(asked, whole)
    found.kind = FIX_ALL
    return [found]


FEATURES = (
    Feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        actions,
        lsp.CodeActionOptions(code_action_kinds=[Kind.QuickFix, Kind.Refactor, Kind.RefactorExtract, FIX_ALL]),
        (),
    ),
)
