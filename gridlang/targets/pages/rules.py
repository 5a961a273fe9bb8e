"""Channels and the rules over them, in words."""

from __future__ import annotations

import attrs

from gridlang.schedule.model import Cap, Channel, Rule
from gridlang.targets.pages.told import Context, Fact, MarkView, Where, facts
from gridlang.targets.views.anchors import anchor
from gridlang.targets.views.reach import channels_of
from gridlang.targets.words import quantities
from gridlang.targets.words.predicates import predicate


@attrs.frozen(kw_only=True)
class ChannelView:
    """A channel that the plan uses or declares."""

    mark: MarkView
    anchor: str
    doc: str | None
    reach: str
    facts: tuple[Fact, ...]
    where: Where


@attrs.frozen(kw_only=True)
class RuleView:
    """A rule: what it covers, and what it asks, a sentence each."""

    title: str
    doc: str | None
    covers: str
    asks: tuple[str, ...]
    where: Where


def channels(told: Context) -> tuple[ChannelView, ...]:
    """The channels that campaigns use, and those that the plan itself declares."""
    used = {channel for campaign in told.schedule.campaigns for channel in channels_of(campaign)}
    shown = [each for each in told.schedule.channels if each.name in used or not told.names.from_library(each.place)]
    return tuple(
        ChannelView(
            mark=told.mark(channel.name),
            anchor=anchor("channel", channel.name),
            doc=told.doc(channel),
            reach=told.words.both(_reach(told, reach) for reach in channel.reach),
            facts=_channel_facts(told, channel),
            where=told.where(channel.place),
        )
        for channel in shown
    )


def _reach(told: Context, reach: str) -> str:
    say = told.words.say
    return {
        "person": say("person by person"),
        "audience": say("audiences"),
        "mass": say("mass medium"),
        "earned": say("earned"),
    }[reach]


def _channel_facts(told: Context, channel: Channel) -> tuple[Fact, ...]:
    say, words = told.words.say, told.words
    on_cap = say("then it waits") if channel.on_cap == "wait" else say("then it is dropped")
    return facts(
        (say("Hours"), quantities.hours(words, channel.hours)),
        (say("Days"), quantities.days(words, channel.days) if channel.days else None),
        (say("Quiet"), quantities.hours(words, channel.quiet)),
        (say("Cap"), f"{cap(told, channel.cap)}, {on_cap}" if channel.cap else None),
        (say("Patience"), quantities.duration(words, channel.patience) if channel.patience else None),
        (say("Lead"), quantities.duration(words, channel.lead) if channel.lead else None),
        (say("Cost"), quantities.money(words, channel.cost) if channel.cost else None),
        (say("Address"), told.names.attribute("person", channel.address) if channel.address else None),
        (say("Consent"), say("required") if channel.consent else None),
        (say("Inbound"), say("they come by themselves") if channel.inbound else None),
    )


def cap(told: Context, of: Cap) -> str:
    """`at most 3 in 7 days for each person`."""
    rate = quantities.rate(told.words, of.rate)
    if of.per_account:
        return told.words.say("at most %(rate)s for each account", rate=rate)
    return told.words.say("at most %(rate)s for each person", rate=rate)


def rules(told: Context) -> tuple[RuleView, ...]:
    """In order of declaration."""
    return tuple(
        RuleView(
            title=told.names.label(rule),
            doc=told.doc(rule),
            covers=_covers(told, rule),
            asks=tuple(_asks(told, rule)),
            where=told.where(rule.place),
        )
        for rule in told.schedule.rules
    )


def _covers(told: Context, rule: Rule) -> str:
    names = told.names
    parts = [
        [names.channel(channel) for channel in rule.channels],
        [names.phase(phase) for phase in rule.phases],
        [names.role(role) for role in rule.roles],
        [names.segment(segment) for segment in rule.segments],
    ]
    said = [told.words.either(part) for part in parts if part]
    if rule.when is not None:
        said.append(told.words.say("when %(predicate)s", predicate=predicate(names, rule.when)))
    return " · ".join(said) or told.words.say("everywhere")


def _asks(told: Context, rule: Rule) -> list[str]:
    say, words, names = told.words.say, told.words, told.names
    asked = []
    if rule.forbid:
        asked.append(
            say("Not by %(channels)s", channels=words.either(names.channel(channel) for channel in rule.forbid))
        )
    if rule.cap is not None:
        across = words.both(names.channel(channel) for channel in rule.cap.channels)
        said = cap(told, rule.cap)
        asked.append(
            say("%(cap)s, across %(channels)s", cap=said, channels=across)
            if across
            else say("%(cap)s, across all personal channels", cap=said)
        )
    if rule.quiet:
        asked.append(say("Quiet %(hours)s", hours=quantities.hours(words, rule.quiet)))
    for order in rule.order:
        first, then = names.message(order.first), names.message(order.then)
        asked.append(say("%(first)s before %(then)s", first=first, then=then))
    return [text[:1].upper() + text[1:] for text in asked]
