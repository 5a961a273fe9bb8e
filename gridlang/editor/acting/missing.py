"""Declare what a name means that nobody has declared: a message, an event, a segment, a team …"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.diagnostics import Diagnostic
from gridlang.editor.acting.action import Action, Actions, appended, home_of, inserted, titled
from gridlang.editor.index import index_of
from gridlang.editor.index.unknown import unknown_at
from gridlang.editor.session import Text
from gridlang.syntax import nodes

SHAPES = {
    "message": 'message {name} "{title}" {{ draft: yes }}',
    "event": 'event {name} "{title}" {{ from: web }}',
    "segment": 'segment {name} "{title}" {{ where: {where} }}',
    "team": 'team {name} "{title}" {{ members: "name@example.com" }}',
    "channel": 'channel {name}: email "{title}"',
    "person": 'person {name} "{title}" {{ known: no }}',
    "need": 'need {name} "{title}"',
    "barrier": 'barrier {name} "{title}"',
    "role": 'role {name} "{title}"',
    "flow": "flow {name}() {{\n  wait 1d\n}}",
}


def declare(text: Text, problem: Diagnostic) -> Actions:
    """Declare the name that a finding is about."""
    if problem.span is None:
        return
    found = unknown_at(text, index_of(text).names, problem.span.start)
    for kind, name in found:
        if kind in SHAPES:
            declared = SHAPES[kind].format(name=name, title=titled(name), where=_where(text))
            home = home_of(text, kind)
            beside = "" if home.path == text.source.path else f" in {home.path}"
            yield Action(f"create the {kind} `{name}`{beside}", (appended(home, declared),), problem=problem)
        elif kind == "phase":
            yield from _phase(text, problem, name)


def _where(text: Text) -> str:
    """A condition for a new segment: everybody else, unless a segment takes them already."""
    taken = any(
        isinstance(value, nodes.Reference) and value.text == "otherwise"
        for declared in text.scope.own("segment").values()
        for value in _values(declared.node)
    )
    return "has(since)" if taken else "otherwise"


def _values(node: object) -> Iterator[object]:
    for item in node.items if isinstance(node, nodes.Block) else ():
        if isinstance(item, nodes.Field):
            yield from item.values


def _phase(text: Text, problem: Diagnostic, name: str) -> Actions:
    """A phase of the plan's own journey."""
    for declared in index_of(text).names.of_plan("journey"):
        node = declared.node
        if declared.folder == "" and isinstance(node, nodes.Block) and node.span.text.endswith("}"):
            source = node.span.source
            edit = f'  phase {name} "{titled(name)}" {{}}\n'
            yield Action(
                f"add the phase `{name}` to the journey `{declared.name}`",
                (inserted(source, node.span.end - 1, edit),),
                problem=problem,
            )
            return


BY_CODE = {
    "unknown-name": declare,
    "unknown-phase": declare,
}
