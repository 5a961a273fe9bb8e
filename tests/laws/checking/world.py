"""What is known of people and accounts at a moment: events, phase, segment, roles. Unsure is its own answer.

A checker that guesses cries wolf: what the files do not tell for certain raises UnsureError, and a rule that hangs on
it is not held against anybody.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any

from tests.laws.checking import predicates
from tests.laws.checking.clock import Json, read_moment, zone_of
from tests.laws.checking.predicates import Event, UnsureError

Row = dict[str, str]


class World:
    """The schedule, people, events and moves of one run."""

    def __init__(
        self,
        schedule: Json,
        persons: list[Row],
        events: list[Row],
        moves: list[Row],
        accounts: list[Row],
    ) -> None:
        self.schedule = schedule
        self.calendar: Json = schedule["calendar"]
        self.plan_zone = zone_of(None, schedule["plan"]["timezone"])
        self.persons = {row["id"].strip(): row for row in map(_filled, persons) if row.get("id", "").strip()}
        self.channels = {channel["name"]: channel for channel in schedule["channels"]}
        self.accounts = {row["id"].strip(): row for row in map(_filled, accounts)}
        self.members: dict[str, list[str]] = {}
        for name in sorted(self.persons):
            self.members.setdefault(self.account(name), []).append(name)
        self.ancestors = {event["name"]: event.get("ancestors", []) for event in schedule["events"]}
        self.derived = {e["name"] for e in schedule["events"] if e.get("when") or e.get("date")}
        self.events = self._events([_filled(row) for row in events])
        self._segments: dict[tuple[str, dt.datetime], str | None] = {}
        self.moves: dict[str, list[tuple[dt.datetime, str]]] = {}
        for row in moves:
            at = read_moment(row["at"], self.plan_zone)
            assert at is not None
            self.moves.setdefault(row["account"], []).append((at, row["to"]))

    def account(self, person: str) -> str:
        return self.persons[person].get("account", "").strip() or f"alone:{person}"

    def zone(self, person: str) -> zoneinfo.ZoneInfo:
        return zone_of(self.persons[person].get("timezone"), self.schedule["plan"]["timezone"])

    def _events(self, rows: list[Row]) -> dict[str, list[Event]]:
        """Events by person in time; rows of one id once; an outcome too where an event has its name (R21)."""
        found: dict[str, list[Event]] = {name: [] for name in self.persons}
        seen: set[str] = set()
        for row in rows:
            name, person = (row.get("outcome") or row.get("event", "")).strip(), row.get("contact", "").strip()
            if person not in found or name not in self.ancestors or row.get("id", "") in seen:
                continue
            seen.update(filter(None, [row.get("id", "")]))
            at = read_moment(row["at"], self.zone(person))
            if at is not None:
                found[person].append(Event(name, at, row))
        return {person: sorted(events, key=lambda event: event.at) for person, events in found.items()}

    def is_a(self, event: str, wanted: str) -> bool:
        return event == wanted or wanted in self.ancestors.get(event, [])

    def phases(self, account: str, at: dt.datetime) -> set[str]:
        """The phases in which the account stood in this instant: more than one where it moved in it."""
        moves = self.moves.get(account, [])
        before = [phase for moved, phase in moves if moved < at][-1:]
        return {*before, *(phase for moved, phase in moves if moved == at)}

    def segment(self, account: str, at: dt.datetime) -> str | None:
        """R1: the first segment that holds for a target, asked on entering the phase that it is in."""
        asked = [moved for moved in self.moves.get(account, []) if moved[0] <= at]
        if not asked:
            raise UnsureError("not in the plan")
        entered, phase = asked[-1]
        if (account, entered) not in self._segments:
            self._segments[account, entered] = self._first_segment(account, entered, phase)
        return self._segments[account, entered]

    def _first_segment(self, account: str, entered: dt.datetime, phase: str) -> str | None:
        for segment in self.schedule["segments"]:
            if segment.get("where") is None:
                return str(segment["name"])
            targets = [p for p in self.members[account] if self._is_target(p, segment["name"], phase, entered)]
            if any(self.holds(segment["where"], person, entered) for person in targets):
                return str(segment["name"])
        return None

    def _is_target(self, person: str, segment: str, phase: str, at: dt.datetime) -> bool:
        maps = self._maps(segment, phase)
        if not maps:
            return True
        everybody = {p: "target" in self._roles(p, maps, at) for p in self.members[self.account(person)]}
        if not any(everybody.values()):
            raise UnsureError("a map without its target")
        return everybody[person]

    def _maps(self, segment: str | None, phase: str) -> list[Json]:
        return [
            one
            for one in self.schedule["maps"]
            if (not one.get("segments") or segment in one["segments"])
            and (not one.get("phases") or phase in one["phases"])
        ]

    def roles(self, person: str, segment: str | None, phase: str, at: dt.datetime) -> set[str]:
        """Roles of the map of the cell, and those that the person's row gives."""
        return self._roles(person, self._maps(segment, phase), at)

    def _roles(self, person: str, maps: list[Json], at: dt.datetime) -> set[str]:
        if len(maps) > 1:
            raise UnsureError("two maps for one cell")
        written = {role.strip() for role in self.persons[person].get("roles", "").split(";") if role.strip()}
        found = set(written)
        for part in maps[0].get("parts", []) if maps else []:
            played = next(one for one in self.schedule["persons"] if one["name"] == part["person"])
            if part["person"] in written or (played.get("when") and self.holds(played["when"], person, at)):
                found |= set(part["roles"])
        return found

    def holds(self, predicate: Json, person: str, at: dt.datetime) -> bool:
        return predicates.holds(predicate, predicates.Scope(self, person, at))

    def attribute(self, owner: str, person: str, name: str) -> str:
        """The text of an attribute, empty where it is missing."""
        if owner == "person":
            return self.persons[person].get(name, "").strip()
        account = self.account(person)
        rows: list[Any] = [self.accounts.get(account, {}), *(self.persons[one] for one in self.members[account])]
        return next((row[name].strip() for row in rows if row.get(name, "").strip()), "")

    def covered(self, channel: str, wanted: str) -> bool:
        """Whether `channel` is `wanted` or starts from it."""
        return channel == wanted or wanted in self.channels.get(channel, {}).get("ancestors", [])


def _filled(row: Row) -> Row:
    """A row without None, which csv gives where cells are missing at its end."""
    return {name: cell or "" for name, cell in row.items()}
