"""R4, R5, R5a: the cells people stand in, relation levels, and events that are worked out."""

from __future__ import annotations

from tests.rules.plans import story

NEW_YORK = "America/New_York"

MAPS = """
person buyer   "Buyer"   { when: has(household_role) and household_role == "buyer" }
person partner "Partner" { when: has(household_role) and household_role == "partner" }
map early { phase: first  roles { buyer: target, approver  partner: influencer } }
map late  { phase: second roles { buyer: approver          partner: target } }
"""
HOME = [
    {"id": "a", "account": "home", "household_role": "buyer"},
    {"id": "b", "account": "home", "household_role": "partner"},
]
ON_WEDNESDAY = [{"contact": "per", "at": "2027-02-03 10:00", "event": "went_on"}]


def test_r4_a_move_ends_the_runs_that_no_longer_stand_there() -> None:
    """R4: at a move the runs of campaigns that no longer stand there end at that moment."""
    text = "campaign c { phase: first flow { send plain hello  wait 5d  send plain again } }"
    told = story(text, events=ON_WEDNESDAY)
    # `again` would be Saturday 08:00; the run ended Wednesday 10:00, and what it had not begun is no skip.
    assert told.sent == [("2027-02-01 08:00", "hello")]
    assert told.skips == []


def test_r4_a_touch_that_waits_ends_with_its_run() -> None:
    """R4: a run that ends takes its waiting touch with it."""
    text = """
    channel rare: plain { days: friday }
    campaign c { phase: first flow { send rare hello } }
    """
    assert story(text, events=ON_WEDNESDAY).touches == []
    assert story(text).sent == [("2027-02-05 00:00", "hello")]


def test_r4_campaigns_that_newly_stand_start_at_the_move() -> None:
    """R4: campaigns that newly stand there start."""
    text = "campaign c { phase: second flow { send plain hello } }"
    assert story(text, events=ON_WEDNESDAY).sent == [("2027-02-03 10:00", "hello")]


def test_r4_runs_that_stand_in_both_cells_go_on() -> None:
    """R4: runs that stand in both go on, neither ended nor begun again."""
    text = "campaign c { phase: first, second flow { send plain hello  wait 5d  send plain again } }"
    # 1 February 08:00 + 5d = Saturday 6 February 08:00, with one `hello` only.
    assert story(text, events=ON_WEDNESDAY).sent == [("2027-02-01 08:00", "hello"), ("2027-02-06 08:00", "again")]


def test_r4_roles_are_part_of_the_cell() -> None:
    """R4: a person's cell holds their roles by the map of the phase."""
    text = f"{MAPS} campaign c {{ role: target flow {{ send plain hello  wait 5d  send plain again }} }}"
    told = story(text, HOME, [{"contact": "a", "at": "2027-02-03 10:00", "event": "went_on"}])
    # In `first` the buyer is the target, in `second` the partner: the buyer's run ends, the partner's starts.
    # Wednesday 3 February 10:00 + 5d = Monday 8 February 10:00.
    assert told.touches == [
        ("2027-02-01 08:00", "a", "plain", "hello"),
        ("2027-02-03 10:00", "b", "plain", "hello"),
        ("2027-02-08 10:00", "b", "plain", "again"),
    ]


def test_r4_a_relation_is_part_of_the_cell() -> None:
    """R4: a change of relation ends and starts runs as a move does."""
    text = """
    relations bond { level stranger {} level friend { when: ever(asked) } }
    campaign for_strangers { relation: stranger flow { send plain hello  wait 5d  send plain again } }
    campaign for_friends   { relation: friend   flow { send plain goodbye } }
    """
    told = story(
        text, events=[{"contact": "per", "at": "2027-02-03 10:00", "event": "asked"}], plan={"relations": "bond"}
    )
    assert told.sent == [("2027-02-01 08:00", "hello"), ("2027-02-03 10:00", "goodbye")]


def test_r4_roles_of_the_row_count_beside_the_map() -> None:
    """Language, coordinates: a contact has the roles of the map, plus those in its `roles`."""
    text = f"{MAPS} campaign c {{ role: user flow {{ send plain hello }} }}"
    told = story(text, [{**HOME[0], "roles": "user"}, HOME[1]])
    assert told.sent_to == [("2027-02-01 08:00", "a")]


def test_r4_a_person_of_a_map_can_be_addressed() -> None:
    """Language, coordinates: `role: early.partner` addresses a person of a map."""
    text = f"{MAPS} campaign c {{ role: early.partner flow {{ send plain hello }} }}"
    assert story(text, HOME).sent_to == [("2027-02-01 08:00", "b")]


def test_r4_ending_a_run_withdraws_its_open_tasks() -> None:
    """R4: ending a run withdraws its open tasks."""
    text = """
    team desk { members: "m@example.dk" hours: 08:00 .. 17:00 days: workdays }
    campaign c { phase: first flow { task plain hello by desk due 5 workdays { helped -> stop } } }
    """
    told = story(text, events=ON_WEDNESDAY)
    assert [(task.when, task.state, task.closed) for task in told.tasks] == [
        ("2027-02-01 08:00", "withdrawn", "2027-02-03 10:00")
    ]


def test_r4_ending_a_run_ends_its_audiences() -> None:
    """R4: ending a run withdraws its audiences, though their `for` has not run out."""
    text = "campaign c { phase: first flow { send facebook hello for 10d  wait 9d } }"
    assert story(text, events=ON_WEDNESDAY).audiences == [("2027-02-01 08:00", "2027-02-03 10:00", "per")]


BOND = """
relations bond {
  level stranger {}
  level friend { when: count(asked, within: 30d) >= 1 }
  level fan    { when: count(asked) >= 2 }
}
campaign for_strangers { relation: stranger flow { send plain hello } }
campaign for_friends   { relation: friend   flow { send plain again } }
campaign for_fans      { relation: fan      flow { send plain goodbye } }
"""


def test_r5_the_highest_level_that_holds_and_levels_can_be_lost() -> None:
    """R5: the highest level whose predicate holds, events up to and including now; levels can be lost."""
    events = [
        {"contact": "per", "at": "2027-02-02 12:00", "event": "asked"},
        {"contact": "per", "at": "2027-05-01 10:00", "event": "asked"},
    ]
    told = story(BOND, events=events, plan={"relations": "bond"})
    # Friend from 2 February 12:00 on. An event at s counts while t < s + 30d: February has 28 days, so the level is
    # lost on 4 March 12:00 and the stranger's campaign starts again. On 1 May both `friend` and `fan` hold: `fan` is
    # higher.
    assert told.sent == [
        ("2027-02-01 08:00", "hello"),
        ("2027-02-02 12:00", "again"),
        ("2027-03-04 12:00", "hello"),
        ("2027-05-01 10:00", "goodbye"),
    ]


def test_r5_the_events_of_everybody_in_the_account_count() -> None:
    """R5: the predicate holds for the account's events, whichever of its persons raised them."""
    people = [{"id": "a", "account": "home"}, {"id": "b", "account": "home"}]
    events = [
        {"contact": "a", "at": "2027-02-02 12:00", "event": "asked"},
        {"contact": "b", "at": "2027-02-03 12:00", "event": "asked"},
    ]
    told = story(BOND, people, events, plan={"relations": "bond"})
    # One question each make two of the account: both persons are fans from Wednesday 12:00.
    assert told.touches[-2:] == [
        ("2027-02-03 12:00", "a", "plain", "goodbye"),
        ("2027-02-03 12:00", "b", "plain", "goodbye"),
    ]


def test_r5_relations_are_reckoned_on_the_plans_clock() -> None:
    """R5, language: in `relations` events are the account's, on the plan's clock."""
    text = """
    relations bond { level fresh {} level gone { when: since(asked) >= 1mo } }
    campaign c { relation: gone flow { send plain hello } }
    """
    told = story(
        text,
        [{"id": "per", "timezone": NEW_YORK}],
        [{"contact": "per", "at": "2027-01-30 23:30", "event": "asked"}],
        start="2027-01-04 08:00",
        plan={"relations": "bond"},
    )
    # 30 January 23:30 in New York is 31 January 05:30 in Copenhagen. + 1mo there: 28 February 05:30, which in New York
    # is 27 February 23:30 (on the person's clock it would have been 28 February 23:30).
    assert told.sent == [("2027-02-27 23:30", "hello")]


def test_r5a_an_event_happens_when_its_predicate_turns_true() -> None:
    """R5a: `event … { when: P }` happens each time P turns from false to true, at that second."""
    text = """
    event keen { when: count(asked) >= 2 }
    journey own { start: first  phase first {}  phase second {}  first -> second: keen }
    campaign c { phase: second flow { send plain hello } }
    """
    events = [
        {"contact": "per", "at": "2027-02-02 10:00", "event": "asked"},
        {"contact": "per", "at": "2027-02-03 11:00:05", "event": "asked"},
    ]
    told = story(text, events=events, plan={"journey": "own"})
    assert told.moves == [("2027-02-03 11:00:05", "first", "second")]


def test_r5a_it_happens_each_time_anew() -> None:
    """R5a: each time P turns from false to true; while it stays true nothing happens."""
    text = """
    event warm { when: count(asked, within: 7d) >= 1 }
    campaign c { starts: warm flow { send plain hello } }
    """
    events = [{"contact": "per", "at": f"2027-02-{day} 10:00", "event": "asked"} for day in ("02", "05", "20")]
    # True from 2 February; the question of the 5th keeps it true until the 12th; true again on the 20th.
    assert story(text, events=events).sent == [("2027-02-02 10:00", "hello"), ("2027-02-20 10:00", "hello")]


def test_r5a_true_when_first_seen_is_no_event() -> None:
    """R5a: P true when the person is first seen: no event, now or in history."""
    text = """
    event keen { when: count(asked) >= 2 }
    journey own { start: first  phase first {}  phase second {}  first -> second: keen }
    campaign c { phase: first flow { send plain hello } }
    """
    events = [{"contact": "per", "at": f"2027-01-2{day} 10:00", "event": "asked"} for day in (0, 1, 2)]
    told = story(text, events=events, plan={"journey": "own"})
    assert told.entries == [("2027-02-01 08:00", "first")]
    assert told.moves == []
    assert told.sent == [("2027-02-01 08:00", "hello")]


def test_r5a_it_happens_to_a_person() -> None:
    """R5a: P is about one person: a question each by two people is not two questions by one."""
    text = """
    event keen { when: count(asked) >= 2 }
    campaign c { starts: keen flow { send plain hello } }
    """
    people = [{"id": "a", "account": "home"}, {"id": "b", "account": "home"}]
    events = [{"contact": name, "at": "2027-02-02 10:00", "event": "asked"} for name in "ab"]
    assert story(text, people, events).touches == []


SOON = """
event soon { when: day - 90d }
journey own { start: first  phase first {}  phase second {}  first -> second: soon }
campaign c { phase: second flow { send plain hello } }
"""


def test_r5a_a_date_happens_at_midnight_on_the_persons_clock() -> None:
    """R5a: with a date expression at 00:00 of that date on the person's clock."""
    people = [{"id": "per", "day": "2027-06-01", "timezone": NEW_YORK}, {"id": "nobody"}]
    told = story(SOON, people, plan={"journey": "own"})
    # 1 June - 90d: 31 days back to 1 May, 30 to 1 April, 29 more to 3 March. 00:00 there is 06:00 in Copenhagen.
    # Whose date is missing has no such event.
    assert told.moves == [("2027-03-03 06:00", "first", "second")]
    assert told.touches == [("2027-03-03 00:00", "per", "plain", "hello")]


def test_r5a_a_date_before_entry_is_history() -> None:
    """R5a: a date before entry is history, which walks the edges (R2)."""
    told = story(SOON, [{"id": "per", "day": "2027-04-01"}], plan={"journey": "own"})
    # 1 April - 90d = 1 January 2027, a month before the run begins.
    assert told.entries == [("2027-02-01 08:00", "second")]


def test_r5a_a_predicate_on_age_turns_at_midnight() -> None:
    """R5a: `age(day) >= 6y` turns true by itself, with no event that makes it."""
    text = """
    event old { when: has(day) and age(day) >= 6y }
    campaign c { starts: old flow { send plain hello } }
    """
    # 15 February 2021 + 6y = 15 February 2027, 00:00 on the person's clock.
    assert story(text, [{"id": "per", "day": "2021-02-15"}]).sent == [("2027-02-15 00:00", "hello")]


def test_r4_an_outcome_after_the_withdrawal_is_an_issue() -> None:
    """R4, R21: a task that was withdrawn has no outcome any more."""
    text = """
    team desk { members: "m@example.dk" hours: 08:00 .. 17:00 days: workdays }
    campaign c { phase: first flow { call: task plain hello by desk due 5 workdays { helped -> send other again } } }
    """
    late = {"contact": "per", "at": "2027-02-03 11:00", "outcome": "helped", "step": "call"}
    told = story(text, events=[*ON_WEDNESDAY, late])
    assert [task.state for task in told.tasks] == ["withdrawn"]
    assert told.sent == []
    assert len(told.issues) == 1


def test_r4_a_task_that_waits_for_the_desk_ends_with_its_run() -> None:
    """R4: who leaves the cell leaves the queue, and others come earlier."""
    text = """
    team desk { members: "m@example.dk" hours: 09:00 .. 17:00 days: workdays capacity: 1 per calendar day }
    campaign c { phase: first flow { task plain hello by desk due 5 workdays { helped -> stop } } }
    """
    people = [{"id": name, "account": name} for name in "abc"]
    events = [{"contact": "b", "at": "2027-02-01 12:00", "event": "went_on"}]
    told = story(text, people, events)
    assert told.handed_out == [("2027-02-01 09:00", "a"), ("2027-02-02 09:00", "c")]


def test_r4_one_role_of_two_is_enough_to_stand_there() -> None:
    """R4: a run goes on while the person stands in the cell, by whichever role."""
    maps = MAPS.replace("partner: influencer", "partner: influencer, user")
    text = f"{maps} campaign c {{ role: user, target flow {{ send plain hello  wait 5d  send plain again }} }}"
    told = story(text, [HOME[1]], [{"contact": "b", "at": "2027-02-03 10:00", "event": "went_on"}])
    # In `first` the partner is a user, in `second` a target: one run.
    assert told.sent == [("2027-02-01 08:00", "hello"), ("2027-02-06 08:00", "again")]


def test_r4_from_level_to_level_of_one_campaign() -> None:
    """R4: a campaign of two relation levels goes on from one to the other."""
    text = """
    relations bond { level stranger {} level friend { when: ever(asked) } level fan { when: count(asked) >= 2 } }
    campaign c { relation: stranger, friend flow { send plain hello  wait 5d  send plain again } }
    """
    once = [{"contact": "per", "at": "2027-02-03 10:00", "event": "asked"}]
    told = story(text, events=once, plan={"relations": "bond"})
    assert told.sent == [("2027-02-01 08:00", "hello"), ("2027-02-06 08:00", "again")]
    told = story(text, events=[*once, {**once[0], "at": "2027-02-04 10:00"}], plan={"relations": "bond"})
    assert told.sent == [("2027-02-01 08:00", "hello")]


def test_r5a_a_predicate_on_elapsed_time_turns_by_itself() -> None:
    """R5a: `since(asked) >= 10d` turns at that second, on the person's clock, over daylight saving."""
    text = """
    event quiet_for_long { when: since(asked) >= 10d }
    campaign c { starts: quiet_for_long flow { send plain hello } }
    """
    events = [{"contact": "per", "at": "2027-03-25 10:00:09", "event": "asked"}]
    # 25 March 10:00:09 + 10d = 4 April 10:00:09, though the clocks changed on the 28th.
    assert story(text, events=events).sent == [("2027-04-04 10:00:09", "hello")]


def test_r5a_midnight_may_be_skipped() -> None:
    """R5a, R10: in Cairo summer time begins at midnight: 30 April 2027 begins at 01:00."""
    text = SOON.replace("day - 90d", "day - 1d")
    told = story(text, [{"id": "per", "day": "2027-05-01", "timezone": "Africa/Cairo"}], plan={"journey": "own"})
    # 00:00 is skipped: the first moment after is 29 April 22:00 UTC, 01:00 there, midnight in Copenhagen.
    assert told.moves == [("2027-04-30 00:00", "first", "second")]
    assert told.sent == [("2027-04-30 01:00", "hello")]


def test_r5a_a_date_reckoned_from_an_event_follows_the_latest() -> None:
    """R5a: the date expression may be over events: it is the date that holds when that date comes."""
    text = """
    event follow_up { when: last(asked).at + 10d }
    campaign c { starts: follow_up flow { send plain hello } }
    """
    events = [{"contact": "per", "at": f"2027-02-{day} 10:00", "event": "asked"} for day in ("02", "05", "20")]
    # 2 February + 10d would be the 12th, but on the 5th it became the 15th. 20 February + 10d = 2 March. At 00:00.
    assert story(text, events=events).sent == [("2027-02-15 00:00", "hello"), ("2027-03-02 00:00", "hello")]
