"""What one generated plan has: its names, by kind, and what is known of each."""

from __future__ import annotations

import attrs
from hypothesis import strategies as st

WORDS = ["news", "æbler", "grønt", "stue", "été", "call", "x", "send_it", "within_reach", "Tilbud", "naïve"]
PLAIN = ("Text", "Int", "Decimal", "Percent", "Bool", "Money", "Date", "DateTime", "OneOf", "List")


@attrs.frozen
class Attribute:
    """A field of a person, an account or an event."""

    name: str
    type: str
    optional: bool
    options: tuple[str, ...] = ()


@attrs.frozen
class Event:
    """An event: its channels (none: it can always come), what it carries, its ancestors."""

    name: str
    channels: tuple[str, ...] = ()
    carries: tuple[Attribute, ...] = ()
    ancestors: tuple[str, ...] = ()


@attrs.frozen
class Channel:
    """A medium: `reach` is the first word of its reach, `family` itself and what it starts from."""

    name: str
    reach: str
    family: tuple[str, ...]
    inbound: bool = False


@attrs.frozen
class Arrow:
    """One arrow of the journey, and the events that take it."""

    source: str
    target: str
    events: tuple[str, ...]


@attrs.define(repr=False)
class Words:
    """The vocabulary of a plan: everything a reference can mean."""

    attributes: tuple[Attribute, ...] = ()
    of_account: tuple[Attribute, ...] = ()
    channels: tuple[Channel, ...] = ()
    events: tuple[Event, ...] = ()
    derived: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    needs: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    maps: tuple[tuple[str, str], ...] = ()
    """Maps, each with one person on it."""
    levels: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    lets: tuple[str, ...] = ()
    """Conditions that have a name."""

    def __repr__(self) -> str:
        return "words"

    def channel(self, *reaches: str) -> list[Channel]:
        return [channel for channel in self.channels if channel.reach in reaches]

    def also(self, event: str) -> set[str]:
        """An event and all that it also is."""
        return {event, *(name for found in self.events if found.name == event for name in found.ancestors)}

    def leaves(self, event: str, phases: tuple[str, ...]) -> set[str]:
        """Where the journey takes an account before an arm could: out of these phases (all of them, when none are
        named), and from one to another of them where it leaves none in peace."""
        also, within = self.also(event), phases or self.phases
        taken = [arrow for arrow in self.arrows if arrow.source in within and also & set(arrow.events)]
        everywhere = {arrow.source for arrow in taken} == set(within)
        return {arrow.target for arrow in taken if everywhere or arrow.target not in phases}

    def ways(self, phases: tuple[str, ...]) -> list[str]:
        """Where `move` may go from all of these phases."""
        targets = list(dict.fromkeys(arrow.target for arrow in self.arrows))
        arrows = {(arrow.source, arrow.target) for arrow in self.arrows}
        return [to for to in targets if all(source == to or (source, to) in arrows for source in phases)]


@st.composite
def names(draw: st.DrawFn, prefix: str, least: int, most: int) -> tuple[str, ...]:
    """Different names, each with what it names before it, so that none means two things."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=least, max_size=most, unique=True))
    return tuple(f"{prefix}_{word}" for word in words)


def some(values: list[str] | tuple[str, ...], most: int = 3) -> st.SearchStrategy[list[str]]:
    """A few of these, none twice; perhaps none."""
    if not values:
        return st.just([])
    return st.lists(st.sampled_from(list(values)), max_size=most, unique=True)
