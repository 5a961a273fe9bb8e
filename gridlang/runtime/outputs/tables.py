"""Every table of a run, each in one place: its columns, their types, what they mean. The manual is made from here."""

from __future__ import annotations

import attrs

from gridlang.runtime.outputs.table import Column, Kind, Table
from gridlang.runtime.rows import AudienceRow, Execution, Issue, MoveRow, ReportRow, SkipRow, TaskRow, Touch
from gridlang.schedule.model import Schedule


def _column(name: str, kind: Kind, doc: str, attribute: str | None = None) -> Column:
    return Column(name, kind, doc, attribute or name)


_ID = _column("id", "name", "stable over runs: 20 hex digits of plan, contact, campaign, step and visit (R24)")
_WHOM = (
    _column("contact", "name", "the person's id; missing for a flight of the plan"),
    _column("account", "name", "the person's account; `alone:ID` for somebody without one"),
    _column("channel", "name", "the channel"),
    _column("message", "name", "the message"),
)
_SUBJECT = _column("subject", "text", "the message's subject, filled in for this person")
_STEP = (
    _column("campaign", "name", "the campaign"),
    _column("step", "name", "the step's identity in the campaign (R24)"),
    _column("visit", "whole", "which of this contact's visits of the step it is, from 1"),
)
_BECAUSE = _column(
    "because",
    "because",
    "the rules that gave the row its time: rule@place+seconds of delay; `grid explain ID` tells it in words",
)

TOUCHES = Table(
    name="touches",
    doc="What is sent or shown, to whom and when.",
    row=Touch,
    columns=(
        _ID,
        *_WHOM,
        _SUBJECT,
        _column("due", "moment", "when, UTC"),
        _column("due_local", "name", "when, on the person's clock", "local"),
        *_STEP,
        _BECAUSE,
    ),
    rows=lambda schedule, execution: execution.touches,
)
TASKS = Table(
    name="tasks",
    doc="Work for colleagues, and notes to them (`kind` notice).",
    row=TaskRow,
    columns=(
        _ID,
        *_WHOM,
        _SUBJECT,
        _column("due", "moment", "when it is handed out, UTC"),
        _column("due_local", "name", "when it is handed out, on the person's clock", "local"),
        *_STEP,
        _column("team", "name", "the team"),
        _column("member", "name", "who of the team has it (R18)"),
        _column("deadline", "moment", "until when it is to be done, UTC"),
        _column("script", "text", "what to say, filled in for this person; for a notice the note"),
        _column("outcomes", "names", "the answers that the plan waits for"),
        _column("state", "name", "open, done, overdue or withdrawn"),
        _column("outcome", "name", "how it went"),
        _column("closed", "moment", "when it was done or withdrawn, UTC"),
        _column("kind", "name", "task or notice"),
        _BECAUSE,
    ),
    rows=lambda schedule, execution: execution.tasks,
)
AUDIENCES = Table(
    name="audiences",
    doc="Who is in which audience, from when to when.",
    row=AudienceRow,
    columns=(
        _ID,
        *_WHOM,
        _column("start", "moment", "from when, UTC"),
        _column("end", "moment", "until when, not included, UTC; missing: still in it"),
        *_STEP,
        _BECAUSE,
    ),
    rows=lambda schedule, execution: execution.audiences,
)
MOVES = Table(
    name="moves",
    doc="How accounts go through the phases.",
    row=MoveRow,
    columns=(
        _column("account", "name", "the account"),
        _column("from", "name", "the phase it leaves; missing when it enters the plan", "source"),
        _column("to", "name", "the phase it enters", "target"),
        _column("at", "moment", "when, UTC"),
        _column("why", "text", "the event, `move CAMPAIGN STEP`, or `entry`"),
        _BECAUSE,
    ),
    rows=lambda schedule, execution: execution.moves,
)
SKIPS = Table(
    name="skips",
    doc="Touches and tasks that were not made.",
    row=SkipRow,
    columns=(
        _ID,
        *_WHOM,
        _column("at", "moment", "when it was given up, UTC"),
        *_STEP,
        _column("reason", "name", "consent, address, cap, patience, holdout or period_over (R28)"),
        _BECAUSE,
    ),
    rows=lambda schedule, execution: execution.skips,
)


@attrs.frozen
class PlacedReport:
    """A report with its place in words."""

    report: ReportRow
    check: str
    subject: str
    contact: str
    at: int | None
    expected: str
    happened: str
    place: str


def _reports(schedule: Schedule, execution: Execution) -> tuple[PlacedReport, ...]:
    return tuple(_placed(schedule, report) for report in execution.reports)


def _placed(schedule: Schedule, report: ReportRow) -> PlacedReport:
    place = schedule.places[report.place]
    said = (report.check, report.subject, report.contact, report.at, report.expected, report.happened)
    return PlacedReport(report, *said, f"{place.file}:{place.line}")


REPORTS = Table(
    name="reports",
    doc="What the plan asks for and no rule enforces: order, budget, contact_every (R28).",
    row=PlacedReport,
    columns=(
        _column("check", "name", "order, budget or contact_every"),
        _column("subject", "text", "what the plan asks it of"),
        _column("contact", "name", "the person or account, where it is about one"),
        _column("at", "moment", "when it was broken, UTC"),
        _column("expected", "text", "what the plan asks for"),
        _column("happened", "text", "what came instead"),
        _column("place", "name", "where the plan asks for it, `plan.grid:41`"),
    ),
    rows=_reports,
)
ISSUES = Table(
    name="issues",
    doc="Rows that were refused, and moments out of order, with the reason.",
    row=Issue,
    columns=(
        _column("code", "name", "a stable word for the kind of issue"),
        _column("reason", "text", "what is wrong, in words"),
        _column("file", "text", "the input file"),
        _column("row", "whole", "its row from 1, the header not counted"),
        _column("line", "whole", "the line of the file where the row begins, in CSV; the header is line 1"),
        _column("contact", "name", "whom it is about, where that is known"),
        _column("at", "moment", "the moment it is about, UTC"),
        _column("refused", "truth", "whether the row was left out; these count against `--max-issues`"),
    ),
    rows=lambda schedule, execution: execution.issues,
)

TABLES = (TOUCHES, TASKS, AUDIENCES, MOVES, SKIPS, REPORTS, ISSUES)
