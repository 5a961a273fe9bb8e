"""What a salesperson reads: kinds of task with the customer's role, what to say, what each outcome leads to."""

from __future__ import annotations

import attrs

from gridlang.schedule import model as m
from gridlang.schedule import steps as s
from gridlang.targets.pages import told
from gridlang.targets.pages.content import states
from gridlang.targets.pages.people import persons
from gridlang.targets.pages.work import DutyView, members, teams
from tests.unit.schedule import sample
from tests.unit.targets import plans
from tests.unit.targets.test_plan_html import tree


def context(schedule: m.Schedule | None = None) -> told.Context:
    return told.context(plans.in_language("en", schedule))


def call() -> DutyView:
    desk = next(team for team in teams(context()) if team.title == "Salg")
    return next(duty for duty in desk.duties if duty.chip.link == "campaign-invite" and not duty.notice)


def test_a_duty_says_whom_by_when_and_what_comes_of_it() -> None:
    duty = call()
    facts = {fact.label: fact.values for fact in duty.facts}
    assert facts["The customer's role"] == ("target and Far",)
    assert facts["Deadline"] == ("2 working days",)
    leads = {lead.on: [title for title, _ in lead.then] for lead in duty.outcomes}
    campaign = sample.campaign(sample.schedule(), "invite")
    (step,) = (each for each in campaign.steps if isinstance(each, s.Task))
    assert len(leads) >= sum(len(arm.outcomes) > 0 for arm in step.arms)
    assert leads[next(iter(leads))], "the arms come first"
    for lead in duty.outcomes:
        assert all(link is None or link.startswith("step-invite-") for _, link in lead.then)


def test_waits_are_passed_until_something_happens() -> None:
    arms = (s.OutcomeArm(outcomes=("later",), next="w", place=0), s.OutcomeArm(outcomes=("no",), next=None, place=0))
    steps = (
        s.Task(id="t", place=0, channel="phone", message="script", team="sales_desk", due="1d", arms=arms),
        s.Wait(id="w", place=0, duration="2d", next="j"),
        s.Jump(id="j", place=0, times=3, next="t", otherwise="m"),
        s.Move(id="m", place=0, phase="standby"),
    )
    schedule = attrs.evolve(sample.schedule(), campaigns=(m.Campaign(name="c", place=0, steps=steps),))
    (duty,) = next(team for team in teams(context(schedule)) if team.duties).duties
    assert [(lead.on, [title for title, _ in lead.then]) for lead in duty.outcomes] == [
        ("later", ["Wait 2 days", "At most 3 times", "Task: script"]),
        ("no", ["the end"]),
    ]


def test_a_circle_of_waits_is_followed_for_a_while_only() -> None:
    arm = s.OutcomeArm(outcomes=("later",), next="w", place=0)
    steps = (
        s.Task(id="t", place=0, channel="phone", message=None, team="sales_desk", due="1d", arms=(arm,)),
        s.Wait(id="w", place=0, duration="2d", next="v"),
        s.Wait(id="v", place=0, duration="3d", next="w"),
    )
    schedule = attrs.evolve(sample.schedule(), campaigns=(m.Campaign(name="c", place=0, steps=steps),))
    (duty,) = next(team for team in teams(context(schedule)) if team.duties).duties
    assert 2 <= len(duty.outcomes[0].then) <= 5


def test_each_member_has_their_teams_and_shares_the_capacity() -> None:
    everybody = {member.title: member for member in members(context())}
    assert list(everybody) == ["mette@example.dk", "jonas@example.dk", "lise@example.dk"]
    (desk,) = everybody["mette@example.dk"].teams
    facts = {fact.label: fact.values for fact in desk.facts}
    assert facts["Capacity"] == ("25 a day",)
    assert facts["Shared by"] == ("2",)
    assert desk.duties
    assert "Shared by" not in {fact.label for team in everybody["lise@example.dk"].teams for fact in team.facts}


def test_the_page_can_tell_one_member_from_another() -> None:
    root = tree(sample.schedule())
    offered = root.xpath("//select[@id='chosen-member']/option/@value")[1:]
    assert len(set(offered)) == 3
    marked = {token for each in root.xpath("//@data-members") for token in each.split()}
    assert marked == set(offered)


def test_messages_have_a_state_in_each_language() -> None:
    table = states(context())
    rows = {row.title: [state for _, state in row.states] for row in table.rows}
    assert all(len(row) == len(table.languages) for row in rows.values())
    drafts = {told.context(sample.schedule()).names.label(each) for each in sample.schedule().messages if each.draft}
    assert drafts
    assert all(rows[title][0] == "draft" for title in drafts)


def test_a_person_says_what_reaches_them_phase_by_phase() -> None:
    father = next(each for each in persons(context()) if each.title == "Far")
    reached = {phase.text: [chip.link for chip in chips] for phase, chips in father.reached}
    assert "campaign-invite" in reached["Kontakt"]
