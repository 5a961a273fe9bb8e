"""Places of because-chains in a state: written out, and found again in a plan that may have been edited since."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs

from gridlang.runtime.rows import Because
from gridlang.runtime.state.records import LinkRecord
from gridlang.schedule.model import Place, Schedule

_WRITTEN = re.compile(r"(.*?):(\d+):(\d+) (.*)", re.DOTALL)


def written(place: Place) -> str:
    """`campaigns.grid:14:3 campaign invite`."""
    return f"{place.file}:{place.line}:{place.column} {place.declaration}"


def read(text: str) -> Place:
    """What `written` wrote. Raises ValueError for anything else."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(f"not a place: {text!r}")
    return Place(file=found[1], line=int(found[2]), column=int(found[3]), declaration=found[4])


def links(schedule: Schedule, chain: Iterable[Because]) -> list[LinkRecord]:
    """A chain with its places written out."""
    return [LinkRecord(rule=b.rule, place=written(schedule.places[b.place]), delay=b.delay) for b in chain]


@attrs.define
class Places:
    """The places of today's plan by what they were called when they were written.

    A place that an edit moved is found as the same one of its declaration, where that has as many places as it had
    `before`. One that is gone is added behind the plan's own: a chain tells what held then.
    """

    schedule: Schedule
    before: Schedule | None
    _numbers: dict[str, int] = attrs.field(init=False)
    _added: list[Place] = attrs.field(factory=list)

    def __attrs_post_init__(self) -> None:
        self._numbers = {}
        for number, place in enumerate(self.schedule.places):
            self._numbers.setdefault(written(place), number)
        if self.before is not None:
            self._moved(self.before)

    def _moved(self, before: Schedule) -> None:
        now, then = _by_declaration(self.schedule), _by_declaration(before)
        for declaration, places in then.items():
            found = now.get(declaration, [])
            if len(found) == len(places):
                for old, (number, _) in zip(places, found, strict=True):
                    self._numbers[written(old[1])] = number

    def chain(self, records: Iterable[LinkRecord]) -> list[Because]:
        return [Because(link.rule, self._number(link.place), link.delay) for link in records]

    def _number(self, text: str) -> int:
        found = self._numbers.get(text)
        if found is None:
            found = self._numbers[text] = len(self.schedule.places) + len(self._added)
            self._added.append(read(text))
        return found

    def whole(self) -> Schedule:
        """Today's schedule with the places that only chains of the past know."""
        if not self._added:
            return self.schedule
        return attrs.evolve(self.schedule, places=(*self.schedule.places, *self._added))


def _by_declaration(schedule: Schedule) -> dict[tuple[str, str], list[tuple[int, Place]]]:
    found: dict[tuple[str, str], list[tuple[int, Place]]] = {}
    for number, place in enumerate(schedule.places):
        found.setdefault((place.file, place.declaration), []).append((number, place))
    return found
