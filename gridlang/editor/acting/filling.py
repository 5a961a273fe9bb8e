"""Ways out that put in what a declaration lacks, as a template for its author to change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from gridlang.diagnostics import Diagnostic, Edit
from gridlang.editor.acting.action import Action, Actions, appended, home_of, indent_at, inserted
from gridlang.editor.acting.mending import alone, found_at
from gridlang.editor.acting.tidy import unused, whole_lines
from gridlang.editor.session import Text
from gridlang.semantics.scope import Declared
from gridlang.semantics.stories import sample_of
from gridlang.source import Span
from gridlang.syntax import nodes

MOST_CHOICES = 5
Mend = Callable[[Text, Diagnostic], Actions]


def block_of(declared: Declared | None) -> nodes.Block | None:
    """The node of a declaration that can be written in: not one of the library."""
    if declared is None or declared.folder == "std" or not isinstance(declared.node, nodes.Block):
        return None
    return declared.node


def with_line(block: nodes.Block, line: str) -> Edit:
    """A line put in as the first of a block: on a line of its own where its block has several."""
    source = block.span.source
    if not block.span.text.endswith("}"):
        return inserted(source, block.span.end, f" {{ {line} }}")
    brace = source.text.index("{", block.header.end - 1) + 1
    if "\n" in block.span.text and not block.span.text[brace - block.span.start :].split("\n", 1)[0].strip():
        return inserted(source, brace, f"\n{indent_at(source, block.span.start)}  {line}")
    return inserted(source, brace, f" {line} ")


def with_field(block: nodes.Block, name: str, value: str) -> Edit:
    """A field of a block with a value: the one that is there changed, or a new one."""
    field = next((item for item in block.items if isinstance(item, nodes.Field) and item.name.text == name), None)
    if field is not None and field.values:
        return Edit(field.values[0].span.to(field.values[-1].span), value)
    return with_line(block, f"{name}: {value}")


def _block(text: Text, problem: Diagnostic, kind: str) -> nodes.Block | None:
    found = found_at(text, problem, nodes.Block)
    return found if found is not None and found.kind.text == kind else None


def _channel(text: Text) -> str:
    own = text.understood.model.schedule.channels if text.understood.model else ()
    return next((channel.name for channel in own if "person" in channel.reach), "email")


def _messages(text: Text) -> list[str]:
    return [*text.scope.own("message")][:MOST_CHOICES] or ["some_message"]


def _flow(text: Text, problem: Diagnostic) -> Actions:
    """A flow with a first step, one way out for each message there is."""
    block = found_at(text, problem, nodes.Block)
    flow = next((item for item in block.items if isinstance(item, nodes.Flow)), None) if block else None
    for name in _messages(text):
        step = f"send {_channel(text)} {name}"
        if flow is not None:
            edit = Edit(flow.span, f"flow {{ {step} }}")
        elif block is not None:
            end = block.span.end - 1 if block.span.text.endswith("}") else block.span.end
            written = f"  flow {{ {step} }}\n" if "\n" in block.span.text else f" flow {{ {step} }} "
            edit = inserted(block.span.source, end, written if end < block.span.end else f" {{ flow {{ {step} }} }}")
        else:
            return
        yield Action(f"begin its flow with `{step}`", (edit,), problem=problem)


def _turn(text: Text, problem: Diagnostic) -> Actions:
    """A step that is repeated."""
    node = found_at(text, problem, nodes.Repeat)
    if node is None or not node.span.text.rstrip().endswith("}"):
        return
    for name in _messages(text):
        step = f"send {_channel(text)} {name}"
        edit = inserted(node.span.source, node.span.end - 1, f"{step} ")
        yield Action(f"repeat `{step}`", (edit,), problem=problem)


def _words(text: Text, problem: Diagnostic) -> Actions:
    """A body for an empty message, or the word that it is a draft."""
    for declared in text.scope.own("message").values():
        block = block_of(declared)
        if block is not None and f"`{declared.name}`" in problem.message:
            yield Action("mark it as a draft", (with_line(block, "draft: yes"),), problem=problem)
            yield Action("begin its body", (with_line(block, 'body: "…"'),), problem=problem)


def _answers(text: Text, problem: Diagnostic) -> Actions:
    """`answers:` on each message that a campaign says."""
    model, block = text.understood.model, _block(text, problem, "barrier")
    if model is None or block is None or block.name is None:
        return
    said = (getattr(step, "message", None) for campaign in model.schedule.campaigns for step in campaign.steps)
    for name in [name for name in dict.fromkeys(said) if name][:MOST_CHOICES]:
        message = block_of(text.scope.own("message").get(name))
        if message is not None:
            field = next((item for item in message.items if _is_field(item, "answers")), None)
            edit = (
                inserted(message.span.source, field.values[-1].span.end, f", {block.name.text}")
                if isinstance(field, nodes.Field) and field.values
                else with_line(message, f"answers: {block.name.text}")
            )
            yield Action(f"let `{name}` answer it", (edit,), problem=problem)


def _is_field(item: Any, name: str) -> bool:
    return isinstance(item, nodes.Field) and item.name.text == name


def _somebody(text: Text, problem: Diagnostic) -> Actions:
    """A person in a test, with every attribute that each must have."""
    block, model = found_at(text, problem, nodes.Block), text.understood.model
    if block is None:
        return
    fields = model.schedule.person_fields if model else ()
    needed = [field for field in fields if not field.optional and field.type != "List"]
    samples = "  ".join(f"{field.name}: {sample_of(field)}" for field in needed if sample_of(field))
    edit = with_line(block, f"person somebody {{ {samples} }}" if samples else "person somebody {}")
    yield Action("put somebody in", (edit,), problem=problem)


def _rest_segment(text: Text, problem: Diagnostic) -> Actions:
    """A segment for everybody whom no other takes."""
    taken = text.scope.own("segment")
    name = next(word for word in ("everyone_else", *(f"everyone_else_{n}" for n in range(2, 9))) if word not in taken)
    edit = appended(home_of(text, "segment"), f'segment {name} "Everybody else" {{ where: otherwise }}')
    yield Action(f"add a segment `{name}`", (edit,), problem=problem)


def _starts(text: Text, problem: Diagnostic) -> Actions:
    """The day on which a campaign can start."""
    words = (problem.help or "").split()
    block = _campaign(text, problem)
    day = next((word for word in words if word[:2] == "20"), None)
    if block is not None and day is not None:
        yield Action(f"let it start on {day}", (with_field(block, "starts", day),), problem=problem)


def _campaign(text: Text, problem: Diagnostic) -> nodes.Block | None:
    found = found_at(text, problem, nodes.Block)
    return found if found is not None and found.kind.text == "campaign" else None


def _patience(text: Text, problem: Diagnostic) -> Actions:
    """A longer patience, for the campaign of the step."""
    block, model = _campaign(text, problem), text.understood.model
    if block is None or model is None:
        return
    channel = next((found for found in model.schedule.channels if problem.message.startswith(f"{found.name} ")), None)
    if channel is not None and channel.lead is not None:
        for times in (2, 3):
            longer = _times(channel.lead, times)
            edit = with_field(block, "patience", longer)
            yield Action(f"give the campaign a patience of {longer}", (edit,), problem=problem)


def _times(length: str, times: int) -> str:
    """`3 workdays` twice: `6 workdays`."""
    digits = length[: len(length) - len(length.lstrip("0123456789"))]
    rest = length[len(digits) :]
    return f"{int(digits) * times}{rest + 's' if rest.endswith('workday') else rest}"


def _no_role(text: Text, problem: Diagnostic) -> Actions:
    """The campaign for everybody of its segment."""
    block = _campaign(text, problem)
    field = next((item for item in block.items if _is_field(item, "role")), None) if block else None
    if field is not None:
        yield Action("leave the role out", (Edit(alone(field.span), ""),), problem=problem)


def _ruling(text: Text, problem: Diagnostic) -> Actions:
    """What a rule can rule; or no rule."""
    block = _block(text, problem, "rule")
    if block is not None:
        for line in ("cap: 2 per 7d across all", "forbid: phone", "quiet: 20:00 .. 08:00"):
            yield Action(f"add `{line}`", (with_line(block, line),), problem=problem)
        yield from unused(text, problem)


def _into_first(text: Text, problem: Diagnostic) -> Actions:
    """The lines of a second `fields person` in the first."""
    block = _block(text, problem, "fields")
    first = text.scope.own("fields").get(block.name.text) if block is not None and block.name else None
    target = block_of(first)
    if block is None or target is None or target is block or not target.span.text.endswith("}") or not block.items:
        return
    lines = block.items[0].span.to(block.items[-1].span).text
    line = f"  {lines}\n" if target.span.text.endswith("\n}") else f" {lines} "
    edits = (inserted(target.span.source, target.span.end - 1, line), Edit(whole_lines(block.span), ""))
    yield Action("put its lines into the first one", edits, problem=problem)


def _moved_on(text: Text, problem: Diagnostic) -> Actions:
    """The end of each run as a `move` to a phase that the journey allows."""
    model = text.understood.model
    if model is None:
        return
    ends = [place.span for place in problem.related if place.span.source.path == text.source.path]
    phase = problem.message.rpartition(" in ")[2].split(":")[0]
    targets = [way.target for way in model.schedule.journey.transitions if way.source == phase]
    for target in list(dict.fromkeys(targets))[:MOST_CHOICES]:
        edits = tuple(_end_with(span, f"move {target}") for span in ends)
        yield Action(f"move on to {target}", edits, problem=problem)
    kept = f"repeat every 4w {{ send {_channel(text)} {_messages(text)[0]} }}"
    yield Action("keep in touch", tuple(_end_with(span, kept) for span in ends), problem=problem)


def _end_with(span: Span, step: str) -> Edit:
    if span.text.split()[-1:] == ["stop"]:
        return Edit(Span(span.source, span.end - len("stop"), span.end), step)
    return inserted(span.source, span.end, f" -> {step}")


def _own_cap(text: Text, problem: Diagnostic) -> Actions:
    """`on_cap: skip` on each channel of the plan that the cap holds back."""
    model = text.understood.model
    for place in problem.related if model else ():
        name = place.text.split(" ")[0]
        block = block_of(text.scope.own("channel").get(name))
        if block is not None:
            edit = with_field(block, "on_cap", "skip")
            yield Action(f"let {name} skip what finds no room", (edit,), problem=problem)
    rate = found_at(text, problem, nodes.Field)
    if rate is not None and rate.values and isinstance(rate.values[0], nodes.Frequency):
        frequency = rate.values[0]
        if frequency.duration is not None:
            yield Action("count 7 days", (Edit(frequency.duration.span, "7d"),), problem=problem)


def _room(text: Text, problem: Diagnostic) -> Actions:
    """A week before the step that finds no room."""
    node = found_at(text, problem, nodes.Statement)
    if node is not None and not getattr(node, "arrow", False):
        edit = inserted(text.source, node.span.start, "wait 1w -> ")
        yield Action("wait a week before it", (edit,), problem=problem)


def _after_others(text: Text, problem: Diagnostic) -> Actions:
    """A segment for whom the first one leaves."""
    block, model = _block(text, problem, "segment"), text.understood.model
    first = next((place.text.split("`")[1] for place in problem.related if "`" in place.text), None)
    before = block_of(text.scope.own("segment").get(first)) if first else None
    if block is None or before is None or model is None:
        return
    taken, own = (next((each for each in one.items if _is_field(each, "where")), None) for one in (before, block))
    if isinstance(taken, nodes.Field) and isinstance(own, nodes.Field) and taken.values and own.values:
        rest = f"not ({taken.values[0].span.text}) and ({own.values[0].span.text})"
        yield Action(f"say what `{first}` leaves", (Edit(own.values[0].span, rest),), problem=problem)


def _apart(text: Text, problem: Diagnostic) -> Iterator[Action]:
    """The step in a campaign of its own, at the same place in the grid."""
    node, block = found_at(text, problem, nodes.Statement), _campaign(text, problem)
    if node is None or block is None or block.name is None or not isinstance(node, nodes.Send | nodes.Task):
        return
    fields = [item.span.text for item in block.items if isinstance(item, nodes.Field) and item.name.text != "starts"]
    name = f"{block.name.text}_2"
    lines = "".join(f"  {field}\n" for field in fields)
    campaign = f"campaign {name} {{\n{lines}  flow {{ {node.span.text} }}\n}}"
    gone = whole_lines(node.span) if not getattr(node, "arrow", False) else _with_arrow(node.span)
    yield Action(f"give it a campaign `{name}`", (Edit(gone, ""), appended(text.source, campaign)), problem=problem)


def _with_arrow(span: Span) -> Span:
    before = span.source.text[: span.start].rstrip()
    return Span(span.source, len(before.removesuffix("->").rstrip()), span.end)


def _value(text: Text, problem: Diagnostic) -> Actions:
    """`inbound` as `inbound: yes`."""
    if problem.span is not None:
        for value in ("yes", "no"):
            edit = inserted(text.source, problem.span.end, f": {value}")
            yield Action(f"write `{problem.span.text}: {value}`", (edit,), problem=problem)


def _currency(text: Text, problem: Diagnostic) -> Actions:
    """The currency of the plan behind an amount."""
    for declared in text.scope.own("plan").values():
        items = declared.node.items if isinstance(declared.node, nodes.Block) else ()
        field = next((item for item in items if _is_field(item, "currency")), None)
        if isinstance(field, nodes.Field) and field.values and problem.span is not None:
            currency = field.values[0].span.text.strip('"')
            edit = inserted(text.source, problem.span.end, f" {currency}")
            yield Action(f"add {currency}", (edit,), problem=problem)


PLAN = """plan my_plan "My plan" {
  period:   2027-01-01 .. 2027-12-31
  timezone: "Europe/Copenhagen"
  currency: DKK
  calendar: std.calendars.denmark
  journey:  std.journeys.marketing_grid
}
"""


def _plan(text: Text, problem: Diagnostic) -> Actions:
    """A plan as the first declaration."""
    gap = "\n" if text.source.text.strip() else ""
    yield Action("begin with a plan", (inserted(text.source, 0, f"{PLAN}{gap}"),), problem=problem)


BY_CODE: dict[str, Mend] = {
    "empty-flow": _flow,
    "empty-repeat": _turn,
    "empty-message": _words,
    "unanswered-barrier": _answers,
    "nobody-in-test": _somebody,
    "segment-gap": _rest_segment,
    "early-work": _starts,
    "impatient-lead": _patience,
    "reaches-nobody": _no_role,
    "idle-rule": _ruling,
    "fields-twice": _into_first,
    "falls-silent": _moved_on,
    "impatient-cap": _own_cap,
    "runs-into-cap": _room,
    "segments-overlap": _after_others,
    "send-beside-show": _apart,
    "lone-word": _value,
    "amount-without-currency": _currency,
    "no-plan": _plan,
}
