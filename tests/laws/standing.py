"""Whom a campaign reaches stands in its cell when the step is reached (R1, R4, R5, R6), by the independent checker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tests.laws.checker import Broken
from tests.laws.checking.clock import Json, read_moment
from tests.laws.checking.predicates import UnsureError
from tests.laws.checking.world import Row, World


def check_standing(world: World, rows: list[Row]) -> list[Broken]:
    """Rows with `due` or `at` whose person did not stand in the campaign's cell. Seconds in which an event or a move
    falls are left out: what came first in them is not in the files."""
    campaigns = {campaign["name"]: campaign for campaign in world.schedule["campaigns"]}
    return [broken for row in rows if row["contact"] for broken in _misplaced(world, campaigns[row["campaign"]], row)]


def _misplaced(world: World, campaign: Json, row: Row) -> Iterator[Broken]:
    ready = reached(world, row)
    account = world.account(row["contact"])
    if _something_happened(world, account, ready):
        return
    for what in ("segment", "phase", "relation", "role"):
        try:
            if not _PARTS[what](world, campaign, row["contact"], account, ready):
                yield Broken(row["id"], what, f"{campaign['name']} is for others, at {ready}")
        except UnsureError:
            continue


def reached(world: World, row: Row) -> dt.datetime:
    """When the step was reached: the moment less the delays of its chain."""
    at = read_moment(row.get("due") or row.get("at") or row["start"], world.plan_zone)
    assert at is not None
    delays = [int(link.rpartition("+")[2]) for link in row["because"].split() if "+" in link]
    return at - dt.timedelta(seconds=sum(delays))


def _something_happened(world: World, account: str, at: dt.datetime) -> bool:
    events = (event for person in world.members[account] for event in world.events[person])
    return any(event.at == at for event in events) or len(world.phases(account, at)) > 1


def _segment(world: World, campaign: Json, person: str, account: str, at: dt.datetime) -> bool:
    segment = world.segment(account, at)
    return segment is not None and segment in (campaign.get("segments") or [segment])


def _phase(world: World, campaign: Json, person: str, account: str, at: dt.datetime) -> bool:
    return not campaign.get("phases") or bool(world.phases(account, at) & set(campaign["phases"]))


def _relation(world: World, campaign: Json, person: str, account: str, at: dt.datetime) -> bool:
    """R5: the highest level whose predicate holds; its events are the account's."""
    if not campaign.get("relations"):
        return True
    levels = reversed(world.schedule["relations"])
    holding = (level["name"] for level in levels if not level.get("when") or world.holds(level["when"], person, at))
    return next(holding, None) in campaign["relations"]


def _role(world: World, campaign: Json, person: str, account: str, at: dt.datetime) -> bool:
    """Roles are those of the map of the segment in the phase, as they were when it was entered."""
    if not campaign.get("roles") or campaign.get("addressed"):
        return True
    entered, phase = [move for move in world.moves[account] if move[0] <= at][-1]
    return bool(world.roles(person, world.segment(account, at), phase, entered) & set(campaign["roles"]))


_PARTS = {"segment": _segment, "phase": _phase, "relation": _relation, "role": _role}
