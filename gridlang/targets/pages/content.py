"""What is said: messages with what they answer and wake, and who answers each barrier and need."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from gridlang.schedule.model import Barrier, Message, Need, Wording
from gridlang.schedule.steps import Send, Show, Task
from gridlang.targets.pages.told import Chip, Context, MarkView, Where
from gridlang.targets.views.anchors import anchor


@attrs.frozen(kw_only=True)
class WordingView:
    """A text in one language: its label (`Subject`, `Text`, `Script`) and the template as written."""

    language: str
    parts: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class MessageView:
    """A message with where it is used."""

    title: str
    anchor: str
    doc: str | None
    draft: bool
    marks: tuple[MarkView, ...]
    answers: tuple[str, ...]
    wakes: tuple[str, ...]
    used: tuple[Chip, ...]
    wordings: tuple[WordingView, ...]
    where: Where


@attrs.frozen(kw_only=True)
class NotionView:
    """A need or a barrier with the messages that wake or answer it."""

    title: str
    kind: str
    doc: str | None
    phases: tuple[Chip, ...]
    """Where it is felt: by the journey, or by a map."""
    messages: tuple[tuple[str, str], ...]
    """Title and anchor."""
    where: Where


@attrs.frozen(kw_only=True)
class StateRow:
    """A message, and its state in each language: `written`, `draft`, `missing` (said in the words for everybody, or
    made outside the plan) or `silent`, where it has no words and needs some; in words and as a style."""

    title: str
    link: str
    states: tuple[tuple[str, str], ...]


@attrs.frozen
class StateTable:
    """Messages by language; the first column is for everybody who has no words of their own."""

    languages: tuple[str, ...]
    rows: tuple[StateRow, ...]


def messages(told: Context) -> tuple[MessageView, ...]:
    """In order of declaration."""
    return tuple(_message(told, message) for message in told.schedule.messages)


def _message(told: Context, message: Message) -> MessageView:
    used, channels = _use(told, message.name)
    return MessageView(
        title=told.names.label(message),
        anchor=anchor("message", message.name),
        doc=told.doc(message),
        draft=message.draft,
        marks=tuple(told.mark(channel) for channel in channels),
        answers=tuple(told.names.need(barrier) for barrier in message.answers),
        wakes=tuple(told.names.need(need) for need in message.wakes),
        used=used,
        wordings=tuple(_wordings(told, message)),
        where=told.where(message.place),
    )


def _use(told: Context, message: str) -> tuple[tuple[Chip, ...], tuple[str, ...]]:
    """The campaigns that say it, and the channels they say it by."""
    chips: dict[Chip, None] = {}
    channels: dict[str, None] = {}
    for campaign in told.schedule.campaigns:
        for step in campaign.steps:
            if isinstance(step, Send | Show | Task) and step.message == message:
                chips[told.campaign(campaign)] = None
                used = step.channels if isinstance(step, Send) else (step.channel,)
                channels.update(dict.fromkeys(used))
    return tuple(chips), tuple(channels)


def _wordings(told: Context, message: Message) -> Iterable[WordingView]:
    say = told.words.say
    for language, wording in (("", message.wording), *message.languages.items()):
        said = parts(told, wording)
        if said:
            name = told.words.locale.languages.get(language, language) if language else say("All languages")
            yield WordingView(language=str(name) if message.languages else "", parts=said)


def parts(told: Context, wording: Wording) -> tuple[tuple[str, str], ...]:
    """The texts of a wording with their labels."""
    say = told.words.say
    labelled = ((say("Subject"), wording.subject), (say("Text"), wording.body), (say("Script"), wording.script))
    return tuple((label, text) for label, text in labelled if text)


def states(told: Context) -> StateTable:
    """Every message in every language that any of them has."""
    every = told.schedule.messages
    languages = tuple(sorted({language for message in every for language in message.languages}))
    return StateTable(
        (told.words.say("All languages"), *(_language(told, language) for language in languages)),
        tuple(
            StateRow(
                title=told.names.label(message),
                link=anchor("message", message.name),
                states=tuple(_state(told, message, language) for language in ("", *languages)),
            )
            for message in every
        ),
    )


def _language(told: Context, language: str) -> str:
    name = str(told.words.locale.languages.get(language, language))
    return name[:1].upper() + name[1:]


def _state(told: Context, message: Message, language: str) -> tuple[str, str]:
    say = told.words.say
    wording = message.languages.get(language) if language else message.wording
    if wording is None:
        return say("as for everybody"), "missing"
    if message.draft:
        return say("draft"), "draft"
    if parts(told, wording):
        return say("written"), "written"
    return (say("no words yet"), "silent") if _is_said(told, message) else (say("made outside the plan"), "missing")


def _is_said(told: Context, message: Message) -> bool:
    """Whether anybody is to read or hear it word for word; what a medium shows is made outside the plan."""
    personal = {channel.name for channel in told.schedule.channels if "person" in channel.reach}
    return any(
        isinstance(step, Send | Task)
        and step.message == message.name
        and not personal.isdisjoint(step.channels if isinstance(step, Send) else (step.channel,))
        for campaign in told.schedule.campaigns
        for step in campaign.steps
    )


def notions(told: Context) -> tuple[NotionView, ...]:
    """Needs first, then barriers; one without messages is a gap."""
    schedule, say = told.schedule, told.words.say
    waking = [_notion(told, need, say("Need"), "wakes") for need in schedule.needs]
    return (*waking, *(_notion(told, barrier, say("Barrier"), "answers") for barrier in schedule.barriers))


def _notion(told: Context, notion: Need | Barrier, kind: str, field: str) -> NotionView:
    return NotionView(
        title=told.names.label(notion),
        kind=kind,
        doc=told.doc(notion),
        phases=_felt(told, notion.name),
        messages=tuple(
            (told.names.label(message), anchor("message", message.name))
            for message in told.schedule.messages
            if notion.name in getattr(message, field)
        ),
        where=told.where(notion.place),
    )


def _felt(told: Context, notion: str) -> tuple[Chip, ...]:
    journey = told.schedule.journey.phases
    named = {phase.name for phase in journey if notion in (*phase.needs, *phase.barriers, *phase.triggers)}
    for each in told.schedule.maps:
        if notion in (*each.needs, *each.barriers, *each.triggers):
            named.update(each.phases or (phase.name for phase in journey))
    return tuple(told.phase(phase.name) for phase in journey if phase.name in named)
