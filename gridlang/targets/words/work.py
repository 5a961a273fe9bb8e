"""Dated work in words: what is to be booked or written."""

from __future__ import annotations

from typing import assert_never

from gridlang.targets.views.work import Kind, Part, Work
from gridlang.targets.words import phrase, quantities
from gridlang.targets.words.names import Names


def title(names: Names, work: Work) -> str:
    """`Book TV: The dream`, `Write: Newsletter`: one line for a list or a calendar."""
    return names.words.say(_title(work.kind), channel=names.channel(work.channel), message=names.message(work.message))


def _title(kind: Kind) -> str:
    match kind:
        case "booking":
            return phrase("Book %(channel)s: %(message)s")
        case "start":
            return phrase("Start %(channel)s: %(message)s")
        case "text":
            return phrase("Write: %(message)s")
        case _:
            assert_never(kind)


def missing(names: Names, work: Work) -> str:
    """`subject and text`."""
    return names.words.both(names.words.say(_part(part)) for part in work.missing) if work.missing else ""


def _part(part: Part) -> str:
    match part:
        case "draft":
            return phrase("it is a draft")
        case "subject":
            return phrase("subject")
        case "body":
            return phrase("text")
        case "script":
            return phrase("script for the conversation")
        case _:
            assert_never(part)


def details(names: Names, work: Work) -> tuple[str, ...]:
    """Why it is due then, and what it is for. One short text a line."""
    words = names.words
    first = words.date(work.first_day)
    lines = [words.say("Campaign: %(campaign)s", campaign=names.label(work.campaign))]
    if work.kind != "text":
        lines.append(words.say("Starts %(date)s", date=first))
        if work.lead:
            lead = quantities.duration(words, work.lead)
            lines.append(words.say("Is booked %(duration)s ahead", duration=lead))
    else:
        lines.append(words.say("Can be used from %(date)s", date=first))
        lines.append(words.say("Missing: %(parts)s", parts=missing(names, work)))
    if work.budget:
        lines.append(words.say("Budget: %(money)s", money=quantities.money(words, work.budget)))
    return tuple(lines)
