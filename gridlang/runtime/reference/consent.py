"""R13: consent and address."""

from __future__ import annotations

from typing import Literal

from gridlang.runtime.reference.people import Occurrence, Person
from gridlang.runtime.reference.rulebook import ChannelRules

GIVEN, WITHDRAWN = "consent_given", "consent_withdrawn"


def refusal(rules: ChannelRules, person: Person) -> Literal["consent", "address"] | None:
    """R13: why this channel may not reach this person now; None when it may."""
    channel = rules.channel
    if channel.consent is not None and not _consents(rules, channel.consent, person):
        return "consent"
    if channel.address is not None and person.attributes.get(channel.address) in (None, ""):
        return "address"
    return None


def _consents(rules: ChannelRules, attribute: str, person: Person) -> bool:
    """The latest fact says yes. At one time, withdrawal.

    The attribute is older than every event in the first run; later a changed value is dated that run's start.
    """
    facts = [(at, given) for at, given, channel in person.consents if channel is None or channel in rules.names]
    dated = person.dated.get(attribute) if person.dated else None
    if not facts or dated is not None:
        says = _says_yes(person.attributes.get(attribute), rules)
        if not facts:
            return says
        assert dated is not None
        facts.append((dated, says))
    latest = max(at for at, _ in facts)
    return all(given for at, given in facts if at == latest)


def _says_yes(value: object, rules: ChannelRules) -> bool:
    """A list of channels covers those that start from them; a Bool says it itself."""
    if isinstance(value, tuple):
        return any(name in value for name in rules.names)
    return value is True or value in rules.names


def remember(event: Occurrence) -> None:
    """Keep what an event says about consent: for one channel, or for all."""
    for name, given in ((GIVEN, True), (WITHDRAWN, False)):
        if name in event.names:
            channel = event.payload.get("channel")
            event.person.consents.append((event.at, given, channel if isinstance(channel, str) and channel else None))
