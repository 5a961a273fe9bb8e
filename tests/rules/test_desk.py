"""R18, R21: the desk that tasks wait for, deadlines, and outcomes."""

from __future__ import annotations

import pytest

from tests.rules.plans import story

NEW_YORK = "America/New_York"
DESK = 'team desk { members: "m@example.dk" hours: 09:00 .. 17:00 days: workdays EXTRA }'
CALL = "task plain hello by desk due 2 workdays { helped -> stop }"


def desk(extra: str = "", *, channel: str = "plain", due: str = "2 workdays") -> str:
    call = f"task {channel} hello by desk due {due} {{ helped -> stop }}"
    return f"{DESK.replace('EXTRA', extra)} campaign c {{ flow {{ {call} }} }}"


def accounts(*names: str, **more: str) -> list[dict[str, str]]:
    return [{"id": name, "account": name, **more} for name in names]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2027-02-01 08:00", "2027-02-01 09:00"),
        ("2027-02-01 16:59:59", "2027-02-01 16:59:59"),
        ("2027-02-01 17:00", "2027-02-02 09:00"),
        ("2027-02-05 17:00", "2027-02-08 09:00"),
        ("2027-03-24 17:00", "2027-03-30 09:00"),  # over Easter
    ],
)
def test_r18_a_task_waits_for_the_desk(start: str, expected: str) -> None:
    """R18: then they wait for the desk: the team's hours and days."""
    assert story(desk(), start=start).handed_out == [(expected, "per")]


def test_r18_the_channel_is_on_the_persons_clock_the_desk_on_the_plans() -> None:
    """R18: the channel's window on the person's clock, then the desk on the plan's."""
    person = [{"id": "per", "mobile": "+1 212 555 01 00", "consent": "phone", "timezone": NEW_YORK}]
    # Phones ring 09:00 .. 20:00 there, which is 15:00 .. 02:00 in Copenhagen; the desk works 09:00 .. 17:00 here.
    # Monday 08:00 here: 15:00 is the first moment for both, 09:00 there.
    assert story(desk(channel="phone"), person).handed_out == [("2027-02-01 09:00", "per")]
    # Monday 17:30 here (11:30 there): the desk opens Tuesday 09:00, 03:00 there: no; so Tuesday 15:00 here again.
    assert story(desk(channel="phone"), person, start="2027-02-01 17:30").handed_out == [("2027-02-02 09:00", "per")]


def test_r18_capacity() -> None:
    """R18: a capacity of hand-outs a day; without room it comes back at the next working day's opening."""
    told = story(desk("capacity: 2 per calendar day"), accounts("a", "b", "c", "d", "e"), start="2027-02-04 08:00")
    # Thursday two, Friday two, Monday one.
    assert told.handed_out == [
        ("2027-02-04 09:00", "a"),
        ("2027-02-04 09:00", "b"),
        ("2027-02-05 09:00", "c"),
        ("2027-02-05 09:00", "d"),
        ("2027-02-08 09:00", "e"),
    ]


def test_r18_the_next_working_day_is_the_teams() -> None:
    """R18: the next working day of the team that works Mondays and Wednesdays."""
    text = """
    team desk { members: "m@example.dk" hours: 10:00 .. 12:00 days: monday, wednesday capacity: 1 per calendar day }
    campaign c { flow { task plain hello by desk due 2 workdays { helped -> stop } } }
    """
    assert story(text, accounts("a", "b", "c")).handed_out == [
        ("2027-02-01 10:00", "a"),
        ("2027-02-03 10:00", "b"),
        ("2027-02-08 10:00", "c"),
    ]


def test_r18_a_place_is_taken_only_at_a_moment_that_both_allow() -> None:
    """R18: waiting for the channel takes no place: whom the channel allows earlier gets it."""
    text = f"""
    {DESK.replace("EXTRA", "capacity: 1 per calendar day")}
    channel afternoon: plain {{ hours: 15:00 .. 18:00 }}
    campaign c {{
      phase: first   priority: 80
      flow {{ task afternoon hello by desk due 2 workdays {{ helped -> stop }} }}
    }}
    campaign d {{
      phase: second  priority: 10
      flow {{ task plain again by desk due 2 workdays {{ helped -> stop }} }}
    }}
    """
    events = [{"contact": "b", "at": "2027-02-02 10:00", "event": "went_on"}]
    # `a` waits from Monday 17:30: Tuesday 09:00 the desk is open and the afternoon is not. `b` takes Tuesday's place at
    # 10:00, lower priority or not. At 15:00 there is no room left for `a`: Wednesday 09:00, the channel 15:00.
    told = story(text, accounts("a", "b"), events, start="2027-02-01 18:00")
    assert told.handed_out == [("2027-02-02 10:00", "b"), ("2027-02-03 15:00", "a")]


def test_r18_after_the_desk_consent_is_asked_again() -> None:
    """R18: after every wait for the desk R13 is asked again."""
    person = [{"id": "per", "mobile": "+45 20 30 40 50", "consent": "phone"}]
    events = [{"contact": "per", "at": "2027-02-01 18:00", "event": "consent_withdrawn", "channel": "phone"}]
    told = story(desk(channel="phone"), person, events, start="2027-02-01 17:30")
    # Ready 17:30, the desk opens Tuesday 09:00: by then the consent is gone.
    assert told.tasks == []
    assert told.skips == [("2027-02-02 09:00", "hello", "consent")]


def test_r18_patience_stops_when_it_first_reaches_the_desk() -> None:
    """R18: patience stops when it first reaches the desk: the queue may be longer."""
    text = desk("capacity: 1 per calendar day").replace("campaign c {", "campaign c { patience: 2d")
    told = story(text, accounts("a", "b", "c", "d", "e", "f"))
    assert [when for when, _ in told.handed_out] == [
        "2027-02-01 09:00",
        "2027-02-02 09:00",
        "2027-02-03 09:00",
        "2027-02-04 09:00",
        "2027-02-05 09:00",
        "2027-02-08 09:00",
    ]
    assert told.skips == []


def test_r18_patience_runs_while_the_channel_is_closed() -> None:
    """R18, R16: before the desk is reached patience runs as for every touch."""
    text = desk(channel="weekly").replace("campaign c {", "campaign c { patience: 2d")
    told = story(f"channel weekly: plain {{ days: friday }} {text}")
    assert told.tasks == []
    assert told.skips == [("2027-02-03 08:00", "hello", "patience")]


TEAM = """
team desk { members: "mette@example.dk", "jonas@example.dk" hours: 09:00 .. 17:00 days: workdays }
campaign c { flow { task plain hello by desk due 2 workdays { helped -> stop } } }
"""


def members(people: list[dict[str, str]], extra: str = "", text: str = TEAM) -> list[tuple[str, str]]:
    return [(task.contact, task.member.split("@")[0]) for task in story(extra + text, people).tasks]


def test_r18_the_member_with_fewest_hand_outs_that_day() -> None:
    """R18: the one with fewest hand-outs that day, ties in order of `members`."""
    assert members(accounts("a", "b", "c")) == [("a", "mette"), ("b", "jonas"), ("c", "mette")]


def test_r18_hand_outs_count_by_the_day() -> None:
    """R18: fewest that day: on the next day it begins anew."""
    text = TEAM.replace("days: workdays", "days: workdays capacity: 1 per calendar day")
    assert members(accounts("a", "b", "c"), text=text) == [("a", "mette"), ("b", "mette"), ("c", "mette")]


def test_r18_the_salesperson_of_this_person() -> None:
    """R18: the `salesperson` of this person, if a member; their hand-outs count for the next choice."""
    people = [
        {"id": "a", "salesperson": "mette@example.dk"},
        {"id": "b", "salesperson": "mette@example.dk"},
        {"id": "c"},
        {"id": "d", "salesperson": "somebody@example.dk"},
        {"id": "e"},
    ]
    # mette has two after `a` and `b`; `c` and `d` (whose salesperson is no member) go to jonas; then both have two, and
    # mette is the first of the members.
    assert members(people) == [("a", "mette"), ("b", "mette"), ("c", "jonas"), ("d", "jonas"), ("e", "mette")]


def test_r18_else_the_salesperson_of_the_accounts_first_target_who_has_one() -> None:
    """R18: else of the account's first target (by id) who has one."""
    maps = """
    person buyer   "Buyer"   { when: has(household_role) and household_role == "buyer" }
    person partner "Partner" { when: has(household_role) and household_role == "partner" }
    map home { roles { buyer: target, approver  partner: user } }
    """
    text = TEAM.replace("campaign c {", "campaign c { role: user")
    people = [
        {"id": "a", "account": "h", "household_role": "partner"},
        {"id": "b", "account": "h", "household_role": "nobody", "salesperson": "mette@example.dk"},
        {"id": "c", "account": "h", "household_role": "buyer"},
        {"id": "d", "account": "h", "household_role": "buyer", "salesperson": "jonas@example.dk"},
        {"id": "e", "account": "h", "household_role": "buyer", "salesperson": "mette@example.dk"},
    ]
    # Targets are c, d and e; c has none, d is the first who has one; b is no target.
    assert members(people, maps, text) == [("a", "jonas")]


@pytest.mark.parametrize(
    ("due", "start", "deadline"),
    [
        ("2 workdays", "2027-02-01 10:00", "2027-02-03 10:00"),
        ("2 workdays", "2027-02-05 10:00", "2027-02-09 10:00"),
        ("1 workday", "2027-03-24 10:00", "2027-03-30 10:00"),
        ("4h", "2027-02-01 10:00", "2027-02-01 14:00"),
        # Monday 15:00 .. 17:00 are two of the four hours, Tuesday 09:00 .. 11:00 the others.
        ("4h", "2027-02-01 15:00", "2027-02-02 11:00"),
        # Friday one hour, Monday eight, Tuesday one.
        ("10h", "2027-02-05 16:00", "2027-02-09 10:00"),
        ("90min", "2027-02-05 16:00", "2027-02-08 09:30"),
    ],
)
def test_r18_due_runs_in_the_teams_working_time(due: str, start: str, deadline: str) -> None:
    """R18: `due` runs from the hand-out in the team's working time."""
    (task,) = story(desk(due=due), start=start).tasks
    assert (task.when, task.deadline) == (start, deadline)


# --- outcomes (R21) --------------------------------------------------------------------------------------------------

OUTCOMES = f"""
{DESK.replace("EXTRA", "")}
campaign c {{ flow {{
  call: task plain hello by desk due 2 workdays {{
    helped  -> wait 1d -> send other again
    refused -> send other goodbye
    OVERDUE
  }}
}} }}
"""
PLAIN_OUTCOMES = OUTCOMES.replace("OVERDUE", "")
WITH_OVERDUE = OUTCOMES.replace("OVERDUE", "overdue -> send other hello")


def outcome(at: str, word: str = "helped", contact: str = "per") -> dict[str, str]:
    return {"contact": contact, "at": at, "outcome": word, "step": "call"}


def test_r21_the_outcome_leads_on() -> None:
    """R21: the outcome closes the task, and the flow goes on by its arm."""
    told = story(PLAIN_OUTCOMES, events=[outcome("2027-02-01 10:30")])
    (task,) = told.tasks
    assert (task.state, task.outcome, task.closed) == ("done", "helped", "2027-02-01 10:30")
    assert told.sent == [("2027-02-02 10:30", "again")]


def test_r21_the_first_outcome_counts() -> None:
    """R21: the first outcome for it; a second one has no task any more."""
    told = story(PLAIN_OUTCOMES, events=[outcome("2027-02-01 11:00"), outcome("2027-02-01 10:30", "refused")])
    assert told.sent == [("2027-02-01 10:30", "goodbye")]
    assert [task.outcome for task in told.tasks] == ["refused"]
    assert len(told.issues) == 1


@pytest.mark.parametrize(
    ("at", "sent"),
    [("2027-02-01 09:00:00", []), ("2027-02-01 09:00:01", [("2027-02-01 09:00:01", "goodbye")])],
)
def test_r21_a_second_or_more_after_the_hand_out(at: str, sent: list[tuple[str, str]]) -> None:
    """R21: an outcome counts a second or more after the hand-out."""
    assert story(PLAIN_OUTCOMES, events=[outcome(at, "refused")]).sent == sent


def test_r21_an_outcome_before_any_task_is_an_issue() -> None:
    """R21: an outcome that nobody asked for is an issue, not a crash and not lost."""
    told = story(PLAIN_OUTCOMES, events=[outcome("2027-02-01 08:30")])
    assert [task.state for task in told.tasks] == ["overdue"]
    assert len(told.issues) == 1


def test_r21_an_outcome_that_names_an_event_is_that_event_of_that_person() -> None:
    """R21: if an event of that name exists it is also that event of that person: another campaign sees it."""
    text = f"""
    {DESK.replace("EXTRA", "")}
    campaign c {{ flow {{ call: task plain hello by desk due 2 workdays {{ asked -> stop  refused -> stop }} }} }}
    campaign d {{ flow {{ ask "Asked?" within 5d {{ asked -> send other again  nothing -> send other goodbye }} }} }}
    """
    told = story(text, events=[outcome("2027-02-02 10:30", "asked")])
    assert told.sent == [("2027-02-02 10:30", "again")]
    told = story(text, events=[outcome("2027-02-02 10:30", "refused")])
    assert told.sent == [("2027-02-06 08:00", "goodbye")]


def test_r21_an_outcome_closes_its_task_before_any_edge_is_taken() -> None:
    """R21: the task is done, not withdrawn, though its outcome moves the account."""
    text = f"""
    journey own {{ start: first  phase first {{}}  phase second {{}}  first -> second: asked }}
    {DESK.replace("EXTRA", "")}
    campaign c {{ phase: first flow {{
      call: task plain hello by desk due 2 workdays {{ asked -> move second  refused -> stop }}
    }} }}
    campaign d {{ phase: second flow {{ send plain again }} }}
    """
    told = story(text, events=[outcome("2027-02-01 10:30", "asked")], plan={"journey": "own"})
    assert told.moves == [("2027-02-01 10:30", "first", "second")]
    (task,) = told.tasks
    assert (task.state, task.outcome, task.closed) == ("done", "asked", "2027-02-01 10:30")
    assert told.sent == [("2027-02-01 10:30", "again")]


def test_r21_without_an_overdue_arm_an_overdue_task_stays_open() -> None:
    """R21: an overdue task stays open, and a late outcome still counts."""
    told = story(PLAIN_OUTCOMES)
    (task,) = told.tasks
    # Handed out Monday 09:00, due Wednesday 09:00.
    assert (task.deadline, task.state, task.closed) == ("2027-02-03 09:00", "overdue", "")
    told = story(PLAIN_OUTCOMES, events=[outcome("2027-02-10 10:30", "refused")])
    assert told.sent == [("2027-02-10 10:30", "goodbye")]
    assert [task.state for task in told.tasks] == ["done"]


def test_r21_before_its_deadline_a_task_is_open() -> None:
    """R21: at `until`, a day before the deadline, it is open."""
    assert [task.state for task in story(PLAIN_OUTCOMES, until="2027-02-02 09:00").tasks] == ["open"]


def test_r21_with_an_overdue_arm_it_is_withdrawn() -> None:
    """R21: with an `overdue` arm it is withdrawn at the deadline, and the flow goes on there; later is an issue."""
    told = story(WITH_OVERDUE, events=[outcome("2027-02-10 10:30", "refused")])
    (task,) = told.tasks
    assert (task.state, task.closed) == ("withdrawn", "2027-02-03 09:00")
    assert told.sent == [("2027-02-03 09:00", "hello")]
    assert len(told.issues) == 1


def test_r21_a_late_outcome_after_overdue_is_only_its_event() -> None:
    """R21: after the withdrawal an outcome is only its event."""
    text = f"""
    {DESK.replace("EXTRA", "")}
    campaign c {{ flow {{
      call: task plain hello by desk due 2 workdays {{ asked -> send other hello  overdue -> stop }}
    }} }}
    campaign d {{ flow {{ ask "Asked?" within 20d {{ asked -> send other again  nothing -> send other goodbye }} }} }}
    """
    told = story(text, events=[outcome("2027-02-10 10:30", "asked")])
    assert told.sent == [("2027-02-10 10:30", "again")]
    assert told.issues == []


def test_r21_outcomes_in_time_beat_overdue() -> None:
    """R21: an outcome in time closes the task: no overdue then."""
    told = story(WITH_OVERDUE, events=[outcome("2027-02-03 08:59:59", "refused")])
    assert told.sent == [("2027-02-03 08:59:59", "goodbye")]
    assert [task.state for task in told.tasks] == ["done"]


def test_r21_an_outcome_may_name_the_task_by_its_id() -> None:
    """Inputs: task outcomes come with `task` (id), or contact and step."""
    (task,) = story(PLAIN_OUTCOMES).execution.tasks
    event = {"contact": "per", "at": "2027-02-01 10:30", "outcome": "refused", "task": task.id}
    assert story(PLAIN_OUTCOMES, events=[event]).sent == [("2027-02-01 10:30", "goodbye")]


def test_notify_is_a_note_to_the_team() -> None:
    """Language, notify: a row of kind notice, at once, with no outcome; it counts against nothing."""
    text = f"""
    {DESK.replace("EXTRA", "capacity: 1 per calendar day")}
    rule calm {{ cap: 1 per 7d }}
    campaign c {{ flow {{ notify desk "Look at this one."  send plain hello }} }}
    """
    told = story(text)
    (note,) = told.execution.tasks
    assert (note.kind, told.local(note.due), note.team) == ("notice", "2027-02-01 08:00", "desk")
    assert told.sent == [("2027-02-01 08:00", "hello")]


def test_r18_tasks_obey_blackouts_leads_and_skips_of_their_channel() -> None:
    """R18: tasks obey R11 to R17 for their channel: lead, blackout, `on_cap: skip`."""
    house = "calendar house: std.calendars.denmark { blackout: 2027-02-01 .. 2027-02-03 }"
    assert story(f"{house} {desk()}", plan={"calendar": "house"}).handed_out == [("2027-02-04 09:00", "per")]
    slow = "channel slow: plain { lead: 2d }"
    assert story(f"{slow} {desk(channel='slow')}").handed_out == [("2027-02-03 09:00", "per")]
    once = "channel rare: plain { cap: 1 per 7d  on_cap: skip }"
    contacted = [{"contact": "per", "at": "2027-01-30 10:00", "event": "contacted", "channel": "rare"}]
    told = story(f"{once} {desk(channel='rare')}", events=contacted)
    assert told.tasks == []
    assert told.skips == [("2027-02-01 08:00", "hello", "cap")]


def test_r18_a_day_of_capacity_is_a_day_of_the_plan() -> None:
    """R18: capacity is of a day on the plan's clock, whatever clock the person has."""
    text = desk("capacity: 1 per calendar day").replace("hours: 09:00 .. 17:00", "hours: 00:00 .. 12:00")
    people = accounts("a", "b", timezone=NEW_YORK)
    # From Monday 1 February 01:00 in Copenhagen, 31 January 19:00 in New York: `a` at once; `b` on Tuesday 00:00 in
    # Copenhagen, which is Monday 18:00 in New York.
    assert story(text, people, start="2027-02-01 01:00").handed_out == [
        ("2027-01-31 19:00", "a"),
        ("2027-02-01 18:00", "b"),
    ]


def test_r18_campaigns_share_the_desk() -> None:
    """R18, R17: one capacity for all tasks of the team, whichever campaign they are of."""
    text = f"""
    {DESK.replace("EXTRA", "capacity: 1 per calendar day")}
    campaign c {{                flow {{ task plain hello by desk due 2 workdays {{ helped -> stop }} }} }}
    campaign d {{ priority: 60   flow {{ task other again by desk due 2 workdays {{ helped -> stop }} }} }}
    """
    told = story(text)
    assert [(task.when, task.message) for task in told.tasks] == [
        ("2027-02-01 09:00", "again"),
        ("2027-02-02 09:00", "hello"),
    ]


def test_r18_consent_is_asked_again_after_a_wait_for_capacity() -> None:
    """R18: after every wait for the desk consent is asked again: who has taken it back takes no place."""
    text = desk("capacity: 1 per calendar day", channel="phone")
    people = accounts("a", "b", "c", mobile="+45 20 30 40 50", consent="phone")
    events = [{"contact": "b", "at": "2027-02-01 12:00", "event": "consent_withdrawn"}]
    told = story(text, people, events)
    assert told.handed_out == [("2027-02-01 09:00", "a"), ("2027-02-02 09:00", "c")]
    assert [(row.contact, told.local(row.at), row.reason) for row in told.execution.skips] == [
        ("b", "2027-02-02 09:00", "consent")
    ]


def test_r21_an_outcome_in_the_second_of_the_deadline_is_in_time() -> None:
    """R21, R23: events come before steps, so an outcome at the deadline closes the task."""
    told = story(WITH_OVERDUE, events=[outcome("2027-02-03 09:00:00", "refused")])
    assert told.sent == [("2027-02-03 09:00", "goodbye")]
    assert [task.state for task in told.tasks] == ["done"]


def test_r21_arms_may_share_an_outcome_list() -> None:
    """Language: an arm may name several outcomes; without an arm's jump the flow goes on after the task."""
    text = f"""
    {DESK.replace("EXTRA", "")}
    campaign c {{ flow {{
      call: task plain hello by desk due 2 workdays {{ helped, refused -> wait 1h }}
      send other again
    }} }}
    """
    for word in ("helped", "refused"):
        assert story(text, events=[outcome("2027-02-01 10:30", word)]).sent == [("2027-02-01 11:30", "again")]
