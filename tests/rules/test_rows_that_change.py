"""R26, R13: person rows that change, come and go between runs. Worked out by hand from the text of the rules."""

from __future__ import annotations

from tests.rules.days import PER, Days
from tests.rules.plans import REACHABLE
from tests.rules.test_continuing import DESK, event, outcome

ANN = {"id": "ann", **REACHABLE}
BY_ROLE = """
person boss "Boss" { when: tier == "boss" }
person user "User" { when: tier == "user" }
map m "M" { roles { boss: target, approver  user: user } }
"""


def test_r26_a_changed_row_holds_from_the_runs_start() -> None:
    """Said to per as known on the 1st, and as changed on the 10th, from the moment of the state on."""
    text = """
    message hi "Hi" { subject: "Hi {{ first_name }}" }
    campaign c { flow { repeat every 1w { send plain hi } } }
    """
    days = Days(text, [{**PER, "first_name": "Per"}])
    first = days.run("2027-02-10 00:00")
    second = days.run("2027-02-20 00:00", persons=[{**PER, "first_name": "Peter"}])
    subjects = [[touch.subject for touch in part.execution.touches] for part in (first, second)]
    assert subjects == [["Hi Per", "Hi Per"], ["Hi Peter"]]


def test_r13_consent_of_the_first_run_is_older_than_every_event() -> None:
    """Withdrawn by an event before the run begins; the row says yes, and says so in the second run too."""
    text = "campaign c { starts: asked flow { send email hello } }"
    withdrawn = event("2027-01-20 10:00", "consent_withdrawn", channel="email")
    days = Days(text)
    first = days.run("2027-02-05 00:00", events=[withdrawn, event("2027-02-02 10:00")])
    second = days.run("2027-02-20 00:00", new_events=[event("2027-02-08 10:00")])
    assert [part.skips[0][2] for part in (first, second)] == ["consent", "consent"]


def test_r13_a_changed_value_is_dated_the_runs_start() -> None:
    """No by an event on the 2nd; the row of the second run says yes where it said no: later than the event."""
    text = "campaign c { starts: asked flow { send email hello } }"
    days = Days(text, [{**PER, "consent": "phone"}])
    days.run("2027-02-05 00:00", events=[event("2027-02-02 10:00", "consent_withdrawn", channel="email")])
    said_yes = [{**PER, "consent": "phone;email"}]
    second = days.run("2027-02-12 00:00", persons=said_yes, new_events=[event("2027-02-08 10:00")])
    assert second.sent == [("2027-02-08 10:00", "hello")]
    no = event("2027-02-13 10:00", "consent_withdrawn", channel="email")
    third = days.run("2027-02-20 00:00", new_events=[no, event("2027-02-14 10:00")])
    assert (third.sent, third.skips) == ([], [("2027-02-14 10:00", "hello", "consent")])


def test_r13_a_value_that_did_not_change_is_not_dated() -> None:
    """Another column changed: the consent of the row is as old as it was, and the event holds."""
    text = "campaign c { starts: asked flow { send email hello } }"
    days = Days(text)
    days.run("2027-02-05 00:00", events=[event("2027-02-02 10:00", "consent_withdrawn", channel="email")])
    second = days.run("2027-02-12 00:00", persons=[{**PER, "tier": "x"}], new_events=[event("2027-02-08 10:00")])
    assert second.skips == [("2027-02-08 10:00", "hello", "consent")]


def test_r4_a_new_row_changes_the_cell() -> None:
    """per is user until the 10th, boss from then on: the run of users ends, that of approvers begins."""
    text = (
        BY_ROLE
        + """
    campaign u { role: user     flow { repeat every 1w { send plain hello } } }
    campaign b { role: approver flow { repeat every 1w { send plain again } } }
    """
    )
    days = Days(text, [{**PER, "tier": "user"}, {**ANN, "tier": "boss"}])
    days.run("2027-02-10 00:00")
    second = days.run("2027-02-20 00:00", persons=[{**PER, "tier": "boss"}, {**ANN, "tier": "boss"}])
    touches = [(when, message) for when, contact, _, message in second.touches if contact == "per"]
    assert touches == [("2027-02-10 00:00", "again"), ("2027-02-17 00:00", "again")]


def test_r4_what_stands_in_both_goes_on() -> None:
    """A row that changes nothing about the cell begins nothing anew."""
    days = Days("campaign c { flow { send plain hello  wait 14d  send plain again } }")
    days.run("2027-02-10 00:00")
    second = days.run("2027-02-20 00:00", persons=[{**PER, "tier": "gold"}])
    assert second.sent == [("2027-02-15 08:00", "again")]


def test_r26_a_new_person_comes_into_an_account() -> None:
    """ann has a row from the second run on: she stands in the cell from its start."""
    days = Days("campaign c { flow { send plain hello } }", [{**PER, "account": "h"}])
    days.run("2027-02-10 00:00")
    second = days.run("2027-02-20 00:00", persons=[{**PER, "account": "h"}, {**ANN, "account": "h"}])
    assert second.touches == [("2027-02-10 00:00", "ann", "plain", "hello")]
    assert second.issues == []


def test_r2_what_happened_to_a_new_person_before_is_history() -> None:
    """It feeds predicates and relations, and starts no run; it is no late event."""
    text = """
    campaign c { starts: asked flow { send plain hello } }
    campaign d { flow { wait 1d  choose "Asked?" { ever(asked) -> send plain again  otherwise -> stop } } }
    """
    days = Days(text, [{**PER, "account": "h"}])
    days.run("2027-02-10 00:00")
    second = days.run(
        "2027-02-20 00:00",
        persons=[{**PER, "account": "h"}, {**ANN, "account": "h"}],
        new_events=[event("2027-02-03 10:00", contact="ann")],
    )
    assert [(when, contact, message) for when, contact, _, message in second.touches] == [
        ("2027-02-11 00:00", "ann", "again")
    ]
    assert second.issues == []


def test_r2_a_new_account_enters_with_the_run() -> None:
    """At the later of the run's start and its `since`."""
    days = Days("campaign c { flow { send plain hello } }")
    days.run("2027-02-10 00:00")
    eva = {"id": "eva", "since": "2027-02-12T10:00"}
    second = days.run("2027-02-20 00:00", persons=[PER, ANN, eva])
    assert second.sent_to == [("2027-02-10 00:00", "ann"), ("2027-02-12 10:00", "eva")]
    assert second.entries == [("2027-02-10 00:00", "first"), ("2027-02-12 10:00", "first")]


def test_r2_an_account_that_waits_for_its_since_enters_once() -> None:
    """Its events of the first run are history when it enters in the third."""
    text = 'campaign c { flow { choose "?" { ever(asked) -> send plain again  otherwise -> send plain hello } } }'
    eva = {"id": "eva", "since": "2027-02-12T10:00"}
    days = Days(text, [eva])
    days.run("2027-02-05 00:00", events=[event("2027-02-02 10:00", contact="eva")])
    days.run("2027-02-10 00:00", events=[])
    third = days.run("2027-02-20 00:00")
    assert third.sent == [("2027-02-12 10:00", "again")]
    assert third.issues == []


def test_r26_runs_of_a_missing_person_end_with_an_issue() -> None:
    """From the run's start; the open task is withdrawn, the audience left."""
    text = (
        DESK
        + """
    channel circle { reach: audience }
    campaign c { flow { send circle hello  task plain hello by desk due 9 workdays { helped -> stop } } }
    """
    )
    days = Days(text, [{**PER, "account": "h"}, {**ANN, "account": "h"}])
    days.run("2027-02-10 00:00")
    second = days.run("2027-02-11 00:00", persons=[{**PER, "account": "h"}])
    assert second.told == [("person_gone", "ann")]
    assert [(task.contact, task.state, task.closed) for task in second.tasks] == [
        ("ann", "withdrawn", "2027-02-10 00:00"),
        ("per", "open", ""),
    ]
    assert [row for row in second.audiences if row[2] == "ann"] == [("2027-02-01 08:00", "2027-02-10 00:00", "ann")]
    assert days.run("2027-02-12 00:00").told == []


def test_r26_the_last_person_of_an_account_is_missing() -> None:
    days = Days("campaign c { flow { repeat every 1w { send plain hello } } }", [PER, ANN])
    days.run("2027-02-10 00:00")
    second = days.run("2027-02-20 00:00", persons=[ANN])
    assert second.told == [("person_gone", "per")]
    assert second.sent_to == [("2027-02-15 08:00", "ann")]


def test_r24_a_person_who_comes_back_gets_no_id_twice() -> None:
    """Gone in the second run, back in the third: stands in the cell anew, and visits are counted in the plan."""
    days = Days("campaign c { flow { send plain hello } }", [PER, ANN])
    first = days.run("2027-02-10 00:00")
    second = days.run("2027-02-12 00:00", persons=[ANN])
    third = days.run("2027-02-20 00:00", persons=[PER, ANN])
    assert (second.sent, third.sent_to) == ([], [("2027-02-12 00:00", "per")])
    (again,) = third.execution.touches
    assert again.visit == 2
    assert again.id not in [touch.id for touch in first.execution.touches]


def test_r26_a_person_whose_account_changes() -> None:
    """per leaves h, which is in `second`, and lives alone from the 10th: a new account, which enters where its own
    history leads it. What h did stays with h."""
    text = "campaign c { phase: second flow { repeat every 1w { send plain hello } } }"
    days = Days(text, [{**PER, "account": "h"}, {**ANN, "account": "h"}])
    days.run("2027-02-10 00:00", events=[event("2027-02-02 08:00", "went_on", contact="ann")])
    second = days.run("2027-02-20 00:00", persons=[PER, {**ANN, "account": "h"}])
    assert second.entries == [("2027-02-10 00:00", "first")]
    assert second.sent_to == [("2027-02-16 08:00", "ann")]
    assert second.issues == []


def test_r5a_a_predicate_that_a_new_row_makes_true_is_an_event() -> None:
    """False when per was first seen, true by the row of the second run: it happens at that run's start."""
    text = """
    event grew "Grew" { when: tier == "gold" }
    campaign c { starts: grew flow { send plain hello } }
    """
    days = Days(text, [{**PER, "tier": "tin"}])
    days.run("2027-02-10 00:00")
    second = days.run("2027-02-20 00:00", persons=[{**PER, "tier": "gold"}])
    assert second.sent == [("2027-02-10 00:00", "hello")]
    assert days.run("2027-02-25 00:00").sent == []


def test_r5a_a_date_of_a_changed_row() -> None:
    """The event stands at `day - 3d`; the row of the second run moves the day to the 18th: it happens on the 15th."""
    text = """
    event soon "Soon" { when: day - 3d }
    campaign c { starts: soon flow { send plain hello } }
    """
    days = Days(text, [{**PER, "day": "2027-02-25"}])
    days.run("2027-02-10 00:00")
    second = days.run("2027-02-28 00:00", persons=[{**PER, "day": "2027-02-18"}])
    assert second.sent == [("2027-02-15 00:00", "hello")]


def test_r6_a_start_that_waits_for_the_date_of_a_changed_row() -> None:
    text = "campaign c { starts: day flow { send plain hello } }"
    days = Days(text, [{**PER, "day": "2027-02-25"}])
    days.run("2027-02-10 00:00")
    assert days.run("2027-02-28 00:00", persons=[{**PER, "day": "2027-02-18"}]).sent == [("2027-02-18 00:00", "hello")]


def test_r6_a_start_whose_date_has_passed_in_a_changed_row() -> None:
    """A date passed starts at once: at the run's start."""
    text = "campaign c { starts: day flow { send plain hello } }"
    days = Days(text, [{**PER, "day": "2027-02-25"}])
    days.run("2027-02-10 00:00")
    assert days.run("2027-02-28 00:00", persons=[{**PER, "day": "2027-02-03"}]).sent == [("2027-02-10 00:00", "hello")]


def test_r8_a_changed_clock_holds_from_the_runs_start() -> None:
    """09:00 on the person's clock: Copenhagen first, New York then (six hours later)."""
    days = Days("campaign c { flow { repeat every 1w { send plain hello at 09:00 } } }")
    first = days.run("2027-02-10 00:00")
    second = days.run("2027-02-20 00:00", persons=[{**PER, "timezone": "America/New_York"}])
    assert first.sent == [("2027-02-01 09:00", "hello"), ("2027-02-08 09:00", "hello")]
    assert second.sent == [("2027-02-15 09:00", "hello")]


def test_r21_an_outcome_of_a_task_of_an_earlier_run_by_its_id() -> None:
    text = DESK + "campaign c { flow { task plain hello by desk due 9 workdays { helped -> send plain again } } }"
    days = Days(text)
    first = days.run("2027-02-05 00:00")
    row = {"contact": "per", "at": "2027-02-08 10:00", "outcome": "helped", "task": first.execution.tasks[0].id}
    assert days.run("2027-02-20 00:00", new_events=[row]).sent == [("2027-02-08 10:00", "again")]
    late = days.run("2027-02-21 00:00", new_events=[outcome("2027-02-20 10:00", "helped", "c.task:plain:hello")])
    assert late.issues == ["late_outcome"]


def test_r28_an_account_of_which_nobody_is_left_is_not_silent() -> None:
    """h is per alone, who is missing from the second run on: nobody could be reached."""
    text = """
    relations ties { level new { contact_every: 5d } }
    campaign c { starts: asked flow { send plain hello } }
    """
    days = Days(text, [PER, ANN], plan={"relations": "ties"})
    first = days.run("2027-02-04 00:00")
    second = days.run("2027-02-20 00:00", persons=[ANN])
    reports = [[row.contact for row in part.execution.reports] for part in (first, second)]
    assert reports == [[], ["ann"]]


def test_r15_touches_before_somebody_joins_count_at_their_own_moments() -> None:
    """Two a week for the household: per's on Monday the 1st, then ann's, who moves in on the 2nd. What another system
    sent her in January is of another week, though it is heard of only now; per waits for the 8th."""
    daily = "campaign c { flow { repeat every 1d { send plain hello } } }"
    text = "rule calm { cap: 2 per calendar week per account }" + daily
    days = Days(text, [{**PER, "account": "h"}])
    days.run("2027-02-02 00:00")
    past = event("2027-01-20 10:00", "contacted", contact="ann", channel="plain")
    both = [{**PER, "account": "h"}, {**ANN, "account": "h"}]
    second = days.run("2027-02-08 00:01", persons=both, new_events=[past])
    assert second.sent_to == [("2027-02-02 00:00", "ann"), ("2027-02-08 00:00", "per"), ("2027-02-08 00:00", "ann")]


CONTACTED = event("2027-02-03 10:00", "contacted", channel="plain")
HOME, ALONE = [{**PER, "account": "h"}, {**ANN, "account": "h"}], [PER, {**ANN, "account": "h"}]
"""per lives with ann, and without her."""
CALM = """
rule calm { cap: 2 per 7d }
campaign c { starts: asked flow { send plain hello } }
"""


def test_r15_what_another_system_sent_counts_once_wherever_its_person_lives() -> None:
    """On the 3rd, while per lives in h; on the 5th per lives alone. Beside it there is room for one more within a week:
    that of the 6th is made, that of the 7th waits until a week after the 3rd."""
    days = Days(CALM, HOME)
    days.run("2027-02-05 00:00", events=[CONTACTED])
    asked = [event("2027-02-06 10:00"), event("2027-02-07 10:00")]
    second = days.run("2027-02-20 00:00", persons=ALONE, new_events=asked)
    assert second.sent == [("2027-02-06 10:00", "hello"), ("2027-02-10 10:00", "hello")]


def test_r15_it_counts_once_though_its_person_waits_to_enter() -> None:
    """per leaves h for an account that enters in March, and comes back the day after."""
    days = Days(CALM, HOME)
    days.run("2027-02-05 00:00", events=[CONTACTED])
    days.run("2027-02-06 00:00", persons=[{**PER, "since": "2027-03-20"}, ALONE[1]])
    asked = [event("2027-02-06 10:00"), event("2027-02-07 10:00")]
    third = days.run("2027-02-20 00:00", persons=HOME, new_events=asked)
    assert [when for when, who in third.sent_to if who == "per"] == ["2027-02-06 10:00", "2027-02-10 10:00"]


def test_r15_what_has_not_been_heard_of_counts_in_the_new_account() -> None:
    """That of the 3rd is known when per moves out; that of the 4th comes late, and has counted nowhere: both of them
    hold back that of the 6th, until the first is a week old."""
    days = Days(CALM, HOME)
    days.run("2027-02-05 00:00", events=[CONTACTED])
    late = event("2027-02-04 10:00", "contacted", channel="plain")
    second = days.run("2027-02-20 00:00", persons=ALONE, new_events=[late, event("2027-02-06 10:00")])
    assert second.sent == [("2027-02-10 10:00", "hello")]


def test_r15_a_derived_touch_counts_once_wherever_its_person_lives() -> None:
    """Another system writes on the `day` of each person: to per on the 3rd."""
    text = 'event card: contacted "Card" { when: day + 0d }' + CALM
    home, alone = ([{**row, "day": "2027-02-03"} for row in rows] for rows in (HOME, ALONE))
    days = Days(text, home)
    days.run("2027-02-05 00:00")
    asked = [event("2027-02-06 10:00"), event("2027-02-07 10:00")]
    second = days.run("2027-02-20 00:00", persons=alone, new_events=asked)
    assert second.sent == [("2027-02-06 10:00", "hello"), ("2027-02-10 00:00", "hello")]


def test_r15_a_touch_counts_for_the_account_in_which_its_person_lived() -> None:
    """One in ten days for a household: h has had that of the 3rd, per alone none yet. Both ask on the 6th: per hears at
    once, and ann on the 13th."""
    days = Days(CALM.replace("2 per 7d", "1 per 10d per account"), HOME)
    days.run("2027-02-05 00:00", events=[CONTACTED])
    asked = [event("2027-02-06 10:00"), event("2027-02-06 10:00", contact="ann")]
    second = days.run("2027-03-01 00:00", persons=ALONE, new_events=asked)
    assert second.sent_to == [("2027-02-06 10:00", "per"), ("2027-02-13 10:00", "ann")]


def test_r15_the_fullest_window_is_kept_when_its_touches_are_long_free() -> None:
    """Two of another system on the 3rd; in March, when nothing counts any more, per moves to an account that enters two
    days later: it was two at a time, and stays so. The campaign speaks to neither of them."""
    days = Days(CALM.replace("campaign c {", "campaign c { phase: second"), HOME)
    days.run("2027-02-05 00:00", events=[CONTACTED, event("2027-02-03 11:00", "contacted", channel="plain")])
    days.run("2027-03-05 00:00")
    moved = [{**PER, "since": "2027-03-07"}, ALONE[1]]
    runs = [days.run(until, persons=moved) for until in ("2027-03-06 00:00", "2027-03-10 00:00")]
    peaks = [[peak for _, peak in run.execution.counts.pressure] for run in runs]
    assert peaks == [[], [2]]
