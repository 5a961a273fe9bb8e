"""Give a step what it lacks: the missing arms of a diamond, a time, a team, an end."""

from __future__ import annotations

from typing import Any

from gridlang.diagnostics import Diagnostic, Edit
from gridlang.editor.acting.action import Action, Actions, Kind, indent_at, inserted
from gridlang.editor.completing.desk import Desk
from gridlang.editor.completing.flows import missing_arms
from gridlang.editor.completing.spot import spot_at
from gridlang.editor.index import index_of
from gridlang.editor.index.path import path_at
from gridlang.editor.session import Text
from gridlang.source import Source, Span
from gridlang.syntax import nodes
from gridlang.syntax.formatting import formatted

WITHIN, DUE, FLIGHT = "5d", "2 workdays", "3w"
MOST_TEAMS = 4
_DIAMOND = nodes.Ask | nodes.Choose


def at_cursor(text: Text, span: Span) -> Actions:
    """The missing arms of the `ask` or `choose` at the cursor."""
    around = [node for node in path_at(text.file, span.start) if isinstance(node, _DIAMOND)]
    if around:
        yield from _missing(text, around[-1], None)


def _step(text: Text, problem: Diagnostic, kind: Any) -> Any:
    """The innermost step of a kind at a finding."""
    found = path_at(text.file, problem.span.start) if problem.span is not None else []
    return next((node for node in reversed(found) if isinstance(node, kind)), None)


def _missing(text: Text, node: nodes.Ask | nodes.Choose, problem: Diagnostic | None) -> Actions:
    """One arm for each answer that has none, before the closing brace; each stops."""
    close = _closing(node)
    if close is None:
        return
    spot = spot_at(text.source, close)
    desk = Desk(text, spot, index_of(text).names)
    conditions = [
        line.split(" -> ", 1)[0] for offer in missing_arms(desk) for line in (offer.snippet or "").split("\n")
    ]
    if conditions:
        title = f"add {'the missing arms' if len(conditions) > 1 else 'the arm'}: {', '.join(conditions)}"
        kind = Kind.QuickFix if problem else Kind.Refactor
        yield Action(title, (_arms(node, close, conditions),), kind, problem)


def _closing(node: nodes.Statement) -> int | None:
    """The offset of the closing brace of a diamond."""
    return node.span.end - 1 if node.span.text.endswith("}") else None


def _arms(node: nodes.Statement, close: int, conditions: list[str]) -> Edit:
    """The arms put in before the closing brace: each on its line, or behind the others where all stand on one."""
    source = node.span.source
    if "\n" not in node.span.text:
        return inserted(source, close, "".join(f" {each} -> stop " for each in conditions).lstrip())
    outer = indent_at(source, node.span.start)
    start = len(source.text[:close].rstrip())
    lines = "".join(f"\n{outer}  {each} -> stop" for each in conditions)
    return _in_house_style(node, Edit(Span(source, start, close), f"{lines}\n{outer}"))


def _in_house_style(node: nodes.Statement, edit: Edit) -> Edit:
    """The edit of a step with its arms under each other, as far as the formatter can read what it gives."""
    source, span = edit.span.source, node.span
    after = source.text[: edit.span.start] + edit.text + source.text[edit.span.end :]
    end = span.end + len(after) - len(source.text)
    whole = Source(source.path, after)
    outcome = formatted(whole, Span(whole, span.start, end))
    rest = len(source.text) - span.end
    tidy = outcome.value.text
    if outcome.problems or tidy[: span.start] != after[: span.start] or (rest and tidy[-rest:] != after[-rest:]):
        return edit  # more of the text would change than the step
    return Edit(span, tidy[span.start : len(tidy) - rest])


def no_time(text: Text, problem: Diagnostic) -> Actions:
    """`within 5d`."""
    node = _step(text, problem, nodes.Ask | nodes.WaitFor)
    if isinstance(node, nodes.WaitFor):
        at = node.span.end
    elif isinstance(node, nodes.Ask) and node.question is not None:
        at = node.question.span.end
    else:
        return
    yield Action(f"add `within {WITHIN}`", (inserted(text.source, at, f" within {WITHIN}"),), problem=problem)


def no_rest(text: Text, problem: Diagnostic) -> Actions:
    """`nothing -> stop`, `otherwise -> stop`; and all that is missing."""
    node = _step(text, problem, _DIAMOND)
    close = _closing(node) if node is not None else None
    if node is None or close is None:
        return
    word = "nothing" if isinstance(node, nodes.Ask) else "otherwise"
    yield Action(f"add the arm `{word} -> stop`", (_arms(node, close, [word]),), problem=problem, preferred=True)
    yield from (action for action in _missing(text, node, problem) if "arms" in action.title)


def no_due(text: Text, problem: Diagnostic) -> Actions:
    """`due 2 workdays`."""
    node = _step(text, problem, nodes.Task)
    if node is not None:
        yield Action(f"add `due {DUE}`", (inserted(text.source, _head_end(node), f" due {DUE}"),), problem=problem)


def no_team(text: Text, problem: Diagnostic) -> Actions:
    """`by TEAM`, for each of the first teams."""
    node = _step(text, problem, nodes.Task)
    at = (node.message or node.channel).span.end if node is not None else 0
    for name in list(text.scope.own("team"))[:MOST_TEAMS] if node is not None else ():
        yield Action(f"give it to `{name}`", (inserted(text.source, at, f" by {name}"),), problem=problem)


def no_flight(text: Text, problem: Diagnostic) -> Actions:
    """`for 3w`."""
    node = _step(text, problem, nodes.Show)
    if node is not None:
        at = node.message.span.end
        yield Action(f"add `for {FLIGHT}`", (inserted(text.source, at, f" for {FLIGHT}"),), problem=problem)


def _head_end(node: nodes.Task) -> int:
    """Where the words of a task end, before its arms."""
    head = node.span.text.split("{")[0].rstrip() if node.arms else node.span.text
    return node.span.start + len(head)


BY_CODE = {
    "no-time-limit": no_time,
    "no-nothing": no_rest,
    "no-otherwise": no_rest,
    "no-due": no_due,
    "no-team": no_team,
    "no-flight": no_flight,
}
