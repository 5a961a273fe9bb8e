"""An execution written by hand over the sample schedule, with every kind of row and texts that bite."""

from __future__ import annotations

import datetime as dt

from gridlang.runtime.rows import (
    AudienceRow,
    Because,
    Counts,
    Execution,
    Issue,
    MoveRow,
    ReportRow,
    SkipRow,
    TaskRow,
    Touch,
)


def utc(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp())


TOUCH = Touch(
    id="0a" * 10,
    contact="p1",
    account="h1",
    channel="email",
    message="invitation",
    subject='=HYPERLINK("http://x"), "Per"\r\nny linje',
    due=utc("2027-02-01T08:00"),
    local="2027-02-01T09:00:00+01:00",
    campaign="invite",
    step="invite",
    visit=1,
    because=(Because("ready", 67), Because("quiet", 32, 39_000), Because("at", 67, 3600)),
)
TASK = TaskRow(
    id="0b" * 10,
    contact="p1",
    account="h1",
    channel="phone",
    message="call_script",
    subject="",
    due=utc("2027-02-08T08:00"),
    local="2027-02-08T09:00:00+01:00",
    campaign="close_the_sale",
    step="task:showroom:offer",
    visit=2,
    team="sales_desk",
    member="mette@example.dk",
    deadline=utc("2027-02-10T08:00"),
    script="+45 20 30 40 50\nSpørg til hunden",
    outcomes=("meeting_booked", "no_time"),
    state="done",
    outcome="no_time",
    closed=utc("2027-02-08T09:30"),
    kind="task",
    because=(Because("ready", 71), Because("days", 33, 169_200), Because("capacity", 53, 3600)),
)
WITHDRAWN = TaskRow(
    id="0c" * 10,
    contact="-12",
    account="alone:-12",
    channel="",
    message="",
    subject="",
    due=utc("2027-02-09T08:00"),
    local="2027-02-09T08:00:00+00:00",
    campaign="invite",
    step="notify:1",
    visit=1,
    team="sales_desk",
    member="",
    deadline=None,
    script="@alle: =1+1",
    outcomes=(),
    state="withdrawn",
    outcome="",
    closed=None,
    kind="notice",
    because=(Because("ready", 75),),
)
AUDIENCE = AudienceRow(
    id="0d" * 10,
    contact="p1",
    account="h1",
    channel="facebook",
    message="dream_film",
    start=utc("2027-03-01T08:00"),
    end=None,
    campaign="loyalty",
    step="send:facebook:dream_film",
    visit=1,
    because=(Because("ready", 98),),
)
ENTRY = MoveRow(
    account="h1", source="", target="awareness", at=utc("2027-01-31T23:00"), why="entry", because=(Because("entry", 0),)
)
MOVE = MoveRow(
    account="h1",
    source="awareness",
    target="contact",
    at=utc("2027-02-01T07:00"),
    why="clicked",
    because=(Because("event", 7),),
)
SKIP = SkipRow(
    id="0e" * 10,
    contact="p2",
    account="h1",
    channel="phone",
    message="call_script",
    at=utc("2027-02-22T08:00"),
    campaign="invite",
    step="call",
    visit=1,
    reason="patience",
    because=(Because("ready", 71), Because("cap", 42, 1_814_400), Because("patience", 34)),
)
EXECUTION = Execution(
    touches=(TOUCH,),
    tasks=(TASK, WITHDRAWN),
    audiences=(AUDIENCE,),
    moves=(ENTRY, MOVE),
    skips=(SKIP,),
    reports=(
        ReportRow(
            check="order",
            subject="invitation before offer",
            contact="p1",
            at=utc("2027-03-01T08:00"),
            expected="invitation first",
            happened="-offer first",
            place=44,
        ),
    ),
    issues=(
        Issue(
            code="wrong_value", reason="`children`: `=2` is no whole number", file="persons.csv", row=4, contact="p9"
        ),
        Issue(code="late_event", reason="too late", at=utc("2027-01-01T00:00"), refused=False),
        Issue(code="wrong_value", reason="another", file="persons.csv", row=5),
    ),
    counts=Counts(accounts=3, contacts=4, by_segment={"growing_families": 2, "": 1}, goals={"close_the_sale": (1, 3)}),
)
EMPTY = Execution(
    touches=(),
    tasks=(),
    audiences=(),
    moves=(),
    skips=(),
    reports=(),
    issues=(),
    counts=Counts(accounts=0, contacts=0, by_segment={}, goals={}),
)
