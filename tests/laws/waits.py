"""Nobody waits for nothing: what a touch waited for was in its way all the time (R11 to R18).

The other half of the checker: it says when a touch or task might have been made earlier than it was, or need not have
been skipped. What might have been in the way counts as being in the way; a team's capacity always might.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tests.laws.checker import Broken, Made, consent, counts, elsewhere, is_personal, made_of
from tests.laws.checking.clock import Json, hours_at, is_open, later, moment, within
from tests.laws.checking.predicates import UnsureError
from tests.laws.checking.world import Row, World

SAMPLES = 12


class Waits:
    """The waits of one run."""

    def __init__(self, world: World, touches: list[Row], tasks: list[Row], skips: list[Row]) -> None:
        self.world = world
        handed = [row for row in tasks if row["kind"] == "task"]
        self.rows = [row for row in (*touches, *handed) if row["contact"]]
        self.skips = [row for row in skips if row["reason"] in ("patience", "cap", "consent", "address")]
        self.made = [made_of(world, row) for row in self.rows]
        self._counted: dict[tuple[str, str], dict[str, list[Made]]] = {}
        self.counted = [*(one for one in self.made if is_personal(world, one.channel)), *elsewhere(world)]

    def broken(self) -> Iterator[Broken]:
        for row, made in zip(self.rows, self.made, strict=True):
            yield from self._for_nothing(row, made, row["because"])
        for row in self.skips:
            made = made_of(self.world, {**row, "due": row["at"]})
            if row["reason"] == "patience":
                yield from self._for_nothing(row, made, row["because"])
            elif row["reason"] == "cap" and not self._over_caps(made, made.at):
                yield Broken(made.id, "skipped", f"no cap of {made.channel} is full at {made.at}")
            elif row["reason"] in ("consent", "address") and self._consents(made):
                yield Broken(made.id, "skipped", f"{made.person} has said yes to {made.channel} and has an address")

    def _consents(self, made: Made) -> bool:
        """Whether it certainly had both: several things in one second may have come in another order."""
        if any(event.at == made.at for event in self.world.events[made.person]):
            return False
        return not list(consent(self.world, made, self.world.channels[made.channel]))

    def _for_nothing(self, row: Row, made: Made, because: str) -> Iterator[Broken]:
        delays = [int(link.rpartition("+")[2]) if "+" in link else 0 for link in because.split()]
        ready = made.at - dt.timedelta(seconds=sum(delays))
        step = self._step(row)
        channel = self.world.channels[made.channel]
        zone = self.world.zone(made.person)
        first = later(ready, channel["lead"], zone, self.world.calendar) if channel.get("lead") else ready
        for at in self._samples(first, made.at, ready, delays, step):
            if not self._blocked(made, step, at):
                yield Broken(made.id, "waited", f"from {ready} to {made.at}, and nothing was in the way at {at}")
                return

    def _step(self, row: Row) -> Json:
        campaign = next(one for one in self.world.schedule["campaigns"] if one["name"] == row["campaign"])
        step: Json = next(one for one in campaign["steps"] if one["id"] == row["step"])
        return step

    def _samples(
        self, first: dt.datetime, last: dt.datetime, ready: dt.datetime, delays: list[int], step: Json
    ) -> Iterator[dt.datetime]:
        """Moments in between: evenly spread, and at and before every hop of the chain; with `at TIME` only those."""
        hops, at = [], ready
        for delay in delays:
            at += dt.timedelta(seconds=delay)
            hops += [at, at - dt.timedelta(seconds=1)]
        seconds = int((last - first).total_seconds())
        spread = [first + dt.timedelta(seconds=seconds * part // SAMPLES) for part in range(SAMPLES)]
        for sample in dict.fromkeys([*spread, *hops]):
            if first <= sample < last:
                yield sample

    def _blocked(self, made: Made, step: Json, at: dt.datetime) -> bool:
        return (
            self._not_its_time(made, step, at)
            or self._closed(made, step, at)
            or self._forbidden(made, at)
            or self._over_caps(made, at)
        )

    def _not_its_time(self, made: Made, step: Json, at: dt.datetime) -> bool:
        zone = self.world.zone(made.person)
        if not step.get("at"):
            return False
        time = dt.time.fromisoformat(step["at"])
        return moment(dt.datetime.combine(at.astimezone(zone).date(), time), zone) != at

    def _closed(self, made: Made, step: Json, at: dt.datetime) -> bool:
        world, zone, channel = self.world, self.world.zone(made.person), self.world.channels[made.channel]
        quiet = [*channel.get("quiet", [])]
        for rule in world.schedule["rules"]:
            if rule.get("quiet") and self._might_stand(rule, made, at):
                quiet += rule["quiet"]
        if not is_open(at, channel.get("hours", []), channel.get("days"), zone, world.calendar):
            return True
        if any(hours_at(at, quiet, zone)) or within(at.astimezone(zone).date(), world.calendar.get("blackout", [])):
            return True
        return step["verb"] == "task" and self._no_desk(step, at)

    def _no_desk(self, step: Json, at: dt.datetime) -> bool:
        """A team with a capacity might always be full."""
        team = next(team for team in self.world.schedule["teams"] if team["name"] == step["team"])
        opened = is_open(at, team.get("hours", []), team.get("days"), self.world.plan_zone, self.world.calendar)
        return bool(team.get("capacity")) or not opened

    def _forbidden(self, made: Made, at: dt.datetime) -> bool:
        return any(
            any(self.world.covered(made.channel, name) for name in rule.get("forbid", []))
            and self._might_stand(rule, made, at)
            for rule in self.world.schedule["rules"]
        )

    def _over_caps(self, made: Made, at: dt.datetime) -> bool:
        """Whether a cap might be full, with what was made in that second too."""
        for rule in self.world.schedule["rules"]:
            cap = rule.get("cap")
            covered = cap and self._covers(cap.get("channels") or None, made)
            if covered and self._might_stand(rule, made, at) and self._full(rule["name"], cap, rule, made, at):
                return True
        cap = self.world.channels[made.channel].get("cap")
        return bool(cap) and self._full(made.channel, cap, None, made, at)

    def _covers(self, across: list[str] | None, one: Made) -> bool:
        return across is None or any(self.world.covered(one.channel, name) for name in across)

    def _full(self, name: str, cap: Json, rule: Json | None, made: Made, at: dt.datetime) -> bool:
        """Of the second itself everything else counts too: which came first is not in the files."""
        whole, world = cap.get("per_account", False), self.world
        most, _, per = cap["rate"].partition(" per ")
        zone = world.plan_zone if whole else world.zone(made.person)
        counted = self._inside(name, cap, rule).get(made.account if whole else made.person, [])
        return sum(counts(one.at, at, per, zone, world) for one in counted if one.id != made.id or not one.id) >= int(
            most
        )

    def _inside(self, name: str, cap: Json, rule: Json | None) -> dict[str, list[Made]]:
        """What a cap counts or might count, by person or account."""
        key = ("rule" if rule else "channel", name)
        if key not in self._counted:
            groups = self._counted[key] = {}
            across = cap.get("channels") or (None if rule else [name])
            for one in self.counted:
                named = self._covers(across, one) if rule else one.channel in (across or [])
                if named and (rule is None or self._might_stand(rule, one, one.at)):
                    groups.setdefault(one.account if cap.get("per_account") else one.person, []).append(one)
        return self._counted[key]

    def _might_stand(self, rule: Json, made: Made, at: dt.datetime) -> bool:
        """Whether the person might stand in the rule's coordinates at that moment."""
        world = self.world
        if rule.get("channels") and not any(world.covered(made.channel, name) for name in rule["channels"]):
            return False
        try:
            if rule.get("when") and not world.holds(rule["when"], made.person, at):
                return any(event.at == at for name in world.members[made.account] for event in world.events[name])
            return self._might_be_in_cell(rule, made, at)
        except UnsureError:
            return True

    def _might_be_in_cell(self, rule: Json, made: Made, at: dt.datetime) -> bool:
        world, phases = self.world, self.world.phases(made.account, at)
        if (
            len(phases) != 1
        ):  # in between, or before it entered: history walks the journey, but the files do not say how
            return True
        if rule.get("phases") and not phases & set(rule["phases"]):
            return False
        if rule.get("segments") and world.segment(made.account, at) not in rule["segments"]:
            return False
        if not rule.get("roles"):
            return True
        segment = world.segment(made.account, at)
        return bool(world.roles(made.person, segment, next(iter(phases)), at) & set(rule["roles"]))


def check_waits(world: World, touches: list[Row], tasks: list[Row], skips: list[Row]) -> list[Broken]:
    """Everything that waited, or was skipped, for nothing."""
    return list(Waits(world, touches, tasks, skips).broken())
