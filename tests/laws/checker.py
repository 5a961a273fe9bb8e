"""An independent checker of a run's output: every touch and hand-out against consent, address, windows and caps.

It reads `schedule.json`, the rows that went in and the tables that came out, and shares no code with gridlang; what it
knows is in the rules R8-R10, R13-R15, R18 and R24 of the reference. It says only what is certain (`checking.world`).
"""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.laws.checking.clock import Json, hours_at, is_open, later, read_moment, same_unit, within
from tests.laws.checking.predicates import Event, UnsureError
from tests.laws.checking.world import Row, World


@dataclasses.dataclass(frozen=True)
class Broken:
    """A row that breaks a rule: `rule` is one word, `why` says how."""

    id: str
    rule: str
    why: str


@dataclasses.dataclass(frozen=True)
class Made:
    """A touch or hand-out to a person, or a contact by another system (then `id` is empty)."""

    id: str
    person: str
    account: str
    channel: str
    at: dt.datetime
    campaign: str
    team: str


def check(
    schedule: Json,
    persons: Iterable[Row],
    events: Iterable[Row],
    touches: Iterable[Row],
    tasks: Iterable[Row],
    moves: Iterable[Row],
    accounts: Iterable[Row] = (),
) -> list[Broken]:
    """Everything in the tables that breaks a rule. Rows are texts by column, as CSV gives them; lists joined by `;`."""
    touches, tasks = list(touches), list(tasks)
    world = World(schedule, list(persons), list(events), list(moves), list(accounts))
    broken = list(_identities(schedule, [*touches, *tasks]))
    made: list[Made] = []
    for row in [*touches, *(task for task in tasks if task["kind"] == "task")]:
        if not row["contact"]:
            continue
        if row["contact"] not in world.persons:
            broken.append(Broken(row["id"], "contact", f"nobody is {row['contact']}"))
            continue
        broken.extend(_clock(world, row))
        made.append(made_of(world, row))
    for one in made:
        broken.extend(_one(world, one))
    return [*broken, *_caps(world, made), *_capacity(world, made)]


def check_folders(plan: Path, run: Path) -> list[Broken]:
    """The tables (CSV) of a run in folder `run` against the CSV files of persons, events and accounts in `plan`."""
    schedule: Json = json.loads((run / "schedule.json").read_text(encoding="utf-8"))
    persons, events, accounts = (_rows(plan / f"{name}.csv") for name in ("persons", "events", "accounts"))
    touches, tasks, moves = (_rows(run / f"{name}.csv") for name in ("touches", "tasks", "moves"))
    return check(schedule, persons, events, touches, tasks, moves, accounts)


def _rows(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _identities(schedule: Json, rows: list[Row]) -> Iterator[Broken]:
    """R24: an id is a hash of what it stands for, and stands once."""
    seen: set[str] = set()
    for row in rows:
        parts = (schedule["plan"]["name"], row["contact"], row["campaign"], row["step"], row["visit"])
        text = unicodedata.normalize("NFC", "\x1f".join(parts))
        if hashlib.sha256(text.encode()).hexdigest()[:20] != row["id"]:
            yield Broken(row["id"], "identity", f"is not the id of {parts}")
        if row["id"] in seen:
            yield Broken(row["id"], "duplicate", "stands twice")
        seen.add(row["id"])


def _clock(world: World, row: Row) -> Iterator[Broken]:
    """The wall clock beside a moment is the person's (R8)."""
    due = read_moment(row["due"], world.plan_zone)
    assert due is not None
    local = due.astimezone(world.zone(row["contact"])).isoformat()
    if local != row["due_local"]:
        yield Broken(row["id"], "clock", f"{row['due']} is {local} there, not {row['due_local']}")


def made_of(world: World, row: Row) -> Made:
    due = read_moment(row["due"], world.plan_zone)
    assert due is not None
    person = row["contact"]
    return Made(row["id"], person, world.account(person), row["channel"], due, row["campaign"], row.get("team", ""))


def _one(world: World, made: Made) -> Iterator[Broken]:
    """What a touch can break by itself."""
    channel = world.channels[made.channel]
    if "person" not in channel.get("reach", ["person"]):
        return
    yield from consent(world, made, channel)
    yield from _window(world, made, channel)
    for rule in world.schedule["rules"]:
        if rule.get("forbid") and _stands_in(world, rule, made) and _named(world, made.channel, rule["forbid"]):
            yield Broken(made.id, "forbidden", f"{made.channel} by {rule['name']}")
        if rule.get("quiet") and _stands_in(world, rule, made) and any(_quiet(world, made, rule["quiet"])):
            yield Broken(made.id, "quiet", f"of {rule['name']}")


# R13


def consent(world: World, made: Made, channel: Json) -> Iterator[Broken]:
    if channel.get("address") and not world.attribute("person", made.person, channel["address"]):
        yield Broken(made.id, "address", f"no {channel['address']}")
    if channel.get("consent") and not _said_yes(world, made, channel["consent"]):
        yield Broken(made.id, "consent", f"none for {made.channel}")


def _said_yes(world: World, made: Made, attribute: str) -> bool:
    """The latest fact at that moment; at one time, withdrawal."""
    listed = [name.strip() for name in world.attribute("person", made.person, attribute).split(";") if name.strip()]
    said = listed == ["true"] or any(world.covered(made.channel, name) for name in listed)
    facts = [fact for event in world.events[made.person] if (fact := _fact(world, made, event)) is not None]
    return max(facts)[1] < 0 if facts else said


def _fact(world: World, made: Made, event: Event) -> tuple[dt.datetime, int] | None:
    """When it was said and what: -1 a yes, 1 a no, which wins over a yes of the same second."""
    about = event.row.get("channel", "").strip()
    if event.at > made.at or not (about in ("", "all") or world.covered(made.channel, about)):
        return None
    if world.is_a(event.name, "consent_withdrawn"):
        return event.at, 1
    return (event.at, -1) if world.is_a(event.name, "consent_given") else None


# R14


def _window(world: World, made: Made, channel: Json) -> Iterator[Broken]:
    zone = world.zone(made.person)
    if not is_open(made.at, channel.get("hours", []), channel.get("days"), zone, world.calendar):
        yield Broken(made.id, "window", f"{made.channel} is closed at {made.at.astimezone(zone)}")
    if any(_quiet(world, made, channel.get("quiet", []))):
        yield Broken(made.id, "quiet", f"of {made.channel}")
    if within(made.at.astimezone(zone).date(), world.calendar.get("blackout", [])):
        yield Broken(made.id, "blackout", f"{made.at.astimezone(zone).date()}")
    team = next((team for team in world.schedule["teams"] if team["name"] == made.team), None)
    if team and not is_open(made.at, team.get("hours", []), team.get("days"), world.plan_zone, world.calendar):
        yield Broken(made.id, "desk", f"{made.team} is closed at {made.at.astimezone(world.plan_zone)}")


def _quiet(world: World, made: Made, hours: list[Json]) -> Iterator[dt.date]:
    return hours_at(made.at, hours, world.zone(made.person))


# Cells


def _named(world: World, channel: str, names: list[str]) -> bool:
    return any(world.covered(channel, name) for name in names)


def _stands_in(world: World, rule: Json, made: Made) -> bool:
    """Whether this touch certainly stands in the rule's coordinates, in whatever order its instant went."""
    try:
        if rule.get("channels") and not _named(world, made.channel, rule["channels"]):
            return False
        if rule.get("when") and not world.holds(rule["when"], made.person, made.at):
            return False
        return _in_cell(world, rule, made)
    except UnsureError:
        return False


def _in_cell(world: World, rule: Json, made: Made) -> bool:
    if not (rule.get("phases") or rule.get("segments") or rule.get("roles")):
        return True
    phases = world.phases(made.account, made.at)
    if rule.get("phases") and not (phases and phases <= set(rule["phases"])):
        return False
    segment = _segment(world, made) if rule.get("segments") or rule.get("roles") else None
    if rule.get("segments") and segment not in rule["segments"]:
        return False
    if not rule.get("roles"):
        return True
    return bool(phases) and all(
        world.roles(made.person, segment, phase, made.at) & set(rule["roles"]) for phase in phases
    )


def _segment(world: World, made: Made) -> str | None:
    campaign: Json = next((one for one in world.schedule["campaigns"] if one["name"] == made.campaign), {})
    segments: list[str] = campaign.get("segments", [])
    return segments[0] if len(segments) == 1 else world.segment(made.account, made.at)


# R15


def _caps(world: World, made: list[Made]) -> Iterator[Broken]:
    personal = [one for one in made if is_personal(world, one.channel)]
    counted = [*personal, *elsewhere(world)]
    for rule in world.schedule["rules"]:
        if rule.get("cap"):
            across = rule["cap"].get("channels") or None
            inside = [
                one
                for one in counted
                if (across is None or _named(world, one.channel, across)) and _stands_in(world, rule, one)
            ]
            yield from _over(world, rule["cap"], rule["name"], inside, inside)
    for channel in world.schedule["channels"]:
        if channel.get("cap"):
            across = channel["cap"].get("channels") or [channel["name"]]
            held = [one for one in personal if one.channel == channel["name"]]
            yield from _over(world, channel["cap"], channel["name"], held, [c for c in counted if c.channel in across])


def is_personal(world: World, channel: str) -> bool:
    return "person" in world.channels.get(channel, {"reach": []}).get("reach", ["person"])


def elsewhere(world: World) -> Iterator[Made]:
    """The std event `contacted` counts too."""
    for person, events in world.events.items():
        for event in events:
            if world.is_a(event.name, "contacted") and is_personal(world, event.row.get("channel", "")):
                yield Made("", person, world.account(person), event.row["channel"], event.at, "", "")


def _over(world: World, cap: Json, name: str, held: list[Made], counted: list[Made]) -> Iterator[Broken]:
    """Held touches at whose moment more count than the cap allows.

    Of one moment only the held ones count together: which of them came first is not in the files.
    """
    per_account = cap.get("per_account", False)
    most, _, per = cap["rate"].partition(" per ")
    ids = {touch.id for touch in held}
    groups: dict[str, list[Made]] = {}
    for one in counted:
        groups.setdefault(one.account if per_account else one.person, []).append(one)
    for touch in held:
        zone = world.plan_zone if per_account else world.zone(touch.person)
        group = groups.get(touch.account if per_account else touch.person, [])
        together = [one for one in group if one.at < touch.at or not one.id or one.id in ids]
        number = sum(counts(one.at, touch.at, per, zone, world) for one in together)
        if touch.id and number > int(most):
            yield Broken(touch.id, "cap", f"{number} in {cap['rate']} of {name}")


def counts(then: dt.datetime, now: dt.datetime, per: str, zone: ZoneInfo, world: World) -> bool:
    if then > now:
        return False
    if per.startswith("calendar "):
        return same_unit(then, now, per.removeprefix("calendar "), zone)
    return now < later(then, per, zone, world.calendar)


def _capacity(world: World, made: list[Made]) -> Iterator[Broken]:
    """R18: a team's hand-outs on the plan's clock."""
    for team in world.schedule["teams"]:
        most, _, per = (team.get("capacity") or "").partition(" per ")
        if per:
            own = sorted((one for one in made if one.team == team["name"]), key=lambda one: one.at)
            for one in own:
                number = sum(counts(other.at, one.at, per, world.plan_zone, world) for other in own)
                if number > int(most):
                    yield Broken(one.id, "capacity", f"{number} of {team['capacity']} by {team['name']}")
