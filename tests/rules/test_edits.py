"""R25: a plan that is edited while people are in flight. Worked out by hand from the text of the rules."""

from __future__ import annotations

import pytest

from tests.rules.days import PER, Days
from tests.rules.plans import REACHABLE, compiled
from tests.rules.test_continuing import DESK, event, outcome

FIRST = "2027-02-10 00:00"
LAST = "2027-03-10 00:00"


def test_r25_a_run_goes_on_where_its_step_still_is() -> None:
    """Waiting at `pause`; a step was put in before it, and the next says something else."""
    days = Days("campaign c { flow { send plain hello  pause: wait 14d  send plain again } }")
    days.run(FIRST)
    edited = "campaign c { flow { send plain goodbye  send plain hello  pause: wait 14d  send other hello } }"
    second = days.run(LAST, text=edited)
    assert second.touches == [("2027-02-15 08:00", "per", "other", "hello")]
    assert second.issues == []


def test_r25_deadlines_already_set_are_kept() -> None:
    """14 days from the 1st were set; the edit says 60, which holds for those who come to it later."""
    text = "campaign c {{ flow {{ pause: wait {0}  send plain again }} }}"
    days = Days(text.format("14d"))
    days.run(FIRST)
    second = days.run("2027-06-01 00:00", text=text.format("60d"), persons=[PER, {"id": "ann", **REACHABLE}])
    assert second.sent_to == [("2027-02-15 08:00", "per"), ("2027-04-11 00:00", "ann")]


def test_r25_a_step_that_was_renamed() -> None:
    days = Days("campaign c { flow { pause: wait 14d  send plain again } }")
    days.run(FIRST)
    second = days.run(LAST, text="campaign c { flow { rest: was: pause wait 30d  send plain again } }")
    assert (second.sent, second.issues) == ([("2027-02-15 08:00", "again")], [])


def test_r25_a_campaign_that_was_renamed() -> None:
    days = Days("campaign c { flow { pause: wait 14d  send plain again } }")
    days.run(FIRST)
    second = days.run(LAST, text="campaign d { was: c flow { pause: wait 14d  send plain again } }")
    assert (second.sent, second.issues) == ([("2027-02-15 08:00", "again")], [])


def test_r24_visits_go_with_a_step_that_was_renamed() -> None:
    """The second visit of the step is its second, under the new name too."""
    days = Days("campaign c { starts: asked flow { hi: send plain hello } }")
    days.run(FIRST, events=[event("2027-02-02 10:00")])
    edited = "campaign c { starts: asked flow { hey: was: hi send plain hello } }"
    second = days.run(LAST, text=edited, new_events=[event("2027-02-12 10:00")])
    assert [(touch.step, touch.visit) for touch in second.execution.touches] == [("hey", 2)]


def test_r25_a_step_that_is_gone_ends_the_run_with_an_issue() -> None:
    text = DESK + "campaign c { flow { call: task plain hello by desk due 9 workdays { helped -> stop } } }"
    days = Days(text)
    days.run(FIRST)
    second = days.run(LAST, text=DESK + "campaign c { flow { send plain again } }")
    assert second.told == [("step_gone", "per")]
    assert [(task.state, task.closed) for task in second.tasks] == [("withdrawn", FIRST)]
    assert second.sent == []
    assert days.run("2027-03-12 00:00").told == []


def test_r25_a_step_of_another_kind_is_another_step() -> None:
    """`talk` was a task, and is a wait now: nobody can go on there with what they had open."""
    days = Days(DESK + "campaign c { flow { talk: task plain hello by desk due 9 workdays { helped -> stop } } }")
    days.run(FIRST)
    second = days.run(LAST, text=DESK + "campaign c { flow { talk: wait 5d  send plain again } }")
    assert (second.told, second.sent) == ([("step_gone", "per")], [])


def test_r25_a_campaign_that_is_gone() -> None:
    """Its run ends with an issue, its audience is left; another goes on."""
    circle = "channel circle { reach: audience }\n"
    other = "campaign d { flow { repeat every 1w { send plain again } } }"
    days = Days(circle + "campaign c { flow { send circle hello for 60d  wait 60d } }" + other)
    days.run(FIRST)
    second = days.run("2027-02-20 00:00", text=circle + other)
    assert second.told == [("step_gone", "per")]
    assert second.audiences == [("2027-02-01 08:00", FIRST, "per")]
    assert second.sent == [("2027-02-15 08:00", "again")]


def test_r24_a_campaign_that_comes_back_gives_no_id_twice() -> None:
    one = "campaign c { flow { send plain hello } }"
    other = "campaign d { flow { send plain again } }"
    days = Days(one + other)
    first = days.run(FIRST)
    days.run("2027-02-12 00:00", text=other)
    third = days.run("2027-02-20 00:00", text=one + other)
    ids = [touch.id for part in (first, third) for touch in part.execution.touches]
    assert [(touch.step, touch.visit) for touch in third.execution.touches] == [("send:plain:hello", 2)]
    assert len(ids) == len(set(ids)) == 3


def test_r25_a_campaign_that_is_new_begins_with_the_run() -> None:
    days = Days("campaign c { flow { wait 60d } }")
    days.run(FIRST)
    second = days.run(LAST, text="campaign c { flow { wait 60d } } campaign d { flow { send plain hello } }")
    assert second.sent == [(FIRST, "hello")]


def test_r4_a_campaign_that_no_longer_stands_there_ends() -> None:
    """The edit moves it to another phase: its run ends, and that is no issue."""
    days = Days("campaign c { flow { repeat every 1w { send plain hello } } }")
    days.run(FIRST)
    second = days.run(LAST, text="campaign c { phase: second flow { repeat every 1w { send plain hello } } }")
    assert (second.sent, second.issues) == ([], [])


JOURNEY = """
journey short "Short" {
  start: first
  phase first "First" {}
  phase third "Third" {}
  first -> third: asked
  third -> first
}
"""


def test_r25_a_phase_that_is_gone() -> None:
    """per stood in `second`; the journey of the edit has none: to its start, with an issue."""
    campaign = "campaign c { phase: first flow { send plain hello } }"
    days = Days(campaign)
    days.run(FIRST, events=[event("2027-02-02 10:00", "went_on")])
    days.plan = {"journey": "short"}
    second = days.run(LAST, text=JOURNEY + campaign)
    assert second.told == [("phase_gone", "per")]
    assert second.moves == [(FIRST, "second", "first")]
    assert second.sent == [(FIRST, "hello")]
    assert days.run("2027-03-12 00:00").told == []


def test_r1_a_segment_that_is_gone_is_asked_for_anew() -> None:
    two = """
    segment gold "Gold" { where: tier == "gold" }
    segment rest "Rest" { where: otherwise }
    """
    one = 'segment rest "Rest" { where: otherwise }\n'
    campaign = "campaign c { segment: rest flow { send plain hello } }"
    days = Days(two + campaign, [{**PER, "tier": "gold"}])
    first = days.run(FIRST)
    second = days.run(LAST, text=one + campaign)
    assert (first.sent, second.sent) == ([], [(FIRST, "hello")])


def test_r25_a_task_keeps_its_deadline_and_gets_an_overdue_arm() -> None:
    """Handed out on the 1st, due nine workdays later, the 12th at 09:00. The edit says 2, and what happens then."""
    text = "campaign c {{ flow {{ call: task plain hello by desk due {0} {{ helped -> stop {1} }} }} }}"
    days = Days(DESK + text.format("9 workdays", ""))
    days.run(FIRST)
    second = days.run(LAST, text=DESK + text.format("2 workdays", "overdue -> send plain again"))
    assert [(task.state, task.closed) for task in second.tasks] == [("withdrawn", "2027-02-12 09:00")]
    assert second.sent == [("2027-02-12 09:00", "again")]


CALL = """
campaign c {{ flow {{ call: task plain hello by desk due 9 workdays {{ {0} }}  send plain goodbye }} }}
"""


@pytest.mark.parametrize(
    ("said", "sent", "told"),
    [
        ("helped", ["goodbye"], []),  # the task offered it, and the plan knows it no more: the run goes on behind
        ("no_time", ["again", "goodbye"], []),  # both know it
        ("moved", ["hello", "goodbye"], ["unknown_outcome"]),  # the flow asks for it today, and nobody was offered it
    ],
)
def test_r25_a_task_offers_what_it_did_and_its_outcome_takes_the_arm_of_today(
    said: str, sent: list[str], told: list[str]
) -> None:
    """Handed out on the 1st, answered on the 11th; the edit of the 10th asks for other outcomes."""
    days = Days(DESK + CALL.format("helped, no_time -> send plain again"))
    days.run(FIRST)
    edited = DESK + CALL.format("no_time -> send plain again  moved -> send plain hello")
    second = days.run(LAST, text=edited, new_events=[outcome("2027-02-11 10:00", said, "c.call")])
    assert [(task.state, task.outcome) for task in second.tasks] == [("done", said)]
    assert (second.sent, second.issues) == ([("2027-02-11 10:00", message) for message in sent], told)


def test_r25_a_task_that_offered_nothing_takes_any_outcome() -> None:
    """It asked for none when it was handed out: whatever the plan asks for today, none is unknown."""
    other = "campaign d { starts: begged flow { task plain hello by desk due 9 workdays { helped -> stop } } }"
    days = Days(DESK + CALL.format("") + other)
    days.run(FIRST)
    edited = DESK + CALL.format("moved -> send plain hello") + other
    second = days.run(LAST, text=edited, new_events=[outcome("2027-02-11 10:00", "helped", "c.call")])
    assert (second.sent, second.issues) == ([("2027-02-11 10:00", "goodbye")], [])


BOTH = "went_on -> move second  no_time -> send plain again"


def test_r25_an_outcome_that_is_also_an_edge_takes_an_arrow_of_today() -> None:
    """`went_on` moves the account in the second in which it closes the task. The edit asks for it no more: no arrow of
    the flowchart is that of the outcome any more, so none is counted."""
    text = DESK + CALL.replace("campaign c {{", "campaign c {{ phase: first").format(BOTH)
    taken = []
    for edited in (text, text.replace("went_on -> move second", "")):
        days = Days(text)
        days.run(FIRST)
        second = days.run(LAST, text=edited, new_events=[outcome("2027-02-11 10:00", "went_on", "c.call")])
        taken.append(second.execution.counts.arrows.get(("c", "call", "went_on")))
    assert taken == [1, None]


def test_r25_a_touch_that_waits_goes_by_the_channel_of_today() -> None:
    """Reached on the 9th at 21:00, and quiet until 08:00; the edit sends it by the other channel, which is chosen when
    the run begins."""
    slow = "channel slow { reach: person quiet: 20:00 .. 08:00 }\n"
    days = Days(slow + "campaign c { starts: asked flow { hi: send slow hello } }")
    first = days.run(FIRST, events=[event("2027-02-09 21:00")])
    second = days.run(LAST, text=slow + "campaign c { starts: asked flow { hi: send other hello } }")
    assert (first.sent, second.touches) == ([], [(FIRST, "per", "other", "hello")])


def test_r15_a_cap_of_the_same_rule_counts_what_was_made() -> None:
    """1 per 7d becomes 1 per 10d: the touch of the 9th counts, and the next is free on the 19th."""
    campaign = "campaign c { starts: asked flow { send plain hello } }"
    days = Days("rule pause { cap: 1 per 7d }\n" + campaign)
    days.run(FIRST, events=[event("2027-02-09 10:00")])
    second = days.run(LAST, text="rule pause { cap: 1 per 10d }\n" + campaign, new_events=[event("2027-02-12 10:00")])
    assert second.sent == [("2027-02-19 10:00", "hello")]


def test_r5a_a_derived_event_that_is_asked_otherwise_does_not_happen_by_the_edit() -> None:
    """True by the new words, false by the old: nothing turned."""
    text = """
    event grew "Grew" {{ when: tier == "{0}" }}
    campaign c {{ starts: grew flow {{ send plain hello }} }}
    """
    days = Days(text.format("gold"), [{**PER, "tier": "tin"}])
    days.run(FIRST)
    assert days.run(LAST, text=text.format("tin")).sent == []


def test_r25_chains_name_their_places_in_the_plan_of_today() -> None:
    """The night's rule moves a line down; the chain that waited names it where it is now."""
    night = "rule night { quiet: 20:00 .. 08:00 }\n"
    campaign = "campaign c { starts: asked flow { send plain hello } }"
    days = Days(night + campaign)
    days.run(FIRST, events=[event("2027-02-09 20:30")])
    second = days.run(LAST, text="# a remark\n" + night + campaign)
    (touch,) = second.execution.touches
    assert [second.line(link.place) for link in touch.because] == [campaign.strip(), night.strip()]


def test_r25_chains_name_places_that_are_gone() -> None:
    """The rule is gone; what it held back until the 10th at 08:00 is asked again at once, and tells what held it."""
    night = "rule night { quiet: 20:00 .. 08:00 }\n"
    campaign = "campaign c { starts: asked flow { send plain hello } }"
    days = Days(night + campaign)
    days.run(FIRST, events=[event("2027-02-09 20:30")])
    second = days.run(LAST, text=campaign)
    (touch,) = second.execution.touches
    assert second.sent == [(FIRST, "hello")]
    places = [second.made.schedule.places[link.place].declaration for link in touch.because]
    assert places == ["campaign c", "rule night"]
    assert second.words(touch.because) == ["quiet 3:30:00"]


@pytest.mark.parametrize("field", ["first_name: Text?", "amount: Money?"])
def test_r26_a_field_that_an_edit_gives_to_an_event_makes_no_event_new(field: str) -> None:
    """The rows are the same; the edited plan reads one column more of them."""
    text = """
    event bought "Bought" {{ from: web carries {{ {0} }} }}
    campaign c {{ starts: bought flow {{ send plain hello }} }}
    """
    row = event("2027-02-02 10:00", "bought", first_name="Per", amount="5 DKK", item="book")
    days = Days(text.format("item: Text?"))
    first = days.run(FIRST, events=[row])
    second = days.run(LAST, text=text.format(f"item: Text?\n{field}"))
    assert (first.sent, second.sent) == ([("2027-02-02 10:00", "hello")], [])
    assert "late_event" not in second.issues


def test_the_edits_of_these_tests_are_plans() -> None:
    assert compiled(JOURNEY, {"journey": "short"})
