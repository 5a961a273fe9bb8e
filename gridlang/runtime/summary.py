"""What a run gave, counted: the view that the command line draws at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import attrs

from gridlang.runtime.figures import Figures, figures
from gridlang.runtime.rows import Counts, Execution, FileCount, Issue
from gridlang.schedule.model import Schedule


@attrs.frozen(kw_only=True)
class ChannelLine:
    """A campaign's work in one channel; names with their titles, as people read them. `skips` by reason."""

    campaign: str
    campaign_title: str
    channel: str
    channel_title: str
    touches: int
    tasks: int
    audiences: int
    skips: dict[str, int]


@attrs.frozen(kw_only=True)
class EdgeLine:
    """How many accounts went from `source` (empty: they entered the plan) to `target`."""

    source: str
    target: str
    accounts: int


@attrs.frozen(kw_only=True)
class SegmentLine:
    """Accounts of a segment; an empty `segment` is those that no segment takes (R2)."""

    segment: str
    title: str
    accounts: int


@attrs.frozen(kw_only=True)
class GoalLine:
    """Of the runs that a campaign began, those that reached its goal in time (R7)."""

    campaign: str
    title: str
    reached: int
    runs: int


@attrs.frozen(kw_only=True)
class IssueLine:
    """Issues of one kind; `example` is the reason of the first."""

    code: str
    times: int
    refused: int
    example: str


@attrs.frozen(kw_only=True)
class Summary:
    """A run at a glance. Lines stand in the order of the schedule; kinds of issues, the most frequent first."""

    accounts: int
    contacts: int
    touches: int
    tasks: int
    notices: int
    skips: dict[str, int]
    channels: tuple[ChannelLine, ...]
    edges: tuple[EdgeLine, ...]
    segments: tuple[SegmentLine, ...]
    goals: tuple[GoalLine, ...]
    reports: dict[str, int]
    issues: tuple[IssueLine, ...]
    files: tuple[FileCount, ...]


def summarise(schedule: Schedule, execution: Execution, files: tuple[FileCount, ...] = ()) -> Summary:
    """Count an execution; `files` is what became of the rows of the input, of `Input.files`."""
    return of_figures(schedule, figures(schedule, execution), execution.issues, files)


def of_figures(schedule: Schedule, figures: Figures, issues: Sequence[Issue], files: tuple[FileCount, ...]) -> Summary:
    """A run at a glance that is counted already."""
    kinds: Counter[str] = Counter()
    for row, times in figures.made.items():
        kinds[row.kind] += times
    reasons: Counter[str] = Counter()
    for skip, times in figures.skipped.items():
        reasons[skip.reason] += times
    return Summary(
        accounts=figures.counts.accounts,
        contacts=figures.counts.contacts,
        touches=kinds["touch"],
        tasks=kinds["task"],
        notices=kinds["notice"],
        skips=_by_number(reasons),
        channels=_channels(schedule, figures),
        edges=_edges(schedule, figures),
        segments=_segments(schedule, figures.counts),
        goals=_goals(schedule, figures.counts),
        reports=_by_number(Counter(figures.reports)),
        issues=_issues(issues),
        files=files,
    )


def _by_number(counter: Counter[str]) -> dict[str, int]:
    """The most frequent first, equals by name."""
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def _channels(schedule: Schedule, figures: Figures) -> tuple[ChannelLine, ...]:
    """A line for every campaign and channel with a row; a notice has no channel and stands in none of them."""
    made: dict[str, Counter[tuple[str, str]]] = {kind: Counter() for kind in ("touch", "task", "audience", "notice")}
    for row, times in figures.made.items():
        made[row.kind][row.campaign, row.channel] += times
    touches, tasks, audiences = made["touch"], made["task"], made["audience"]
    skips: dict[tuple[str, str], Counter[str]] = {}
    for skip, times in figures.skipped.items():
        skips.setdefault((skip.campaign, skip.channel), Counter())[skip.reason] += times
    campaigns = {campaign.name: (at, campaign.label) for at, campaign in enumerate(schedule.campaigns)}
    channels = {channel.name: (at, channel.label) for at, channel in enumerate(schedule.channels)}
    keys = sorted(
        {*touches, *tasks, *audiences, *skips},
        key=lambda key: (campaigns.get(key[0], (-1, ""))[0], channels.get(key[1], (-1, ""))[0], key),
    )
    return tuple(
        ChannelLine(
            campaign=key[0],
            campaign_title=campaigns.get(key[0], (0, key[0]))[1],
            channel=key[1],
            channel_title=channels.get(key[1], (0, key[1]))[1],
            touches=touches[key],
            tasks=tasks[key],
            audiences=audiences[key],
            skips=_by_number(skips.get(key, Counter())),
        )
        for key in keys
    )


def _edges(schedule: Schedule, figures: Figures) -> tuple[EdgeLine, ...]:
    moves = figures.moves
    order = ["", *(phase.name for phase in schedule.journey.phases)]
    known = {name: at for at, name in enumerate(order)}
    edges = sorted(moves, key=lambda edge: (known.get(edge[0], len(known)), known.get(edge[1], len(known)), edge))
    return tuple(EdgeLine(source=edge[0], target=edge[1], accounts=moves[edge]) for edge in edges)


def _segments(schedule: Schedule, counted: Counts) -> tuple[SegmentLine, ...]:
    """Every segment, an empty one too: a segment that nobody is in is worth seeing."""
    counts = counted.by_segment
    lines = [
        SegmentLine(segment=segment.name, title=segment.label, accounts=counts.get(segment.name, 0))
        for segment in schedule.segments
    ]
    if counts.get(""):
        lines.append(SegmentLine(segment="", title="", accounts=counts[""]))
    return tuple(lines)


def _goals(schedule: Schedule, counted: Counts) -> tuple[GoalLine, ...]:
    goals = counted.goals
    return tuple(
        GoalLine(campaign=campaign.name, title=campaign.label, reached=reached, runs=runs)
        for campaign in schedule.campaigns
        for reached, runs in [goals.get(campaign.name, (0, 0))]
        if campaign.name in goals
    )


def _issues(issues: Sequence[Issue]) -> tuple[IssueLine, ...]:
    lines: list[IssueLine] = []
    for code, times in _by_number(Counter(issue.code for issue in issues)).items():
        same = [issue for issue in issues if issue.code == code]
        refused = sum(issue.refused for issue in same)
        lines.append(IssueLine(code=code, times=times, refused=refused, example=same[0].reason))
    return tuple(lines)
