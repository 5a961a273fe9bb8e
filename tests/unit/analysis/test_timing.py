"""When the steps of family_car can happen, worked out by hand from the first day of the plan, Monday 2027-01-04."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from gridlang.analysis.flow import graph
from gridlang.analysis.timing import Clock, Timing, timing
from gridlang.compiler import compile_plan
from gridlang.files import Workspace
from gridlang.semantics.model import Model

FAMILY_CAR = Path(__file__).parents[3] / "examples" / "family_car"


def model() -> Model:
    outcome = compile_plan(Workspace.at(str(FAMILY_CAR)), lambda _, __, compute: compute())
    assert outcome.value is not None
    return outcome.value.model


def of(name: str) -> Timing:
    found = model()
    campaign = next(campaign for campaign in found.schedule.campaigns if campaign.name == name)
    flow = graph(found, campaign)
    assert flow is not None
    return timing(flow, Clock.of(found.schedule))


def day(moment: int | None) -> str | None:
    if moment is None:
        return None
    return dt.datetime.fromtimestamp(moment, ZoneInfo("Europe/Copenhagen")).strftime("%Y-%m-%d")


def test_the_earliest_moments_follow_the_shortest_way() -> None:
    earliest = of("close_the_sale").earliest
    assert day(earliest["task:showroom:offer_papers"]) == "2027-01-04"
    assert day(earliest["follow_up"]) == "2027-01-04"
    assert day(earliest["choose:Hvad tvivler han på?"]) == "2027-01-07"  # three workdays later
    assert day(earliest["close"]) == "2027-01-05"  # over no_show: one workday


def test_the_latest_moment_counts_waits_and_patience() -> None:
    latest = of("welcome_home").latest
    assert day(latest["send:email:welcome"]) == "2027-01-04"
    # The welcome waits 14 days at most, then 30 days: 4 January + 44 days.
    assert day(latest["split:Brev eller mail?"]) == "2027-02-17"


def test_what_a_colleague_or_a_loop_holds_back_has_no_latest_moment() -> None:
    assert of("close_the_sale").latest["follow_up"] is None
    assert of("invite_to_meeting").latest["pool"] is None
