"""What the things of a plan are called on a page.

What the author wrote stays as written. What the library wrote (`std/…`) is said in the language of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Protocol, TypeVar

import attrs

from gridlang.schedule.model import Channel, Event, Message, Schedule
from gridlang.schedule.steps import Send, Show, Step, Task
from gridlang.targets.direction import closed
from gridlang.targets.words import Words

LIBRARY = "std/"


class Named(Protocol):
    """A declaration of the schedule."""

    @property
    def name(self) -> str: ...
    @property
    def place(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def doc(self) -> str | None: ...


T = TypeVar("T", bound=Named)


@attrs.frozen(slots=False)
class Names:
    """Labels by kind and name. A name that the schedule does not have is its own label."""

    schedule: Schedule
    words: Words

    def label(self, thing: Named) -> str:
        """What people read: the title; a blank one says nothing, so then the name."""
        return closed(self.text(thing, thing.label)) if thing.label.strip() else thing.name

    def text(self, thing: Named, text: str) -> str:
        """A title that `thing` carries: of the library in the language of the page, else as written."""
        return self.words.of_library(text) if self.from_library(thing.place) else text

    def doc(self, thing: Named) -> str | None:
        return self.words.of_library(thing.doc) if thing.doc else None

    def from_library(self, place: int) -> bool:
        return self.schedule.places[place].file.startswith(LIBRARY)

    def _of(self, things: dict[str, T], name: str) -> str:
        return self.label(things[name]) if name in things else name

    def phase(self, name: str) -> str:
        return self._of(self._phases, name)

    def role(self, name: str) -> str:
        return self._of(self._roles, name)

    def relation(self, name: str) -> str:
        return self._of(self._relations, name)

    def segment(self, name: str) -> str:
        return self._of(self._segments, name)

    def person(self, name: str) -> str:
        return self._of(self._persons, name)

    def event(self, name: str) -> str:
        return self._of(self.events, name)

    def outcome(self, name: str) -> str:
        """An outcome of a task is called as the event of its name, else by its own words."""
        return self.event(name) if name in self.events else name.replace("_", " ")

    def channel(self, name: str) -> str:
        return self._of(self.channels, name)

    def message(self, name: str) -> str:
        return self._of(self.messages, name)

    def team(self, name: str) -> str:
        return self._of(self._teams, name)

    def need(self, name: str) -> str:
        """A declared need or barrier by its title; a phase may also carry free text, often the library's own.

        A phase that a plan took over has its place in the plan, but still the library's sentences: those are told by
        their words.
        """
        known = {**self._needs, **self._barriers}
        return self.label(known[name]) if name in known else self.words.of_library(name)

    def notions(self, items: Iterable[str]) -> tuple[str, ...]:
        """Needs, barriers, triggers or feelings: declared ones by title, others as text."""
        return tuple(self.need(item) for item in items)

    def attribute(self, owner: str, name: str) -> str:
        fields = self.schedule.account_fields if owner == "account" else self.schedule.person_fields
        found = next((field for field in fields if field.name == name), None)
        return self.label(found) if found and found.title else name.replace("_", " ")

    def mark(self, channel: str) -> str:
        """The channel whose mark it wears: itself, or the nearest it starts from, when the library draws one."""
        from gridlang.targets.drawing.marks import CHANNELS

        found = self.channels.get(channel)
        line = (channel, *(found.ancestors if found else ()))
        if marked := next((name for name in line if name in CHANNELS), None):
            return marked
        return "mass" if found and "mass" in found.reach else "other"

    def first_channel(self, step: Step) -> str | None:
        match step:
            case Send():
                return step.channels[0]
            case Show() | Task():
                return step.channel
            case _:
                return None

    @cached_property
    def events(self) -> dict[str, Event]:
        return _by_name(self.schedule.events)

    @cached_property
    def channels(self) -> dict[str, Channel]:
        return _by_name(self.schedule.channels)

    @cached_property
    def messages(self) -> dict[str, Message]:
        return _by_name(self.schedule.messages)

    @cached_property
    def _phases(self) -> dict[str, Named]:
        return _by_name(self.schedule.journey.phases)

    @cached_property
    def _roles(self) -> dict[str, Named]:
        return _by_name(self.schedule.roles)

    @cached_property
    def _relations(self) -> dict[str, Named]:
        return _by_name(self.schedule.relations)

    @cached_property
    def _segments(self) -> dict[str, Named]:
        return _by_name(self.schedule.segments)

    @cached_property
    def _persons(self) -> dict[str, Named]:
        return _by_name(self.schedule.persons)

    @cached_property
    def _teams(self) -> dict[str, Named]:
        return _by_name(self.schedule.teams)

    @cached_property
    def _needs(self) -> dict[str, Named]:
        return _by_name(self.schedule.needs)

    @cached_property
    def _barriers(self) -> dict[str, Named]:
        return _by_name(self.schedule.barriers)


def _by_name(things: Iterable[T]) -> dict[str, T]:
    return {thing.name: thing for thing in things}
