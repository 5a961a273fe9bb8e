"""Channels with the rules and caps that hold for them."""

from __future__ import annotations

import attrs

from gridlang.quantities import Duration, Rate
from gridlang.runtime.reference import changes
from gridlang.runtime.reference.people import Person
from gridlang.runtime.reference.predicates import Evaluate, View, evaluator
from gridlang.runtime.reference.timing import Timing, duration, rate
from gridlang.schedule import model


@attrs.frozen(eq=False)
class Rule:
    """A rule with its coordinates; empty ones mean any."""

    rule: model.Rule
    when: Evaluate | None
    points: tuple[changes.Moments, ...]

    def holds_for(self, person: Person, now: int) -> bool:
        """Whether the person stands where the rule says, and its predicate holds."""
        rule, account = self.rule, person.account
        if rule.phases and account.phase not in rule.phases:
            return False
        if rule.segments and (account.segment is None or account.segment.name not in rule.segments):
            return False
        if rule.roles and not set(rule.roles) & set(person.roles):
            return False
        return self.when is None or bool(self.when(View(account, person, now), None))


@attrs.frozen(eq=False)
class Cap:
    """R15. `rule` None: the channel's own. `channels` are those it holds back and counts; None: every personal one."""

    index: int
    rate: Rate
    place: int
    per_account: bool
    channels: frozenset[str] | None
    rule: Rule | None

    def covers(self, channel: str | None, person: Person, now: int) -> bool:
        """Whether a touch on this channel, to this person, now, is held back and counted."""
        if self.channels is not None and channel not in self.channels:
            return False
        return self.rule is None or self.rule.holds_for(person, now)


@attrs.frozen(eq=False)
class ChannelRules:
    """`names`: its own and those of the channels it starts from. The rules are those whose channels cover it."""

    channel: model.Channel
    names: tuple[str, ...]
    lead: Duration | None
    patience: Duration
    caps: tuple[Cap, ...]
    quiet: tuple[Rule, ...]
    forbid: tuple[Rule, ...]


def rules_of(schedule: model.Schedule, timing: Timing) -> tuple[Rule, ...]:
    """The rules of the plan, their predicates made ready."""
    return tuple(
        Rule(
            rule,
            None if rule.when is None else evaluator(rule.when, timing),
            () if rule.when is None else changes.turning_points(rule.when, timing),
        )
        for rule in schedule.rules
    )


def mentions_of(schedule: model.Schedule) -> frozenset[str]:
    """The events that rules ask about."""
    return frozenset().union(*(changes.mentions(rule.when) for rule in schedule.rules if rule.when is not None))


def caps_of(schedule: model.Schedule, rules: tuple[Rule, ...]) -> tuple[Cap, ...]:
    """Every cap of the plan: the channels' own, then those of rules.

    A channel's cap is about that channel alone: one that starts from it has the cap as its own, or another instead.
    """
    lineage = {channel.name: {channel.name, *channel.ancestors} for channel in schedule.channels}
    found: list[tuple[model.Cap, frozenset[str] | None, Rule | None]] = [
        (channel.cap, frozenset({channel.name}), None) for channel in schedule.channels if channel.cap
    ]
    for rule in rules:
        if rule.rule.cap:
            across, channels = _covered(rule.rule.cap.channels, lineage), _covered(rule.rule.channels, lineage)
            found.append((rule.rule.cap, _both(across, channels), rule))
    return tuple(
        Cap(index, rate(cap.rate), cap.place, cap.per_account, channels, rule)
        for index, (cap, channels, rule) in enumerate(found)
    )


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return other if one is None else one if other is None else one & other


def _covered(names: tuple[str, ...], lineage: dict[str, set[str]]) -> frozenset[str] | None:
    """The channels named and those that start from them; None when none is named."""
    if not names:
        return None
    return frozenset(channel for channel, line in lineage.items() if line & set(names))


def channels_of(schedule: model.Schedule, rules: tuple[Rule, ...], caps: tuple[Cap, ...]) -> dict[str, ChannelRules]:
    """Every channel with what holds for it."""
    return {channel.name: _channel(channel, rules, caps) for channel in schedule.channels}


def _channel(channel: model.Channel, rules: tuple[Rule, ...], caps: tuple[Cap, ...]) -> ChannelRules:
    names = (channel.name, *channel.ancestors)
    return ChannelRules(
        channel=channel,
        names=names,
        lead=duration(channel.lead) if channel.lead else None,
        patience=duration(channel.patience or model.PATIENCE),
        caps=tuple(cap for cap in caps if cap.channels is None or channel.name in cap.channels),
        quiet=tuple(each for each in rules if each.rule.quiet and _touches(each.rule.channels, names)),
        forbid=tuple(each for each in rules if _forbids(each.rule, names)),
    )


def _touches(channels: tuple[str, ...], names: tuple[str, ...]) -> bool:
    return not channels or bool(set(channels) & set(names))


def _forbids(rule: model.Rule, names: tuple[str, ...]) -> bool:
    return bool(set(rule.forbid) & set(names)) and _touches(rule.channels, names)
