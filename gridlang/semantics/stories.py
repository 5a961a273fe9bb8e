"""The lines of a test: people with their attributes, what happens, what is expected."""

from __future__ import annotations

from typing import Literal, get_args

from gridlang.diagnostics import Edit, Fix, Related
from gridlang.diagnostics.codes import stories as codes
from gridlang.schedule import model, steps
from gridlang.semantics.context import Here
from gridlang.semantics.coordinates import find_phase
from gridlang.semantics.kinds.base import Bound
from gridlang.semantics.scope import choose, near, write
from gridlang.semantics.typed import RESERVED
from gridlang.semantics.types import Type, in_words
from gridlang.semantics.values import clock, describe, same_currency
from gridlang.syntax import nodes

Verb = Literal["send", "task", "move", "skip", "notify", "no"]
REASONS = ("consent", "address", "cap", "patience", "holdout", "period_over")
"""Why a contact may be skipped (R28)."""


# --- people ----------------------------------------------------------------------------------------------------------


def values_of(person: Bound) -> dict[str, str]:
    """The attributes of somebody, written as in a file of persons; what is wrong is said and left out."""
    values: dict[str, str] = {}
    for name, (field, here) in person.fields.items():
        type = _type_of(name, here)
        if type is None:
            known = [*here.context.person_fields, *here.context.account_fields, *RESERVED]
            meant, listed = near(name, known), ", ".join(here.context.person_fields)
            fixes = write(field.name.span, meant)
            here.complain(codes.UNKNOWN_ATTRIBUTE.at(field.name.span, name=name, near=meant, known=listed, fixes=fixes))
            continue
        there = here.within(name)
        written = [_written(value, type, there) for value in field.values]
        if None not in written:
            values[name] = ";".join(text for text in written if text is not None)
    _missing(person)
    return values


def _missing(person: Bound) -> None:
    needed = [
        field
        for field in person.context.person_fields.values()
        if not field.optional and field.type != "List" and field.name not in person.fields
    ]
    if needed:
        names = " and no ".join(f"`{field.name}`" for field in needed)
        first = needed[0]
        person.here.complain(
            codes.MISSING_ATTRIBUTE.at(
                person.span,
                person=person.name,
                names=names,
                first=first.name,
                type=first.type,
                fixes=_giving(person, needed),
                related=(Related(person.context.places.spans[first.place], f"`{first.name}` is declared here"),),
            )
        )


def _giving(person: Bound, needed: list[model.Field]) -> tuple[Fix, ...]:
    """Values for what somebody lacks, as the first ones between the braces."""
    samples = [sample_of(field) for field in needed]
    if None in samples or not person.node.span.text.endswith("}"):
        return ()
    lines = "  ".join(f"{field.name}: {sample}" for field, sample in zip(needed, samples, strict=True))
    brace = person.node.span.source.text.index("{", person.node.header.end) + 1
    return (Fix(f"add `{lines}`", (Edit(person.node.span.within(brace, brace), f" {lines} "),)),)


_SAMPLES = {
    "Text": '"…"',
    "Int": "1",
    "Decimal": "1.0",
    "Percent": "10%",
    "Bool": "yes",
    "Date": "2027-01-01",
    "DateTime": "2027-01-01 09:00",
    "Time": "09:00",
    "Duration": "1d",
}


def sample_of(field: model.Field) -> str | None:
    """A value that an attribute can have, for its author to change; None where nobody can guess one."""
    return f'"{field.options[0]}"' if field.options else _SAMPLES.get(field.type)


def _type_of(name: str, here: Here) -> Type | None:
    field = here.context.person_fields.get(name) or here.context.account_fields.get(name)
    return Type.of_field(field) if field else RESERVED.get(name)


def _written(value: nodes.Expression, type: Type, here: Here) -> str | None:
    """A value as a file of persons writes it; None after saying why it is none of this type."""
    text = _text(value, type, here)
    if text is None or (type.options and text not in type.options):
        hint = f"it is one of: {', '.join(type.options)}" if type.options else f"write {in_words(type)}"
        quoted = [f'"{value.span.text}"'] if type.name == "Text" and not isinstance(value, nodes.Text) else []
        fixes = choose(value.span, [f'"{option}"' for option in type.options] or quoted)
        here.complain(
            codes.WRONG_ATTRIBUTE.at(
                value.span, name=here.field, type=in_words(type), found=describe(value), hint=hint, fixes=fixes
            )
        )
        return None
    return text


def _text(value: nodes.Expression, type: Type, here: Here) -> str | None:  # noqa: C901 (one case a type)
    of = type.of if type.of and type.of != "Text" else None
    if of is not None and isinstance(value, nodes.Reference):
        found = here.find(of, value)
        return found.canonical if found else ""
    match type.name, value:
        case (("Text" | "List"), nodes.Text()) if of is None:
            return value.value
        case "Text", nodes.Reference() if of is None and here.field in RESERVED:
            return value.text
        case "Int", nodes.Number() if not value.percent and isinstance(value.value, int):
            return str(value.value)
        case "Decimal", nodes.Number() if not value.percent:
            return str(value.value)
        case "Percent", nodes.Number() if value.percent:
            return str(value.value)
        case "Bool", nodes.Reference() if value.text in ("yes", "no", "true", "false"):
            return value.text
        case "Money", nodes.Amount():
            return str(value.value) if same_currency(value.value, value, here) else ""
        case "Date", nodes.Date():
            return value.value.isoformat()
        case "Date", nodes.Moment() if here.field == "since":
            return value.value.isoformat()
        case "DateTime", nodes.Moment():
            return value.value.isoformat()
        case "Time", nodes.Time():
            return clock(value)
        case "Duration", nodes.Length():
            return str(value.value)
        case _:
            return None


def _person(reference: nodes.Reference, names: list[str], here: Here) -> str | None:
    if reference.text in names:
        return reference.text
    meant = near(reference.text, names)
    hint = f"did you mean `{meant}`?" if meant else f"in it are: {', '.join(names) or 'nobody yet'}"
    fixes = write(reference.span, meant)
    here.complain(codes.UNKNOWN_PERSON.at(reference.span, name=reference.text, hint=hint, fixes=fixes))
    return None


# --- what happens ----------------------------------------------------------------------------------------------------


def happening(step: nodes.Happens, names: list[str], here: Here) -> model.StoryEvent | None:
    """`on MOMENT PERSON EVENT`, or `on MOMENT PERSON answers OUTCOME to STEP`."""
    person = _person(step.person, names, here)
    at, place = step.at.value.isoformat(), here.place(step.span)
    if step.step is not None:
        answer = _answer(step.event, step.step, here)
        if person is None or answer is None:
            return None
        return model.StoryEvent(at=at, person=person, outcome=answer[0], step=answer[1], place=place)
    event = here.find("event", step.event)
    if person is None or event is None:
        return None
    values = _payload(step, event.canonical, here)
    return model.StoryEvent(at=at, person=person, event=event.canonical, values=values, place=place)


def _payload(step: nodes.Happens, event: str, here: Here) -> dict[str, str]:
    fields = {field.name: field for field in carried(here, event)}
    values: dict[str, str] = {}
    for argument in step.arguments:
        name = argument.name.text if argument.name else ""
        if name not in fields:
            known = ", ".join(fields) or "nothing"
            meant = near(name, fields)
            fixes = write(argument.name.span, meant) if argument.name else ()
            here.complain(codes.UNKNOWN_ATTRIBUTE.at(argument.span, name=name, near=meant, known=known, fixes=fixes))
            continue
        text = _written(argument.value, Type.of_field(fields[name]), here.within(name))
        if text is not None:
            values[name] = text
    return values


def carried(here: Here, event: str) -> tuple[model.Field, ...]:
    """What an event carries, with what the events it starts from do."""
    events = here.context.events
    names = (event, *events[event].ancestors) if event in events else ()
    return tuple(field for name in names if name in events for field in events[name].carries)


def _answer(outcome: nodes.Reference, step: nodes.Reference, here: Here) -> tuple[str, str] | None:
    tasks = {
        name: (found, f"{campaign.name}.{found.id}" if "." in name else name)
        for campaign in here.context.campaigns
        for found in campaign.steps
        if isinstance(found, steps.Task)
        for name in _spelled(campaign.name, found)
    }
    found, name = tasks.get(step.text, (None, step.text))
    if found is None:
        known = ", ".join(name for name in tasks if "." not in name)
        meant = near(step.text, tasks)
        fixes = write(step.span, meant) or choose(step.span, [name for name in tasks if "." not in name])
        here.complain(codes.UNKNOWN_STEP.at(step.span, name=step.text, near=meant, known=known, fixes=fixes))
        return None
    outcomes = [name for arm in found.arms for name in arm.outcomes]
    event = here.context.scope.find("event", tuple(part.text for part in outcome.parts), here.home)
    answer = event.canonical if event else outcome.text
    if found.arms and answer not in outcomes:
        known = ", ".join(outcomes)
        meant = near(outcome.text, outcomes)
        here.complain(
            codes.UNKNOWN_OUTCOME.at(
                outcome.span,
                step=step.text,
                name=outcome.text,
                near=meant,
                known=known,
                related=(Related(here.context.places.spans[found.place], "the task"),),
                fixes=write(outcome.span, meant) or choose(outcome.span, outcomes),
            )
        )
        return None
    return answer, name


def _spelled(campaign: str, task: steps.Task) -> tuple[str, ...]:
    """How a test may name a task: by its label, with the campaign before it, and in a flow with its `run`:
    `close.first_round.ring`."""
    name = task.label or task.id
    inside = (f"{campaign}.{task.id.replace('/', '.')}",) if "/" in task.id else ()
    return (name, f"{campaign}.{name}", *inside)


# --- what is expected ------------------------------------------------------------------------------------------------

_SHAPES = {
    "send": ("takes a channel and a message", "expect send email hello to per"),
    "task": ("takes a channel and a message", "expect task phone book_meeting to per by sales_desk"),
    "move": ("takes a phase", "expect move sale"),
    "skip": ("takes a channel, and a message if you like", "expect skip email hello to per because consent"),
    "notify": ("takes a team", "expect notify sales_desk"),
    "no": ("takes a channel, and a message if you like", "expect no phone to per before 2027-02-08 10:00"),
}


def expectation(step: nodes.Expect, names: list[str], here: Here) -> model.Expectation | None:
    """One `expect` line, its names looked up."""
    verb = next((verb for verb in get_args(Verb) if verb == step.verb.text), None)
    if verb is None:
        here.complain(
            codes.EXPECTED_WHAT.at(
                step.span,
                verb=step.verb.text,
                shape="is no verb of a test",
                example=_SHAPES["send"][1],
                fixes=choose(step.span, _examples(step, "send", here)),
            )
        )
        return None
    words = _words(step, verb, here)
    person = _person(step.person, names, here) if step.person else None
    team = here.find("team", step.team) if step.team else None
    because = _reason(step, here)
    failed = (step.person and person is None) or (step.team and team is None) or (step.because and because is None)
    if words is None or failed:
        return None
    return model.Expectation(
        verb=verb,
        place=here.place(step.span),
        person=person,
        team=words.pop("team", None) or (team.canonical if team else None),
        because=because,
        at=step.at.value.isoformat() if step.at else None,
        after=step.after.value.isoformat() if step.after else None,
        before=step.before.value.isoformat() if step.before else None,
        **words,
    )


def _examples(step: nodes.Expect, verb: Verb, here: Here) -> list[str]:
    """The line with as many words as it takes, those that stand there kept: of the channels and messages in use."""
    if verb in ("move", "notify"):
        known = list(here.context.phases) if verb == "move" else list(here.context.scope.own("team"))
        return [f"expect {verb} {name}" for name in known[:5]]
    channel = step.words[0].text if step.words else "email"
    messages = list(here.context.scope.own("message"))[:5]
    rest = f" to {step.person.text}" if step.person else ""
    return [f"expect {verb} {channel} {message}{rest}" for message in messages]


def _reason(step: nodes.Expect, here: Here) -> str | None:
    if step.because is None or step.because.text in REASONS:
        return step.because.text if step.because else None
    name = step.because.text
    meant, listed = near(name, REASONS), ", ".join(REASONS)
    fixes = write(step.because.span, meant)
    here.complain(codes.UNKNOWN_REASON.at(step.because.span, name=name, near=meant, known=listed, fixes=fixes))
    return None


def _words(step: nodes.Expect, verb: Verb, here: Here) -> dict[str, str] | None:
    """The channel and message, the phase or the team that a line names."""
    shape, example = _SHAPES[verb]
    kinds = {"move": ("phase",), "notify": ("team",)}.get(verb, ("channel", "message"))
    least = 2 if verb in ("send",) else 1
    if not least <= len(step.words) <= len(kinds):
        fixes = choose(step.span, _examples(step, verb, here))
        here.complain(codes.EXPECTED_WHAT.at(step.span, verb=verb, shape=shape, example=example, fixes=fixes))
        return None
    found: dict[str, str] = {}
    for kind, word in zip(kinds, step.words, strict=False):
        if kind == "phase":
            name = find_phase(word, here.within("move"))
        else:
            declared = here.find(kind, word)
            name = declared.canonical if declared else None
        if name is None:
            return None
        found[kind] = name
    return found
