"""The small change of pages: a place in the source, a fact, a chip, and the context that makes them."""

from __future__ import annotations

import bisect
from functools import cached_property

import attrs

from gridlang.schedule.model import Campaign, Schedule
from gridlang.targets.views.anchors import anchor
from gridlang.targets.views.phases import NEUTRAL, styles
from gridlang.targets.words import Words, words_for
from gridlang.targets.words.names import Named, Names


@attrs.frozen
class Where:
    """A place in the source: `campaigns.grid:14`, and the anchor of its row in the list of sources."""

    text: str
    anchor: str


@attrs.frozen
class Fact:
    """A label and what stands beside it, one text a line."""

    label: str
    values: tuple[str, ...]


@attrs.frozen
class Chip:
    """Something named with its colour and, when it stands on the page, the anchor it leads to."""

    text: str
    style: str = NEUTRAL
    link: str | None = None


@attrs.frozen
class MarkView:
    """A channel's mark with the channel's name, which is also its text for those who do not see it."""

    name: str
    label: str


@attrs.frozen
class Text:
    """A stretch of a sentence; what stands in a plan or a file as it is written there is `code`."""

    text: str
    code: bool


@attrs.frozen(slots=False)
class Context:
    """The schedule, the words to tell it in, and the places asked for so far, which make the list of sources."""

    schedule: Schedule
    names: Names
    styles: dict[str, str]
    asked: dict[int, None] = attrs.field(factory=dict)
    lines: dict[tuple[str, int], None] = attrs.field(factory=dict)
    """Lines that were asked for by file and number, where the schedule itself need have no place."""

    @property
    def words(self) -> Words:
        return self.names.words

    def where(self, place: int) -> Where:
        """The place to show beside what was written there."""
        self.asked[place] = None
        at = self.schedule.places[place]
        return Where(f"{at.file}:{at.line}", anchor("source", at.file, str(at.line)))

    def line(self, file: str, line: int) -> Where:
        """A line of the plan's text, of which the check speaks."""
        self.lines[file, line] = None
        return Where(f"{file}:{line}", anchor("source", file, str(line)))

    def declaration(self, file: str, line: int) -> str:
        """What is declared there, `campaign close_the_sale`: the last that begins no later; empty for nothing."""
        begun = self._declarations.get(file, [])
        found = bisect.bisect_right(begun, line, key=lambda each: each[0])
        return begun[found - 1][1] if found else ""

    @cached_property
    def _declarations(self) -> dict[str, list[tuple[int, str]]]:
        """The lines of each file where something is declared, in order, and what: of two on a line the first."""
        found: dict[str, dict[int, str]] = {}
        for place in self.schedule.places:
            found.setdefault(place.file, {}).setdefault(place.line, place.declaration)
        return {file: sorted(lines.items()) for file, lines in found.items()}

    def phase(self, name: str) -> Chip:
        """A phase by its name, in its colour."""
        return Chip(self.names.phase(name), self.styles.get(name, NEUTRAL), anchor("phase", name))

    def campaign(self, campaign: Campaign) -> Chip:
        """A campaign in the colour of its first phase."""
        style = next((self.styles[phase] for phase in campaign.phases if phase in self.styles), NEUTRAL)
        return Chip(self.names.label(campaign), style, anchor("campaign", campaign.name))

    def mark(self, channel: str) -> MarkView:
        """The mark of a channel by its name."""
        return MarkView(self.names.mark(channel), self.names.channel(channel))

    def doc(self, thing: Named) -> str | None:
        """What the author says of it."""
        return self.names.doc(thing)


def context(schedule: Schedule) -> Context:
    """The context of a plan, in the language of its locale."""
    return Context(schedule, Names(schedule, words_for(schedule.plan.locale)), styles(schedule))


def facts(*pairs: tuple[str, str | tuple[str, ...] | None]) -> tuple[Fact, ...]:
    """The facts that have something to say."""
    found = ((label, (value,) if isinstance(value, str) else value) for label, value in pairs if value)
    return tuple(Fact(label, values) for label, values in found)


def texts(sentence: str | None) -> tuple[Text, ...]:
    """Every other stretch between backticks is code; a backtick without a partner is a sign like others."""
    parts = (sentence or "").split("`")
    if len(parts) % 2 == 0:
        parts = [sentence or ""]
    return tuple(Text(part, code=bool(number % 2)) for number, part in enumerate(parts) if part)
