"""A run at a glance."""

from __future__ import annotations

from gridlang.runtime.rows import FileCount
from gridlang.runtime.summary import ChannelLine, EdgeLine, GoalLine, IssueLine, SegmentLine, summarise
from tests.unit.rows.executed import EMPTY, EXECUTION
from tests.unit.schedule.sample import schedule


def test_everything_is_counted_once() -> None:
    files = (FileCount(file="persons.csv", rows=4, taken=4, repeated=0, refused=0),)
    summary = summarise(schedule(), EXECUTION, files)
    assert (summary.accounts, summary.contacts, summary.touches, summary.tasks, summary.notices) == (3, 4, 1, 1, 1)
    assert summary.skips == {"patience": 1}
    assert summary.reports == {"order": 1}
    assert summary.files == files


def test_lines_by_campaign_and_channel_in_the_order_of_the_plan() -> None:
    lines = summarise(schedule(), EXECUTION).channels
    assert [(line.campaign, line.channel) for line in lines] == [
        ("invite", "email"),
        ("invite", "phone"),
        ("close_the_sale", "phone"),
        ("loyalty", "facebook"),
    ]
    assert lines[1] == ChannelLine(
        campaign="invite",
        campaign_title="Kontakt: mødeinvitation",
        channel="phone",
        channel_title="phone",
        touches=0,
        tasks=0,
        audiences=0,
        skips={"patience": 1},
    )
    assert sum(line.touches for line in lines) == 1
    assert sum(line.audiences for line in lines) == 1


def test_edges_segments_goals_and_issues() -> None:
    summary = summarise(schedule(), EXECUTION)
    assert summary.edges == (
        EdgeLine(source="", target="awareness", accounts=1),
        EdgeLine(source="awareness", target="contact", accounts=1),
    )
    assert summary.segments == (
        SegmentLine(segment="growing_families", title="Børnefamilier med ældre bil", accounts=2),
        SegmentLine(segment="everyone_else", title="Øvrige husstande", accounts=0),
        SegmentLine(segment="", title="", accounts=1),
    )
    assert summary.goals == (GoalLine(campaign="close_the_sale", title="Salg", reached=1, runs=3),)
    assert summary.issues == (
        IssueLine(code="wrong_value", times=2, refused=2, example="`children`: `=2` is no whole number"),
        IssueLine(code="late_event", times=1, refused=0, example="too late"),
    )


def test_nothing_is_nothing() -> None:
    summary = summarise(schedule(), EMPTY)
    assert (summary.touches, summary.channels, summary.edges, summary.goals, summary.issues) == (0, (), (), (), ())
    assert [line.accounts for line in summary.segments] == [0, 0]
