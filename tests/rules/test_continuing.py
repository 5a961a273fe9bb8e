"""R24, R26: a plan run day by day. Every expectation is worked out by hand from the text of the rules.

February 2027: the 1st is a Monday.
"""

from __future__ import annotations

from tests.rules.days import PER, Days
from tests.rules.plans import story

WEEKLY = "campaign c { flow { repeat every 1w { send plain hello } } }"
DESK = """
team desk { members: "m@example.dk" hours: 09:00 .. 17:00 days: workdays }
"""


def event(at: str, name: str = "asked", contact: str = "per", **more: str) -> dict[str, str]:
    return {"contact": contact, "at": at, "event": name, **more}


def outcome(at: str, name: str, step: str, contact: str = "per") -> dict[str, str]:
    return {"contact": contact, "at": at, "outcome": name, "step": step}


# --- continue, and known ---


def test_r26_the_next_run_starts_where_the_state_was_saved() -> None:
    """Mondays at 08:00; the first run ends with the 10th, the second goes on with the 15th."""
    days = Days(WEEKLY)
    first, second = days.run("2027-02-10 00:00"), days.run("2027-02-24 00:00")
    assert first.sent == [("2027-02-01 08:00", "hello"), ("2027-02-08 08:00", "hello")]
    assert second.sent == [("2027-02-15 08:00", "hello"), ("2027-02-22 08:00", "hello")]


def test_r24_ids_go_on_where_the_state_was_saved() -> None:
    """Visits are counted in the plan: together, the two runs give the ids of one, and no id twice."""
    days = Days(WEEKLY)
    parts = [days.run("2027-02-10 00:00"), days.run("2027-02-24 00:00")]
    once = story(WEEKLY, until="2027-02-24 00:00")
    assert [row.id for part in parts for row in part.execution.touches] == [row.id for row in once.execution.touches]


def test_r26_a_moment_belongs_to_the_run_that_begins_with_it() -> None:
    """[from, until): what is due at the cut, to the second, is the second run's."""
    days = Days(WEEKLY)
    first, second = days.run("2027-02-08 08:00"), days.run("2027-02-08 08:00:01")
    assert first.sent == [("2027-02-01 08:00", "hello")]
    assert second.sent == [("2027-02-08 08:00", "hello")]


def test_r26_rows_from_the_known_moment_on_are_planned() -> None:
    days = Days(WEEKLY)
    day = days.run("2027-02-24 00:00", known="2027-02-08 08:00")
    assert day.facts == [("2027-02-01 08:00", "hello")]
    assert day.planned == [(f"2027-02-{number} 08:00", "hello") for number in ("08", "15", "22")]


def test_r26_planned_rows_are_worked_out_again() -> None:
    """The state is as of the 9th; the second run makes facts of the 15th, which the first had planned."""
    days = Days(WEEKLY)
    days.run("2027-02-24 00:00", known="2027-02-09 00:00")
    day = days.run("2027-02-24 00:00", known="2027-02-16 00:00")
    assert day.facts == [("2027-02-15 08:00", "hello")]
    assert day.planned == [("2027-02-22 08:00", "hello")]
    assert day.news == ["known", "known"]
    assert day.withdrawn == []


def test_r26_what_does_not_hold_any_more_is_withdrawn() -> None:
    """Planned for the 8th and the 15th. On the 10th it becomes known that per went on at noon of the 9th, where the
    campaign does not stand: the 15th is withdrawn, the 8th is a fact."""
    text = "campaign c { phase: first flow { repeat every 1w { send plain hello } } }"
    days = Days(text)
    days.run("2027-02-20 00:00", known="2027-02-02 00:00")
    day = days.run("2027-02-20 00:00", known="2027-02-10 00:00", new_events=[event("2027-02-09 12:00", "went_on")])
    assert day.facts == [("2027-02-08 08:00", "hello")]
    assert day.planned == []
    assert day.withdrawn == [("2027-02-15 08:00", "hello", False)]


def test_r26_withdrawn_though_its_moment_has_passed() -> None:
    """Planned for the 8th; on the 10th it becomes known that per went on before, on the 7th. It may have gone out."""
    days = Days("campaign c { phase: first flow { repeat every 1w { send plain hello } } }")
    days.run("2027-02-10 00:00", known="2027-02-02 00:00")
    day = days.run("2027-02-12 00:00", known="2027-02-10 00:00", new_events=[event("2027-02-07 12:00", "went_on")])
    assert day.sent == []
    assert day.withdrawn == [("2027-02-08 08:00", "hello", True)]


def test_r26_what_is_past_stays_a_fact() -> None:
    """An event older than the state takes nothing back that was made before the state was saved."""
    days = Days("campaign c { phase: first flow { repeat every 1w { send plain hello } } }")
    first = days.run("2027-02-10 00:00")
    day = days.run("2027-02-20 00:00", new_events=[event("2027-02-02 12:00", "went_on")])
    assert first.sent == [("2027-02-01 08:00", "hello"), ("2027-02-08 08:00", "hello")]
    assert day.sent == []
    assert day.withdrawn == []
    assert day.moves == [("2027-02-10 00:00", "first", "second")]


def test_r26_an_event_after_the_known_moment_is_planned_with() -> None:
    """What is given is used; only what is before the known moment is complete, and is a fact."""
    days = Days("campaign c { starts: asked flow { send plain hello } }")
    day = days.run("2027-02-20 00:00", known="2027-02-05 00:00", events=[event("2027-02-09 12:00")])
    assert (day.facts, day.planned) == ([], [("2027-02-09 12:00", "hello")])
    day = days.run("2027-02-20 00:00", known="2027-02-10 00:00")
    assert (day.facts, day.planned) == ([("2027-02-09 12:00", "hello")], [])
    assert "late_event" not in day.issues


def test_r26_a_row_that_is_said_otherwise_is_changed() -> None:
    """Planned for the 15th; quiet hours of an edited plan move it: the id is the same, what is said is not."""
    days = Days("campaign c { flow { wait 14d  send plain hello } }")
    first = days.run("2027-02-20 00:00", known="2027-02-02 00:00")
    quiet = "rule later { quiet: 07:00 .. 10:00 }\ncampaign c { flow { wait 14d  send plain hello } }"
    day = days.run("2027-02-20 00:00", known="2027-02-03 00:00", text=quiet)
    assert first.planned == [("2027-02-15 08:00", "hello")]
    assert day.planned == [("2027-02-15 10:00", "hello")]
    assert day.news == ["changed"]
    assert [row.id for row in day.execution.touches] == [row.id for row in first.execution.touches]
    assert day.withdrawn == []


# --- the same day twice, and a run that was killed ---


def test_r26_the_same_day_twice_changes_nothing() -> None:
    days = Days(WEEKLY)
    days.run("2027-02-10 00:00", known="2027-02-03 00:00")
    first = days.run("2027-02-20 00:00", known="2027-02-10 00:00")
    kept_ = (days.manifest, dict(days.files))
    again = days.run("2027-02-20 00:00", known="2027-02-10 00:00")
    assert again.execution == first.execution
    assert again.made.marks == first.made.marks
    assert (days.manifest, days.files) == kept_


def test_r26_the_same_day_twice_with_a_late_event() -> None:
    """The state is as of the 10th already: an event of the 9th that comes only now is late, and taken at that moment,
    which lies in the planned part. The next run makes a fact of it."""
    days = Days("campaign c { starts: asked flow { send plain hello } }")
    days.run("2027-02-20 00:00", known="2027-02-10 00:00")
    day = days.run("2027-02-20 00:00", known="2027-02-10 00:00", new_events=[event("2027-02-09 12:00")])
    assert (day.facts, day.planned) == ([], [("2027-02-10 00:00", "hello")])
    assert day.told == [("late_event", "per")]
    last = days.run("2027-02-20 00:00", known="2027-02-11 00:00")
    assert last.facts == [("2027-02-10 00:00", "hello")]


def test_r26_what_a_killed_run_did_not_tell_the_next_one_tells() -> None:
    """The second run kept its state and was killed before its tables were put in their folder."""
    days = Days(WEEKLY)
    days.run("2027-02-10 00:00", known="2027-02-02 00:00")
    days.run("2027-02-16 00:00", known="2027-02-09 00:00", published=False)
    day = days.run("2027-02-24 00:00", known="2027-02-16 00:00")
    assert day.facts == [("2027-02-08 08:00", "hello"), ("2027-02-15 08:00", "hello")]
    assert day.planned == [("2027-02-22 08:00", "hello")]
    # The 8th had been put out as planned by the first run, the others by nobody.
    assert day.news == ["known", "new", "new"]


# --- late events, and events already seen ---


def test_r26_a_late_event_is_taken_at_the_states_moment() -> None:
    days = Days("campaign c { starts: asked flow { send plain hello } }")
    days.run("2027-02-10 00:00")
    day = days.run("2027-02-20 00:00", new_events=[event("2027-02-05 12:00")])
    assert day.sent == [("2027-02-10 00:00", "hello")]
    assert day.told == [("late_event", "per")]
    (issue,) = day.execution.issues
    assert (issue.refused, day.local(issue.at or 0)) == (False, "2027-02-05 12:00")


def test_r26_a_late_event_is_late_once() -> None:
    """It has been taken: the next run, with the same file, knows it."""
    days = Days("campaign c { starts: asked flow { send plain hello } }")
    days.run("2027-02-10 00:00")
    days.run("2027-02-15 00:00", new_events=[event("2027-02-05 12:00")])
    day = days.run("2027-02-20 00:00")
    assert (day.sent, day.told) == ([], [])


def test_r26_an_event_seen_is_dropped_by_its_id() -> None:
    """Whatever else the row says: what is past stays a fact."""
    days = Days("campaign c { starts: asked flow { send plain hello } }")
    first = days.run("2027-02-10 00:00", events=[event("2027-02-05 12:00", id="e1")])
    day = days.run("2027-02-20 00:00", events=[event("2027-02-12 12:00", id="e1"), event("2027-02-13 12:00", id="e2")])
    assert first.sent == [("2027-02-05 12:00", "hello")]
    assert day.sent == [("2027-02-13 12:00", "hello")]
    assert day.told == []


def test_r26_events_without_id_are_known_by_their_fields_and_their_count() -> None:
    """One was seen; the file of the second run has three equal rows: two are late."""
    days = Days("campaign c { starts: asked flow { send plain hello } }")
    row = event("2027-02-05 12:00")
    days.run("2027-02-10 00:00", events=[row])
    day = days.run("2027-02-20 00:00", events=[row, row, row])
    assert day.told == [("late_event", "per"), ("late_event", "per")]
    assert days.run("2027-02-21 00:00").told == []


def test_r26_a_payload_tells_two_events_apart() -> None:
    text = "campaign c { starts: consent_given flow { send plain hello } }"
    days = Days(text)
    days.run("2027-02-10 00:00", events=[event("2027-02-05 12:00", "consent_given", channel="email")])
    day = days.run(
        "2027-02-20 00:00",
        events=[event("2027-02-05 12:00", "consent_given", channel=name) for name in ("email", "phone")],
    )
    assert day.told == [("late_event", "per")]


def test_r26_files_of_new_rows_only() -> None:
    """The first run's events are not given again: they are known all the same."""
    text = """
    campaign c { starts: asked flow {
      choose "Begged?" { ever(begged) -> send plain again  otherwise -> send plain hello }
    } }
    """
    days = Days(text)
    days.run("2027-02-10 00:00", events=[event("2027-02-05 12:00", "begged")])
    day = days.run("2027-02-20 00:00", events=[event("2027-02-12 12:00")])
    assert day.sent == [("2027-02-12 12:00", "again")]


def test_r26_a_late_outcome_closes_its_task() -> None:
    """R21: a second or more after the hand-out; taken on the 10th, it goes on from there."""
    text = DESK + "campaign c { flow { task plain hello by desk due 9 workdays { helped -> send plain again } } }"
    days = Days(text)
    first = days.run("2027-02-10 00:00")
    day = days.run("2027-02-20 00:00", new_events=[outcome("2027-02-03 12:00", "helped", "task:plain:hello")])
    assert [(task.state, task.closed) for task in first.tasks] == [("open", "")]
    assert [(task.state, task.closed) for task in day.tasks] == [("done", "2027-02-10 00:00")]
    assert day.sent == [("2027-02-10 00:00", "again")]
    assert day.told == [("late_event", "per")]


# --- what waits ---


def test_r26_an_open_task_is_told_again_as_it_stands() -> None:
    """Handed out on Monday the 1st at 09:00, due on Wednesday. Overdue in the second run, done in the third."""
    text = DESK + "campaign c { flow { task plain hello by desk due 2 workdays { helped -> stop } } }"
    days = Days(text)
    parts = [
        days.run("2027-02-02 00:00"),
        days.run("2027-02-05 00:00"),
        days.run("2027-02-08 00:00", new_events=[outcome("2027-02-05 10:00", "helped", "task:plain:hello")]),
        days.run("2027-02-09 00:00"),
    ]
    states = [[(task.when, task.state, task.closed) for task in part.tasks] for part in parts]
    assert states == [
        [("2027-02-01 09:00", "open", "")],
        [("2027-02-01 09:00", "overdue", "")],
        [("2027-02-01 09:00", "done", "2027-02-05 10:00")],
        [],
    ]
    assert [part.news for part in parts] == [["new"], ["changed"], ["changed"], []]


def test_r26_an_overdue_arm_is_taken_in_a_later_run() -> None:
    """Due Wednesday the 3rd at 09:00: withdrawn then, and the flow goes on."""
    arms = "{ helped -> stop  overdue -> send plain again }"
    days = Days(DESK + f"campaign c {{ flow {{ task plain hello by desk due 2 workdays {arms} }} }}")
    days.run("2027-02-02 00:00")
    day = days.run("2027-02-05 00:00")
    assert [(task.state, task.closed) for task in day.tasks] == [("withdrawn", "2027-02-03 09:00")]
    assert day.sent == [("2027-02-03 09:00", "again")]


def test_r26_an_outcome_after_a_task_of_an_earlier_run_was_closed() -> None:
    """R21: a later outcome is an issue, told by its name: the state knows the task."""
    days = Days(DESK + "campaign c { flow { task plain hello by desk due 2 workdays { helped -> stop } } }")
    days.run("2027-02-03 00:00", events=[outcome("2027-02-02 10:00", "helped", "task:plain:hello")])
    day = days.run("2027-02-06 00:00", new_events=[outcome("2027-02-04 10:00", "helped", "task:plain:hello")])
    assert day.issues == ["late_outcome"]


def test_r26_the_desk_remembers_the_hand_outs_of_the_day() -> None:
    """R18: one a day; ann has it on Monday, per comes on Tuesday, though the state was saved between them."""
    text = """
    team desk { members: "m@example.dk" hours: 09:00 .. 17:00 days: workdays capacity: 1 per calendar day }
    campaign c { starts: asked flow { task plain hello by desk due 1 workday { helped -> stop } } }
    """
    days = Days(text, [PER, {"id": "ann"}])
    first = days.run("2027-02-01 12:00", events=[event("2027-02-01 10:00", contact="ann")])
    day = days.run("2027-02-04 00:00", new_events=[event("2027-02-01 13:00")])
    assert first.handed_out == [("2027-02-01 10:00", "ann")]
    assert [each for each in day.handed_out if each[1] == "per"] == [("2027-02-02 09:00", "per")]


def test_r26_caps_remember_what_was_made() -> None:
    """R15: 1 per 7d. Made on the 1st in the first run; the second waits for the 8th, the third is free."""
    text = "rule pause { cap: 1 per 7d }\ncampaign c { starts: asked flow { send plain hello } }"
    days = Days(text)
    days.run("2027-02-02 00:00", events=[event("2027-02-01 10:00")])
    day = days.run("2027-02-20 00:00", new_events=[event("2027-02-03 10:00"), event("2027-02-15 10:00")])
    assert day.sent == [("2027-02-08 10:00", "hello"), ("2027-02-15 10:00", "hello")]


def test_r26_a_touch_that_waits_keeps_its_chain() -> None:
    """Reached on the 1st at 20:30, quiet until 08:00 of the 2nd; the state was saved at midnight."""
    text = "rule night { quiet: 20:00 .. 08:00 }\ncampaign c { starts: asked flow { send plain hello } }"
    days = Days(text)
    days.run("2027-02-02 00:00", events=[event("2027-02-01 20:30")])
    day = days.run("2027-02-05 00:00")
    (touch,) = day.execution.touches
    assert day.sent == [("2027-02-02 08:00", "hello")]
    assert day.words(touch.because) == ["quiet 11:30:00"]


def test_r26_an_ask_goes_on_in_a_later_run() -> None:
    """R19: within 5d of the 1st at 08:00; the answer of the 4th counts, and what came in the first run is used up."""
    text = """
    campaign c { flow { send plain hello  again: ask "Well?" within 5d {
      asked -> again
      nothing -> send plain goodbye
    } } }
    """
    days = Days(text)
    days.run("2027-02-03 00:00", events=[event("2027-02-02 10:00")])
    day = days.run("2027-02-20 00:00", new_events=[event("2027-02-04 10:00")])
    # Asked on the 1st, answered on the 2nd; asked again, answered on the 4th; asked again, and nothing until the 9th.
    assert day.sent == [("2027-02-09 10:00", "goodbye")]


def test_r26_reentry_remembers() -> None:
    """R6: `reentry: once`, and the run was in the first part."""
    text = "campaign c { starts: asked reentry: once flow { send plain hello } }"
    days = Days(text)
    days.run("2027-02-03 00:00", events=[event("2027-02-02 10:00")])
    assert days.run("2027-02-20 00:00", new_events=[event("2027-02-04 10:00")]).sent == []


def test_r26_goals_are_reached_in_a_later_run() -> None:
    """R7: within 7d of the run's start; counted from the beginning of the plan."""
    text = "campaign c { goal: asked within 7d flow { send plain hello } }"
    days = Days(text)
    first = days.run("2027-02-03 00:00")
    day = days.run("2027-02-20 00:00", new_events=[event("2027-02-04 10:00")])
    assert (first.execution.counts.goals, day.execution.counts.goals) == ({"c": (0, 1)}, {"c": (1, 1)})


def test_r26_an_audience_ends_in_a_later_run() -> None:
    """In it from the 1st for 10 days; told open first, then with its end, then not any more."""
    text = """
    channel circle { reach: audience }
    campaign c { flow { send circle hello for 10d  wait 60d } }
    """
    days = Days(text)
    ends = ["2027-02-05 00:00", "2027-02-09 00:00", "2027-02-15 00:00", "2027-02-20 00:00"]
    told = [days.run(end).audiences for end in ends]
    still = [("2027-02-01 08:00", "", "per")]
    assert told == [still, still, [("2027-02-01 08:00", "2027-02-11 08:00", "per")], []]


def test_r26_a_flight_of_the_plan_is_shown_once() -> None:
    """R6: the run of the plan is in the state too."""
    text = "campaign c { flow { show press hello for 1w  wait 10d  show press again for 1w } }"
    days = Days(text)
    parts = [days.run("2027-01-10 00:00", start="2027-01-04 00:00"), days.run("2027-02-01 00:00")]
    assert [part.sent for part in parts] == [[("2027-01-04 00:00", "hello")], [("2027-01-14 00:00", "again")]]


def test_r28_the_budget_goes_on() -> None:
    """50 DKK in each run, and 80 in all: passed in the second, and told once."""
    text = """
    channel dear { reach: person cost: 50 DKK }
    campaign c { starts: asked flow { send dear hello } }
    """
    days = Days(text, plan={"budget": "80 DKK"})
    first = days.run("2027-02-03 00:00", events=[event("2027-02-02 10:00")])
    second = days.run("2027-02-06 00:00", new_events=[event("2027-02-04 10:00")])
    third = days.run("2027-02-09 00:00", new_events=[event("2027-02-07 10:00")])
    budgets = [[row.at for row in part.execution.reports if row.check == "budget"] for part in (first, second, third)]
    assert [len(found) for found in budgets] == [0, 1, 0]


def test_r27_what_waits_at_until_is_state_and_at_the_end_a_skip() -> None:
    """A send that waits for 09:00 of New Year's Day, after the period: no row before the end, then `period_over`."""
    days = Days("campaign c { starts: asked flow { send plain hello at 09:00 } }")
    first = days.run("2027-12-31 20:00", start="2027-12-01 00:00", events=[event("2027-12-31 10:00")])
    last = days.run("2028-01-01 00:00")
    assert (first.sent, first.skips) == ([], [])
    assert last.skips == [("2028-01-01 00:00", "hello", "period_over")]
    again = days.run("2028-01-01 00:00")
    assert again.execution == last.execution
