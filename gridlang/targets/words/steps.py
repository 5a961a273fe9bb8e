"""Steps, arrows and starts of a flow in words."""

from __future__ import annotations

from typing import assert_never

from gridlang.schedule.expressions import Value
from gridlang.schedule.model import Campaign
from gridlang.schedule.steps import (
    Ask,
    Choose,
    EventArm,
    Jump,
    Move,
    Notify,
    OutcomeArm,
    PredicateArm,
    Repeat,
    Send,
    ShareArm,
    Show,
    Split,
    Step,
    Stop,
    Task,
    Wait,
    WaitFor,
    WaitUntil,
)
from gridlang.targets.views.flow import (
    Afterwards,
    Again,
    Done,
    Meaning,
    Nothing,
    Otherwise,
    Overdue,
    Skipped,
    Then,
    Times,
    Turn,
)
from gridlang.targets.words import phrase, quantities
from gridlang.targets.words.names import Names
from gridlang.targets.words.predicates import predicate, quoted, term


def title(names: Names, step: Step) -> str:
    """What a step is about: the message, the question, the time to wait."""
    match step:
        case Send() | Show() | Task() | Notify():
            return _about(names, step)
        case Wait() | WaitUntil() | WaitFor() | Repeat():
            return _timing(names, step)
        case Ask() | Choose() | Split():
            return step.question
        case Move():
            return names.phase(step.phase)
        case Stop():
            return names.words.say("Stop")
        case Jump():
            return names.words.say("At most %(times)s times", times=names.words.number(step.times))
        case _:
            assert_never(step)


def _about(names: Names, step: Send | Show | Task | Notify) -> str:
    if isinstance(step, Notify):
        return step.text
    if isinstance(step, Task) and step.message is None:
        return names.channel(step.channel)
    return names.message(step.message or "")


def _timing(names: Names, step: Wait | WaitUntil | WaitFor | Repeat) -> str:
    match step:
        case Wait():
            return names.words.say("Wait %(duration)s", duration=quantities.duration(names.words, step.duration))
        case WaitUntil():
            return _wait_until(names, step)
        case WaitFor():
            return names.words.say("Wait for %(event)s", event=quoted(names, names.event(step.event)))
        case Repeat():
            return _series(names, step)
        case _:
            assert_never(step)


def details(names: Names, step: Step) -> tuple[str, ...]:
    """How it is done: by which channel, when, by whom, for how long. One short text a line."""
    say, words = names.words.say, names.words
    match step:
        case Send():
            return tuple(_sending(names, step))
        case Show():
            lines = (names.channel(step.channel), quantities.duration(words, step.duration))
            return (*lines, quantities.money(words, step.budget)) if step.budget else lines
        case Task():
            due = say("within %(duration)s", duration=quantities.duration(words, step.due))
            return (names.channel(step.channel), say("by %(team)s", team=names.team(step.team)), due)
        case WaitFor():
            within = say("at most %(duration)s", duration=quantities.duration(words, step.within))
            return (say("from %(role)s", role=names.role(step.role)), within) if step.role else (within,)
        case Ask():
            within = say("within %(duration)s", duration=quantities.duration(words, step.within))
            return (say("anybody in the account"), within) if step.of_account else (within,)
        case Notify():
            return (names.team(step.team),)
        case Wait() | WaitUntil() | Choose() | Split() | Repeat() | Move() | Stop() | Jump():
            return ()
        case _:
            assert_never(step)


def _sending(names: Names, send: Send) -> list[str]:
    say, words = names.words.say, names.words
    lines = [words.either(names.channel(channel) for channel in send.channels)]
    if send.at:
        lines.append(say("at %(time)s", time=quantities.clock(words, send.at)))
    if send.duration:
        lines.append(say("for %(duration)s", duration=quantities.duration(words, send.duration)))
    return lines


def _wait_until(names: Names, step: WaitUntil) -> str:
    say, words = names.words.say, names.words
    if step.weekday is not None:
        until = words.weekday(step.weekday)
    elif step.when is not None:
        until = term(names, step.when)
    else:
        until = words.either(quantities.date(words, day, "medium") for day in step.days[:3])
        until += "…" if len(step.days) > 3 else ""
    if step.at:
        return say("Wait until %(day)s at %(time)s", day=until, time=quantities.clock(words, step.at))
    return say("Wait until %(day)s", day=until)


def _series(names: Names, step: Repeat) -> str:
    """`Hver 2. uge · tirsdag · kl. 10.00 · fra 5. januar 2027`."""
    say, words = names.words.say, names.words
    parts = [quantities.every(words, step.every)]
    if step.weekday is not None:
        parts.append(words.weekday(step.weekday))
    if step.at:
        parts.append(say("at %(time)s", time=quantities.clock(words, step.at)))
    if step.start:
        parts.append(say("from %(date)s", date=quantities.date(words, step.start, "medium")))
    said = " · ".join(parts)
    return said[:1].upper() + said[1:]


KINDS = {
    "send": phrase("Message"),
    "show": phrase("Flight"),
    "task": phrase("Task"),
    "wait": phrase("Wait"),
    "wait_until": phrase("Wait"),
    "wait_for": phrase("Wait"),
    "ask": phrase("Question"),
    "choose": phrase("Choice"),
    "split": phrase("Share"),
    "repeat": phrase("Series"),
    "move": phrase("Move"),
    "stop": phrase("Stop"),
    "notify": phrase("Notice"),
    "jump": phrase("Counted arrow"),
}


def kind(names: Names, step: Step) -> str:
    """What sort of step it is, in one or two words."""
    return names.words.say(KINDS[step.verb])


def meaning(names: Names, of: Meaning) -> str:
    """What an arrow says; nothing for the string between two pearls."""
    say = names.words.say
    match of:
        case Then():
            return ""
        case EventArm():
            return names.words.either(names.event(event) for event in of.events)
        case OutcomeArm():
            return names.words.either(names.outcome(outcome) for outcome in of.outcomes)
        case PredicateArm():
            return predicate(names, of.when)
        case ShareArm():
            return quantities.share(names.words, of.share)
        case Times():
            return say("again, at most %(times)s times", times=names.words.number(of.times))
        case _:
            return _plain_meaning(names, of)


def _plain_meaning(names: Names, of: Nothing | Otherwise | Overdue | Skipped | Done | Afterwards | Turn | Again) -> str:
    say = names.words.say
    match of:
        case Nothing():
            return say("no answer in time")
        case Otherwise():
            return say("otherwise")
        case Overdue():
            return say("overdue")
        case Skipped():
            return say("cannot be reached")
        case Done():
            return say("done")
        case Afterwards():
            return say("after that")
        case Turn():
            return say("each time")
        case Again():
            return say("next time")
        case _:
            assert_never(of)


def starts(names: Names, campaign: Campaign) -> str:
    """When a run begins."""
    say = names.words.say
    begins = campaign.starts
    if begins is None:
        return say("Start of the period") if campaign.mass else _entering(names, campaign)
    if begins.event is not None:
        said = say("On %(event)s", event=quoted(names, names.event(begins.event)))
    elif begins.date is not None:
        said = term(names, begins.date)
    else:
        said = _entering(names, campaign)
    if begins.until is not None:
        return say("%(start)s, not after %(end)s", start=said, end=term(names, begins.until))
    return said[:1].upper() + said[1:] if not isinstance(begins.date, Value) else said


def _entering(names: Names, campaign: Campaign) -> str:
    """R6, by the phases that the campaign names; a relation is reached in the middle of a phase."""
    say = names.words.say
    if campaign.relations:
        return say("When somebody belongs here")
    if len(campaign.phases) == 1:
        return say("When somebody enters this phase")
    return say("When somebody enters one of these phases") if campaign.phases else say("When somebody belongs here")
