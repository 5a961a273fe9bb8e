"""The summary of a run, drawn as tables for the terminal, in the language of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gridlang.runtime.summary import ChannelLine, Summary
from gridlang.schedule.model import Schedule
from gridlang.targets.words import Words, phrase, words_for
from gridlang.targets.words.names import Names
from gridlang.targets.words.reasons import REASONS

Cell = str | int


@attrs.frozen
class Drawn:
    """A table before it is drawn: columns that hold numbers alone stand to the right."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def draw(summary: Summary, schedule: Schedule) -> None:
    """Print the summary on stdout; in a pipe without colours."""
    names = Names(schedule, words_for(schedule.plan.locale))
    console = Console(highlight=False)
    console.print(_first_line(summary, names.words))
    for table in _tables(summary, names):
        if table.rows:
            console.print(Text(table.title, style="bold"), _table(table, names.words), sep="\n")


def _first_line(summary: Summary, words: Words) -> str:
    counted = (
        words.count("%(number)s account", "%(number)s accounts", summary.accounts),
        words.count("%(number)s person", "%(number)s persons", summary.contacts),
        words.count("%(number)s touch", "%(number)s touches", summary.touches),
        words.count("%(number)s task", "%(number)s tasks", summary.tasks),
        words.count("%(number)s notice", "%(number)s notices", summary.notices),
        words.say("%(number)s not made", number=words.number(sum(summary.skips.values()))),
    )
    return ", ".join(counted)


def _tables(summary: Summary, names: Names) -> Iterator[Drawn]:
    """What people ask first stands first: campaigns, why not, goals; then the accounts; then the input."""
    yield _campaigns(summary, names)
    yield from _outcome(summary, names)
    yield from _accounts(summary, names)
    yield from _input(summary, names.words)


def _campaigns(summary: Summary, names: Names) -> Drawn:
    """A line for each campaign and channel; kinds of work that the run has not are left out."""
    say = names.words.say
    kinds = [
        (say("Sent"), [line.touches for line in summary.channels]),
        (say("Tasks"), [line.tasks for line in summary.channels]),
        (say("Put in audiences"), [line.audiences for line in summary.channels]),
    ]
    shown = [(title, figures) for title, figures in kinds if any(figures)]
    lines: list[tuple[Cell, ...]] = []
    before = ""
    for at, line in enumerate(summary.channels):
        campaign = line.campaign_title if line.campaign != before else ""
        channel = names.channel(line.channel) if line.channel else "–"
        lines.append((campaign, channel, *(figures[at] for _, figures in shown), _skips(line, names.words)))
        before = line.campaign
    columns = (say("Campaign"), say("Channel"), *(title for title, _ in shown), say("Not made"))
    return Drawn(say("Campaigns"), columns, lines)


def _skips(line: ChannelLine, words: Words) -> str:
    """`10 no consent`, a reason a line."""
    reasons = (reason for reason in REASONS if reason in line.skips)
    return "\n".join(f"{words.number(line.skips[reason])} {words.say(REASONS[reason])}" for reason in reasons)


def _outcome(summary: Summary, names: Names) -> Iterator[Drawn]:
    say, words = names.words.say, names.words
    skipped = sum(summary.skips.values())
    yield Drawn(
        say("Why touches were not made"),
        (say("Reason"), say("Times"), say("Proportion")),
        [
            (say(text), summary.skips[reason], words.whole_percent(summary.skips[reason], skipped))
            for reason, text in REASONS.items()
            if reason in summary.skips
        ],
    )
    yield Drawn(
        say("Goals of campaigns"),
        (say("Campaign"), say("Reached it"), say("Runs"), say("Proportion")),
        [(line.title, line.reached, line.runs, words.whole_percent(line.reached, line.runs)) for line in summary.goals],
    )


def _accounts(summary: Summary, names: Names) -> Iterator[Drawn]:
    say = names.words.say
    yield Drawn(
        say("Moves"),
        (say("From"), say("To"), say("Accounts")),
        [
            (
                names.phase(line.source) if line.source else say("enter the plan"),
                names.phase(line.target),
                line.accounts,
            )
            for line in summary.edges
        ],
    )
    yield Drawn(
        say("Segments"),
        (say("Segment"), say("Accounts")),
        [(line.title or say("in no segment"), line.accounts) for line in summary.segments],
    )


CHECKS = {
    "order": phrase("a message came before another that should come first"),
    "budget": phrase("flights cost more than the budget"),
    "contact_every": phrase("somebody heard nothing for too long"),
}
"""What R28 checks and never delays."""


def _input(summary: Summary, words: Words) -> Iterator[Drawn]:
    say = words.say
    yield Drawn(
        say("Files"),
        (say("File"), say("Rows"), say("Taken"), say("Repeated"), say("Refused")),
        [(line.file, line.rows, line.taken, line.repeated, line.refused) for line in summary.files],
    )
    yield Drawn(
        say("Issues"),
        (say("Issue"), say("Example"), say("Times"), say("Refused")),
        [(line.code, line.example, line.times, line.refused) for line in summary.issues],
    )
    yield Drawn(
        say("Checks of the plan"),
        (say("What was found"), say("Times")),
        [(say(CHECKS[check]) if check in CHECKS else check, times) for check, times in summary.reports.items()],
    )


def _table(drawn: Drawn, words: Words) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for at, name in enumerate(drawn.columns):
        words_there = _in_words(row[at] for row in drawn.rows)
        table.add_column(name, justify="left" if words_there else "right", no_wrap=not words_there)
    for row in drawn.rows:
        table.add_row(*(Text(words.number(cell) if isinstance(cell, int) else cell) for cell in row))
    return table


def _in_words(cells: Iterable[Cell]) -> bool:
    return any(isinstance(cell, str) and not re.fullmatch(r"[\d.,\s%]*", cell) for cell in cells)
