"""Ways out that a finding names in words and that are sure from the nodes: delete it, name it, put it last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gridlang.diagnostics import Diagnostic, Edit
from gridlang.editor.acting.action import Action, Actions, inserted
from gridlang.editor.acting.tidy import whole_lines
from gridlang.editor.index.names import flow_of, steps_of
from gridlang.editor.index.path import declaration_at, path_at
from gridlang.editor.session import Text
from gridlang.schedule.steps import Task
from gridlang.semantics.flows.naming import VERBS
from gridlang.semantics.kinds import kinds
from gridlang.source import Span
from gridlang.syntax import nodes

Mend = Callable[[Text, Diagnostic], Actions]
QUESTION = "Question?"
_DIAMOND = nodes.Ask | nodes.Choose | nodes.Split


def found_at(text: Text, problem: Diagnostic, kinds: Any) -> Any:
    """The innermost node of some kinds at a finding."""
    path = path_at(text.file, problem.span.start) if problem.span is not None else []
    return next((node for node in reversed(path) if isinstance(node, kinds)), None)


def _delete(kinds: Any, title: str) -> Mend:
    """Delete the node that a finding is about."""

    def mend(text: Text, problem: Diagnostic) -> Actions:
        node = found_at(text, problem, kinds)
        if node is not None:
            span = _with_arrow(node) if getattr(node, "arrow", False) else alone(node.span)
            yield Action(title, (Edit(span, ""),), problem=problem)

    return mend


def _with_arrow(step: nodes.Statement) -> Span:
    """A step and the arrow before it, with the space between."""
    source = step.span.source
    arrow = source.text.rfind("->", 0, step.span.start)
    return Span(source, len(source.text[:arrow].rstrip()), step.span.end)


def alone(span: Span) -> Span:
    """A node with its line, where it stands there alone; else with the space behind it."""
    source, text = span.source, span.source.text
    start, end = source.line_starts[span.line - 1], text.find("\n", span.end)
    end = len(text) if end < 0 else end + 1
    if not text[start : span.start].strip() and not text[span.end : end].strip():
        return Span(source, start, end)
    after = span.end
    while after < len(text) and text[after] in " \t":
        after += 1
    return Span(source, span.start, after)


def _label(text: Text, problem: Diagnostic) -> Actions:
    """Give a step a label of its own, from its verb and what it says."""
    declaration = declaration_at(text.file, problem.span.start) if problem.span else None
    flow = flow_of(declaration) if declaration is not None else None
    node = found_at(text, problem, nodes.Statement)
    if flow is None or node is None:
        return
    taken = {step.label.text for step in steps_of(flow) if step.label is not None}
    base = node.label.text if node.label is not None else _called(node)
    name = next(word for word in (f"{base}_{number}" for number in range(2, len(taken) + 4)) if word not in taken)
    if node.label is not None:
        yield Action(f"call it `{name}`", (Edit(node.label.span, name),), problem=problem)
    else:
        yield Action(f"label it `{name}`", (inserted(text.source, node.span.start, f"{name}: "),), problem=problem)


def _called(node: nodes.Statement) -> str:
    message = getattr(node, "message", None)
    return message.parts[-1].text if isinstance(message, nodes.Reference) else VERBS[type(node)]


def _question(text: Text, problem: Diagnostic) -> Actions:
    """`ask "Question?"`."""
    node = found_at(text, problem, _DIAMOND)
    if node is None:
        return
    words = "ask of account" if isinstance(node, nodes.Ask) and node.of_account else VERBS[type(node)]
    at = node.span.text.find(words)
    if at >= 0:
        place = node.span.start + at + len(words)
        yield Action("write a question", (inserted(text.source, place, f' "{QUESTION}"'),), problem=problem)


def _otherwise_last(text: Text, problem: Diagnostic) -> Actions:
    """Put the arm for everybody else behind the others."""
    node = found_at(text, problem, nodes.Choose)
    rest = next((arm for arm in node.arms if arm.conditions[0].span.text == "otherwise"), None) if node else None
    if node is None or rest is None or rest is node.arms[-1]:
        return
    last = node.arms[-1].span
    between = "\n" + " " * (text.source.line_column(last.start)[1] - 1) if "\n" in node.span.text else "  "
    edits = (Edit(alone(rest.span), ""), inserted(text.source, last.end, between + rest.span.text))
    yield Action("put `otherwise` last", edits, problem=problem, preferred=True)


def _rest_of_shares(text: Text, problem: Diagnostic) -> Actions:
    """An arm for those whom no share has."""
    node = found_at(text, problem, nodes.Split)
    shares = (
        [arm.conditions[0].value for arm in node.arms if isinstance(arm.conditions[0], nodes.Number)] if node else []
    )
    rest = 100 - sum(shares)
    if node is None or not node.arms or rest <= 0:
        return
    last = node.arms[-1].span
    between = "\n" + " " * (text.source.line_column(last.start)[1] - 1) if "\n" in node.span.text else "  "
    yield Action(
        f"add `{rest}% -> stop`", (inserted(text.source, last.end, f"{between}{rest}% -> stop"),), problem=problem
    )


def _approver(text: Text, problem: Diagnostic) -> Actions:
    """Each person of the map as the one who decides."""
    node = found_at(text, problem, nodes.Block)
    blocks = (
        [item for item in node.items if isinstance(item, nodes.Block) and item.kind.text == "roles"] if node else []
    )
    for block in blocks:
        for field in block.items:
            if isinstance(field, nodes.Field) and field.values:
                edit = inserted(text.source, field.values[-1].span.end, ", approver")
                yield Action(f"make `{field.name.text}` an approver", (edit,), problem=problem)


def _journey_decides(text: Text, problem: Diagnostic) -> Actions:
    """The arm as the journey decides it: only the move."""
    node, model = found_at(text, problem, nodes.Arm), text.understood.model
    if node is None or model is None or not isinstance(node.conditions[0], nodes.Reference):
        return
    event = node.conditions[0].parts[-1].text
    for way in model.schedule.journey.transitions:
        if event in way.events and f"move {way.target}" in (problem.help or ""):
            edit = Edit(_after_arrow(node), f"move {way.target}")
            yield Action(f"only `move {way.target}`", (edit,), problem=problem)
            return


def _after_arrow(arm: nodes.Arm) -> Span:
    """What stands behind the first arrow of an arm."""
    source = arm.span.source
    arrow = source.text.find("->", arm.conditions[-1].span.end, arm.span.end)
    return Span(source, arrow + 3 if arrow >= 0 else arm.flow.span.start, arm.span.end)


def _title(text: Text, problem: Diagnostic) -> Actions:
    """`test "What must hold"`."""
    node = found_at(text, problem, nodes.Block)
    if node is not None and node.title is None:
        at = node.kind.span.end
        yield Action("give it a title", (inserted(text.source, at, ' "What must hold"'),), problem=problem)


def _name(text: Text, problem: Diagnostic) -> Actions:
    """A name for a block that has none."""
    node = found_at(text, problem, nodes.Block)
    if node is not None and node.name is None:
        yield Action("give it a name", (inserted(text.source, node.kind.span.end, " some_name"),), problem=problem)


def _start(text: Text, problem: Diagnostic) -> Actions:
    """`start:` the first phase."""
    node = found_at(text, problem, nodes.Block)
    phases = (
        [item for item in node.items if isinstance(item, nodes.Block) and item.kind.text == "phase"] if node else []
    )
    if phases and phases[0].name is not None and node is not None:
        name, at = phases[0].name.text, phases[0].span.start
        yield Action(f"start in `{name}`", (inserted(text.source, at, f"start: {name}\n\n  "),), problem=problem)


def _free(text: Text, problem: Diagnostic) -> Actions:
    """Another name for what has the name of something else."""
    node = found_at(text, problem, nodes.Block | nodes.FlowDeclaration | nodes.Let)
    if node is None or node.name is None:
        return
    kind = (
        node.kind.text
        if isinstance(node, nodes.Block)
        else "flow"
        if isinstance(node, nodes.FlowDeclaration)
        else "let"
    )
    taken = text.scope.of(text.folder.path, kind)
    name = next(word for word in (f"{node.name.text}_{n}" for n in range(2, len(taken) + 3)) if word not in taken)
    yield Action(f"call this one `{name}`", (Edit(node.name.span, name),), problem=problem)


def _member(text: Text, problem: Diagnostic) -> Actions:
    """Somebody in a team that has nobody."""
    for campaign in text.understood.model.schedule.campaigns if text.understood.model else ():
        for step in campaign.steps:
            if isinstance(step, Task) and f"for {step.team}," in problem.message:
                declared = text.scope.own("team").get(step.team)
                node = declared.node if declared is not None else None
                if isinstance(node, nodes.Block) and node.span.text.endswith("}"):
                    brace = node.span.source.text.index("{", node.header.start) + 1
                    edit = inserted(node.span.source, brace, ' members: "name@example.com" ')
                    yield Action(f"add a member to `{step.team}`", (edit,), problem=problem)
                return


SAMPLES = {
    "period": "2027-01-04 .. 2027-12-31",
    "timezone": '"Europe/Copenhagen"',
    "currency": "DKK",
    "calendar": "std.calendars.denmark",
    "journey": "std.journeys.marketing_grid",
    "where": "otherwise",
    "starts": "2027-02-01 08:00",
    "dates": "2027-12-24",
}
"""What a field that is needed can be at first."""


def _field(text: Text, problem: Diagnostic) -> Actions:
    """The fields that a block needs and does not have, as its first ones."""
    path = path_at(text.file, problem.span.start) if problem.span is not None else []
    blocks = [node for node in path if isinstance(node, nodes.Block)]
    kind = kinds().get(blocks[0].kind.text) if blocks else None
    for block in blocks[1:]:
        kind = kind.block(block.kind.text) if kind is not None else None
    if kind is None or not blocks[-1].span.text.endswith("}"):
        return
    there = {item.name.text for item in blocks[-1].items if isinstance(item, nodes.Field)}
    brace = text.source.text.index("{", blocks[-1].header.end - 1) + 1
    for spec in kind.fields:
        value = SAMPLES.get(spec.name) or next(iter(_named(text, spec.reader.names)), None)
        if spec.required and spec.name not in there and value is not None:
            edit = inserted(text.source, brace, f" {spec.name}: {value} ")
            yield Action(f"add `{spec.name}: {value}`", (edit,), problem=problem)


def _named(text: Text, wanted: tuple[str, ...]) -> list[str]:
    """What a field can name, own declarations first."""
    return [
        spelled for kind in wanted for spelled in (*text.scope.own(kind), *text.scope.visible(kind, text.folder.path))
    ]


def _use(text: Text, problem: Diagnostic) -> Actions:
    node = found_at(text, problem, nodes.Use)
    if node is not None:
        yield Action("delete the line", (Edit(whole_lines(node.span), ""),), problem=problem)


BY_CODE: dict[str, Mend] = {
    "field-twice": _delete(nodes.Field, "delete this one"),
    "block-twice": _delete(nodes.Block, "delete this one"),
    "reserved-name": _delete(nodes.Field, "delete it: everybody has it"),
    "arm-twice": _delete(nodes.Arm, "delete this arm"),
    "arm-never-taken": _delete(nodes.Arm, "delete this arm"),
    "misplaced-item": _delete(nodes.Edge | nodes.Flow | nodes.Block | nodes.Enter | nodes.Happens, "delete it"),
    "unreachable-jump": _delete(nodes.Jump, "delete it"),
    "import-cycle": _use,
    "unusable-folder": _use,
    "unreachable-step": _delete(nodes.Statement, "delete this step"),
    "missing-field": _field,
    "use-file": _use,
    "label-twice": _label,
    "equal-identity": _label,
    "unnamed-question": _question,
    "arm-after-otherwise": _otherwise_last,
    "shares": _rest_of_shares,
    "no-approver": _approver,
    "journey-decides": _journey_decides,
    "missing-title": _title,
    "missing-name": _name,
    "no-start": _start,
    "name-twice": _free,
    "nobody-in-team": _member,
}
