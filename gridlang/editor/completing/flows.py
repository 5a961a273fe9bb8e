"""What fits in a flow: verbs, what each verb takes, labels behind an arrow, the arms of a diamond."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gridlang.editor.completing import snippets, values
from gridlang.editor.completing.desk import Desk, samples, symbols, words
from gridlang.editor.completing.offer import Kind as Icon
from gridlang.editor.completing.offer import Offer, Offers, escaped
from gridlang.editor.completing.spot import VERBS, is_sign, labels_written
from gridlang.editor.index.names import field_of, holder_of, labels_of, lineage, parameters_of, steps_of
from gridlang.editor.index.path import declaration_at
from gridlang.editor.index.symbols import Symbol
from gridlang.editor.index.walk_flows import taken_by
from gridlang.quantities import WEEKDAYS
from gridlang.syntax import nodes
from gridlang.syntax.tables import tables

_CLAUSES = ("AT", "FOR", "ELSE", "OR", "BY", "DUE", "WITHIN", "OF", "BUDGET", "MAX", "TIMES", "ON", "FROM", "EVERY")
_PARTS = (*_CLAUSES, "UNTIL", "ACCOUNT")
_LENGTHS = ("2d", "1w", "30d", "2 workdays")


def in_flow(desk: Desk) -> Offers:
    """In the braces of a flow, of a diamond, or of an arm."""
    frame, sign = desk.spot.frame, desk.spot.sign
    verb = frame.verb if frame else None
    arms = verb in ("ask", "choose", "split", "task")
    statement = _statement(desk)
    if arms and not any(is_sign(value, "->") for value in desk.spot.pending):
        yield from _condition(desk, str(verb))
        if not desk.spot.pending:
            yield from missing_arms(desk)
        return
    if sign == "->":
        yield from _steps(desk)
        yield from values.labels(_labels(desk))
        return
    if statement:
        yield from _of_statement(desk, statement)
    if arms:
        if _ended(desk):
            yield from _condition(desk, str(verb))
            yield from missing_arms(desk)
    elif not desk.spot.pending or _ended(desk):
        yield from _steps(desk)


def _ended(desk: Desk) -> bool:
    """Whether the step before the place can be complete."""
    return "RBRACE" in desk.spot.accepted and desk.spot.sign in (None, "stop")


def _statement(desk: Desk) -> list[Any]:
    """What stands since the last verb."""
    pending = list(desk.spot.pending)
    for at in range(len(pending) - 1, -1, -1):
        if is_sign(pending[at], "->"):
            return []
        if is_sign(pending[at], *VERBS):
            return pending[at:]
    return []


def _steps(desk: Desk) -> Offers:
    onward = [offer.label for offer in _phases(desk)]
    for word, snippet in snippets.STEPS.items():
        if word == "move" and onward:
            snippet = f"move ${{1|{','.join(onward)}|}}"
        yield Offer(label=word, kind=Icon.Keyword, detail="step", snippet=snippet, rank=4)


def _of_statement(desk: Desk, statement: list[Any]) -> Offers:
    verb, sign = statement[0].text, desk.spot.sign
    if sign is not None:
        yield from _behind(desk, verb, sign)
        return
    named = [value for value in statement[1:] if isinstance(value, nodes.Name | nodes.Reference | nodes.Text)]
    clauses = [value for value in statement[1:] if value.__class__ is list and value]
    signs = [value.text for value in statement[1:] if is_sign(value, "or", "by", "due", "at", "for", "else")]
    wants = verb in ("send", "show", "task") and not clauses and not set(signs) - {"or"}
    if wants and len(named) == 1 + signs.count("or"):
        yield from desk.declared("message", rank=1)
        yield from _parameters(desk, "message")
    if isinstance(statement[-1], nodes.Text) or verb != "stop":
        spelled = tables().signs
        yield from words((spelled[kind] for kind in _PARTS if kind in desk.spot.accepted), rank=3)


def _behind(desk: Desk, verb: str, sign: str) -> Offers:
    """What fits behind a keyword of a step."""
    match sign:
        case "send" | "show" | "task" | "or":
            yield from _channels(desk, verb)
            yield from _parameters(desk, "channel")
        case "by" | "notify":
            yield from desk.declared("team", rank=1)
            yield from _parameters(desk, "team")
        case "move":
            yield from _phases(desk)
        case "run":
            yield from _flows(desk)
        case "of":
            yield from desk.declared("role")
            yield from words(("account",)) if verb == "ask" else ()
        case "until":
            yield from words(WEEKDAYS)
            yield from symbols(desk.names.days.values(), 2)
            yield from desk.attributes()
        case "else":
            yield from values.labels(_labels(desk))
        case _:
            yield from _lengths(desk, verb, sign)


def _lengths(desk: Desk, verb: str, sign: str) -> Offers:
    """Durations, times and what else is a value behind a keyword."""
    match sign:
        case "for" if verb == "wait":
            yield from desk.events(_used(desk))
        case "wait":
            yield from samples(_LENGTHS)
            yield from words(("until", "for"))
        case "for" | "due" | "within" | "every":
            yield from samples(_LENGTHS)
            yield from desk.declared("let", rank=5)
        case "at":
            yield from samples(("09:00", "10:00", "17:00"))
        case "on":
            yield from words(WEEKDAYS)
        case "repeat":
            yield from words(("every",))
        case "(" | ",":
            yield from _arguments(desk)
        case _:
            return


def _channels(desk: Desk, verb: str) -> Offers:
    """Channels; first those that reach whom the verb speaks to."""
    mass = verb == "show"
    for offer in desk.declared("channel", rank=1):
        found = desk.text.scope.find("channel", tuple(offer.label.split(".")), desk.home)
        reaches = _reaches(desk, found) if found else set()
        fits = bool(reaches & {"mass", "audience"}) if mass else not reaches or bool(reaches & {"person", "audience"})
        yield Offer(
            label=offer.label,
            kind=offer.kind,
            detail=offer.detail,
            doc=offer.doc,
            rank=offer.rank if fits else offer.rank + 5,
        )


def _reaches(desk: Desk, channel: Any) -> set[str]:
    from gridlang.editor.index.names import lineage

    for layer in lineage(desk.text.scope, channel):
        field = field_of(layer.node, "reach") if isinstance(layer.node, nodes.Block) else None
        if field is not None:
            return {value.text for value in field.values if isinstance(value, nodes.Reference)}
    return set()


def _phases(desk: Desk) -> Offers:
    """The phases that the journey lets an account move to from those of the campaign; all, when none is known."""
    legal = set(legal_moves(desk))
    for symbol in desk.names.phases.values():
        if not legal or symbol.name in legal:
            yield from symbols((symbol,), 1)


def legal_moves(desk: Desk) -> Iterator[str]:
    """Where the journey's arrows lead from the phases of the campaign around the place."""
    here = _phases_here(desk)
    for edge in _edges(desk):
        if here & {source.text for source in edge.sources}:
            yield from (target.text for target in edge.targets)


def decided(desk: Desk) -> set[str]:
    """The events on which the journey itself takes the account from each phase of the campaign: no arm is taken."""
    here = _phases_here(desk)
    left: dict[str, set[str]] = {}
    for edge in _edges(desk) if here else ():
        for label in edge.labels:
            left.setdefault(label.parts[-1].text, set()).update(source.text for source in edge.sources)
    visible = desk.text.scope.visible("event", desk.home)
    return {
        spelled
        for spelled, found in visible.items()
        if here and here <= {phase for each in lineage(desk.text.scope, found) for phase in left.get(each.name, ())}
    }


def _edges(desk: Desk) -> Iterator[nodes.Edge]:
    """The arrows of the plan's journey, those of what it starts from among them."""
    for declared in desk.names.of_plan("journey"):
        for item in declared.node.items if isinstance(declared.node, nodes.Block) else ():
            if isinstance(item, nodes.Edge):
                yield item


def _phases_here(desk: Desk) -> set[str]:
    """What the campaign around the place says of its phases."""
    outer = desk.spot.frames[0] if desk.spot.frames else None
    own = next(
        (
            item
            for item in (outer.inside if outer else ())
            if isinstance(item, nodes.Field) and item.name.text == "phase"
        ),
        None,
    )
    return {value.text for value in own.values if isinstance(value, nodes.Reference)} if own else set()


def _flows(desk: Desk) -> Offers:
    for spelled, found in desk.text.scope.visible("flow", desk.home).items():
        if not isinstance(found.node, nodes.FlowDeclaration):
            continue
        needed = [parameter for parameter in found.node.parameters if parameter.default is None]
        inner = ", ".join(f"${{{number}:{escaped(each.name.text)}}}" for number, each in enumerate(needed, 1))
        shape = ", ".join(" ".join(each.span.text.split()) for each in found.node.parameters)
        yield Offer(
            label=spelled,
            kind=Icon.Function,
            detail=f"({shape})",
            doc=found.node.doc,
            snippet=f"{spelled}({inner})" if needed else spelled,
            rank=1,
        )


def _arguments(desk: Desk) -> Offers:
    """What a `run` can give: parameters by name, and for the one at the place what it takes."""
    statement = _statement(desk)
    named = next((value for value in statement if isinstance(value, nodes.Reference)), None)
    if named is None:
        return
    found = desk.text.scope.find("flow", tuple(part.text for part in named.parts), desk.home)
    parameters = list(parameters_of(found.node, holder_of(found)).values()) if found else []
    position = sum(is_sign(value, ",") for value in statement)
    for symbol in parameters:
        yield Offer(
            label=f"{symbol.name}:",
            kind=Icon.Property,
            detail=symbol.node.type.span.text,
            snippet=f"{symbol.name}: ",
            rank=4,
        )
    if position < len(parameters):
        for kind in taken_by(parameters[position].node):
            yield from desk.declared(kind)


def _parameters(desk: Desk, kind: str) -> Offers:
    """The parameters of the flow around the place that stand for something of a kind."""
    node = declaration_at(desk.text.file, desk.spot.place.start)
    if isinstance(node, nodes.FlowDeclaration):
        for symbol in parameters_of(node, "").values():
            if kind in taken_by(symbol.node):
                yield Offer(label=symbol.name, kind=Icon.Variable, detail=symbol.node.span.text, rank=1)


def _labels(desk: Desk) -> dict[str, Symbol]:
    """The labels of the flow around the place, also behind it, and those that only the broken text before it has."""
    node = declaration_at(desk.text.file, desk.spot.place.start)
    known = labels_of(node, "") if node is not None else {}
    for step in _before(desk):
        if step.label is not None:
            known.setdefault(step.label.text, Symbol("label", step.label.text, "", step.label.span, step))
    for name in labels_written(desk.spot.source, desk.spot.place.start):
        known.setdefault(name.text, Symbol("label", name.text, "", name.span, name))
    return known


def _before(desk: Desk) -> Iterator[nodes.Statement]:
    """The steps before the place, in all open flows."""
    for frame in desk.spot.frames:
        for item in (*frame.header, *frame.inside):
            yield from _steps_in(item)
    for item in desk.spot.pending:
        yield from _steps_in(item)


def _steps_in(item: object) -> Iterator[nodes.Statement]:
    if isinstance(item, nodes.Arm):
        yield from steps_of(item.flow)
    elif isinstance(item, nodes.Statement):
        yield from steps_of(nodes.Flow((item,), item.span))


def _used(desk: Desk) -> set[str]:
    """The channels on which something was sent before the place."""
    found: set[str] = set()
    for step in _before(desk):
        if isinstance(step, nodes.Send):
            found |= {channel.text for channel in step.channels}
        elif isinstance(step, nodes.Show | nodes.Task):
            found.add(step.channel.text)
    frame = desk.spot.frame
    if frame is not None and frame.verb == "task":
        names = [value for value in frame.header if isinstance(value, nodes.Reference)]
        found |= {names[0].text} if names else set()
    return found


def _condition(desk: Desk, verb: str) -> Offers:
    """What the next arm of a diamond can ask."""
    taken = set(_taken(desk))
    match verb:
        case "ask":
            yield from desk.events(_used(desk), but=taken)
            yield from words({"nothing"} - taken, rank=1, detail="nobody answers in time")
        case "task":
            yield from desk.events(_used(desk), but=taken)
            yield from words({"no_answer", "overdue"} - taken, rank=3)
        case "choose":
            yield from values.condition(desk, ("attribute", "let"))
            yield from words({"otherwise"} - taken, rank=1)
        case _:
            yield from samples(("50%", "10%"))


def _taken(desk: Desk) -> Iterator[str]:
    """The conditions that have an arm already, also behind the place."""
    frame = desk.spot.frame
    for arm in frame.inside if frame else ():
        if isinstance(arm, nodes.Arm):
            yield from (condition.span.text for condition in arm.conditions)
    for value in desk.spot.pending:
        if is_sign(value, "->"):
            return
        if isinstance(value, nodes.Reference | nodes.Name):
            yield value.text


def missing_arms(desk: Desk) -> Offers:
    """All arms of an `ask` or a `choose` that are not there yet, as one proposal."""
    frame = desk.spot.frame
    verb, taken = frame.verb if frame else None, set(_taken(desk))
    if verb == "choose" and "otherwise" not in taken:
        yield Offer(
            label="the missing arm", kind=Icon.Snippet, detail="otherwise", snippet="otherwise -> ${1:stop}", rank=0
        )
    if verb != "ask":
        return
    missing = [*desk.answers(_used(desk), taken | decided(desk)), *({"nothing"} - taken)]
    if missing:
        lines = [f"{name} -> ${{{number}:stop}}" for number, name in enumerate(missing, 1)]
        yield Offer(
            label="the missing arms", kind=Icon.Snippet, detail=", ".join(missing), snippet="\n".join(lines), rank=0
        )
