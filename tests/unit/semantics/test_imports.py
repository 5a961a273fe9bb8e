"""What `use` brings: names mean what they mean where they were written."""

from __future__ import annotations

from gridlang.compiler import compile_plan
from gridlang.diagnostics import Diagnostic
from gridlang.manual.cases import Folder
from gridlang.schedule.model import Schedule
from gridlang.schedule.steps import Ask, Send, Task
from gridlang.source import Source

PLAN = """
use "../house" as house
plan story {
  period:   2027-01-04 .. 2027-12-31
  timezone: "Europe/Copenhagen"
  currency: DKK
  calendar: std.calendars.denmark
  journey:  std.journeys.marketing_grid
}
fields person { email: Text?  mobile: Text?  consent: List<Channel> }
"""
HOUSE = """
person father { when: has(email) }
person mother { when: has(mobile) }
team desk { members: "a@example.dk" }
message ours { subject: "House" }
segment rich { where: has(email) }
"""


def compiled(plan: str, house: str = "") -> tuple[Schedule, list[Diagnostic]]:
    workspace = Folder((Source("plan.grid", PLAN + plan), Source("../house/house.grid", HOUSE + house)))
    outcome = compile_plan(workspace, lambda name, key, compute: compute())
    assert outcome.value is not None
    return outcome.value.schedule, [problem for problem in outcome.problems if problem.code.id.startswith("G")]


def test_a_map_takes_persons_of_another_folder() -> None:
    schedule, errors = compiled(
        "map family { roles { house.father: target, approver  house.mother: user } influence { house.mother -> "
        "house.father: strong } }"
    )
    assert errors == []
    assert [part.person for part in schedule.maps[0].parts] == ["house.father", "house.mother"]
    assert [(edge.source, edge.target) for edge in schedule.maps[0].influence] == [("house.mother", "house.father")]


def test_what_a_flow_is_given_is_looked_up_where_it_was_written() -> None:
    """The flow stands in the house and knows nothing of the plan's messages; its defaults are of the house."""
    schedule, errors = compiled(
        """
        message mine { subject: "Plan" }
        event said_yes { from: email, phone }
        campaign a { phase: contact  flow { run house.told(mine, said_yes)  run house.called(said_yes)  move standby } }
        """,
        """
        flow told(first: Message, answer: Event, second: Message = ours) {
          send email first
          ask "Yes?" within 5d { answer -> stop  nothing -> send email second }
        }
        flow called(answer: Event) {
          task phone ours by desk due 2 workdays { answer -> stop  no_answer -> wait 2d }
        }
        """,
    )
    assert errors == []
    steps = schedule.campaigns[0].steps
    assert [step.message for step in steps if isinstance(step, Send)] == ["mine", "house.ours"]
    assert [arm.events for step in steps if isinstance(step, Ask) for arm in step.arms] == [("said_yes",)]
    assert [arm.outcomes for step in steps if isinstance(step, Task) for arm in step.arms] == [
        ("said_yes",),
        ("no_answer",),
    ]


def test_channels_and_events_of_another_folder_know_what_they_start_from() -> None:
    """A consent to e-mail covers the house's newsletter, and an order with the house is a purchase."""
    schedule, _ = compiled("", "channel mail: email {}\nevent ordered: purchase {}\nevent again: ordered {}")
    channels = {channel.name: channel.ancestors for channel in schedule.channels}
    events = {event.name: event.ancestors for event in schedule.events}
    assert channels["house.mail"] == ("email",)
    assert events["house.again"] == ("house.ordered", "purchase")


def test_segments_are_started_from_and_do_not_come_along() -> None:
    """Their order decides who belongs where, and that is the plan's own."""
    schedule, errors = compiled("segment ours: house.rich {}\nsegment rest { where: otherwise }")
    assert errors == []
    assert [segment.name for segment in schedule.segments] == ["ours", "rest"]
    _, errors = compiled("campaign a { segment: house.rich  flow { send email house.ours } }")
    assert len(errors) == 1
