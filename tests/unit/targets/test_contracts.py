"""What the CRM owes the plan and the plan the CRM: nobody who uses something is left out, nothing unused is claimed."""

from __future__ import annotations

import hashlib
from typing import Any

import attrs
import pytest

from gridlang.schedule import document
from gridlang.schedule import expressions as e
from gridlang.schedule import model as m
from gridlang.schedule import steps as s
from gridlang.targets.pages import contracts as pages
from gridlang.targets.pages import told
from gridlang.targets.views.contracts import EventContract, Use, event_contracts, field_contracts
from gridlang.targets.words import words_for
from tests.unit.schedule import sample
from tests.unit.targets import plans
from tests.unit.targets.test_plan_html import tree


def used(schedule: m.Schedule, name: str, owner: str = "person") -> set[tuple[str, str]]:
    (found,) = (each for each in field_contracts(schedule) if (each.owner, each.field.name) == (owner, name))
    return {(use.kind, use.name) for use in found.uses}


def event(schedule: m.Schedule, name: str) -> EventContract | None:
    return next((each for each in event_contracts(schedule) if each.event.name == name), None)


def bare() -> m.Schedule:
    """A plan in which nobody asks for anything but what a test adds."""
    fields = (m.Field(name="shoe_size", place=0, type="Int"), m.Field(name="mail", place=0, type="Text"))
    account = (m.Field(name="shoe_size", place=0, type="Int", optional=True),)
    return attrs.evolve(
        sample.schedule(),
        person_fields=fields,
        account_fields=account,
        segments=(),
        relations=(),
        persons=(),
        channels=(),
        rules=(),
        messages=(),
        campaigns=(),
        kpis=(),
        events=(),
        journey=attrs.evolve(sample.schedule().journey, transitions=()),
    )


def asks(owner: e.Owner = "person") -> e.Expression:
    return e.Not(e.Compare(">", e.Attribute(owner, "shoe_size", "Int"), e.Value("Int", "40")))


@pytest.mark.parametrize(
    ("added", "use"),
    [
        ({"segments": (m.Segment(name="big", place=0, where=asks()),)}, ("segment", "big")),
        ({"relations": (m.Relation(name="old", place=0, when=asks()),)}, ("relation", "old")),
        ({"persons": (m.Person(name="her", place=0, when=asks()),)}, ("person", "her")),
        ({"events": (m.Event(name="grew", place=0, when=asks()),)}, ("event", "grew")),
        ({"rules": (m.Rule(name="gently", place=0, when=asks()),)}, ("rule", "gently")),
        ({"channels": (m.Channel(name="post", place=0, address="shoe_size"),)}, ("channel", "post")),
        ({"channels": (m.Channel(name="post", place=0, consent="shoe_size"),)}, ("channel", "post")),
        (
            {"messages": (m.Message(name="hi", place=0, wording=m.Wording(body="{{ shoe_size }}")),)},
            ("message", "hi"),
        ),
        (
            {
                "messages": (
                    m.Message(
                        name="hi",
                        place=0,
                        wording=m.Wording(),
                        languages={"da": m.Wording(script="{% if shoe_size %}x{% endif %}")},
                    ),
                )
            },
            ("message", "hi"),
        ),
    ],
)
def test_whoever_asks_for_an_attribute_uses_it(added: dict[str, Any], use: tuple[str, str]) -> None:
    schedule = attrs.evolve(bare(), **added)
    assert used(schedule, "shoe_size") == {use}
    assert used(schedule, "mail") == set()
    assert used(schedule, "shoe_size", "account") == set()


def test_a_campaign_uses_what_its_diamonds_ask_for() -> None:
    arm = s.PredicateArm(when=asks("account"), next=None, place=0)
    choose = s.Choose(id="c", place=0, question="?", arms=(arm,), otherwise=None, otherwise_place=None)
    schedule = attrs.evolve(bare(), campaigns=(m.Campaign(name="walk", place=0, steps=(choose,)),))
    assert used(schedule, "shoe_size", "account") == {("campaign", "walk")}
    assert used(schedule, "shoe_size") == set()


def test_whoever_listens_to_an_event_hears_those_that_start_from_it() -> None:
    events = (
        m.Event(name="purchase", place=0),
        m.Event(name="ordered", place=0, ancestors=("purchase",)),
        m.Event(name="returned", place=0),
    )
    kpis = (m.Kpi(name="sales", place=0, counts="purchase"),)
    schedule = attrs.evolve(bare(), events=events, kpis=kpis)
    for name in ("purchase", "ordered"):
        found = event(schedule, name)
        assert found is not None
        assert found.uses == (Use("kpi", "sales"),)
    assert event(schedule, "returned") is None, "nobody listens to it and nobody raises it"


def test_who_sends_an_event() -> None:
    """The plan that derives it, the team of a task whose outcome it is, the system of its channels, or another."""
    known = (
        m.Event(name="derived", place=0, when=asks()),
        m.Event(name="clicked", place=0, channels=("email",)),
        m.Event(name="agreed", place=0),
        m.Event(name="paid", place=0),
    )
    arm = s.OutcomeArm(outcomes=("agreed", "no_answer"), next=None, place=0)
    task = s.Task(id="t", place=0, channel="phone", message=None, team="sales_desk", due="2d", arms=(arm,))
    schedule = attrs.evolve(
        plans.in_language("en", bare()),
        events=known,
        kpis=tuple(m.Kpi(name=f"k_{each.name}", place=0, counts=each.name) for each in known),
        campaigns=(m.Campaign(name="call", place=0, steps=(task,)),),
    )
    senders = {view.name: view.senders for view in pages.contracts(told.context(schedule)).events}
    assert senders == {
        "derived": ("The plan itself finds it in the attributes",),
        "clicked": ("The system behind email",),
        "agreed": ("Salg, as the outcome of a task",),
        "paid": ("Another system",),
    }


@pytest.mark.parametrize(
    ("field", "danish"),
    [
        (m.Field(name="x", place=0, type="Int"), "helt tal"),
        (m.Field(name="x", place=0, type="Money", currency="DKK"), "beløb i DKK"),
        (m.Field(name="x", place=0, type="Text", options=("a", "b")), "»a« eller »b«"),
        (m.Field(name="x", place=0, type="List", of="channel"), "liste af kanaler"),
        (m.Field(name="x", place=0, type="List", of="Text"), "liste af tekster"),
    ],
)
def test_types_in_words(field: m.Field, danish: str) -> None:
    assert pages.type_of(words_for("da"), field) == danish


def test_the_version_is_that_of_the_schedule_beside_the_page() -> None:
    schedule = plans.in_language("en")
    shown = tree(schedule).get_element_by_id("contracts").text_content()
    assert hashlib.sha256(document.to_json(schedule).encode()).hexdigest() in shown
    assert all(source.sha256 in shown for source in schedule.sources)
    changed = attrs.evolve(schedule, plan=attrs.evolve(schedule.plan, budget="1 DKK"))
    assert hashlib.sha256(document.to_json(schedule).encode()).hexdigest() not in tree(changed).text_content()


def test_who_must_be_named_in_a_system() -> None:
    schedule = plans.in_language("en")
    rows = tree(schedule).get_element_by_id("contracts").xpath(".//tbody/tr[th='Salesforce' or th='HubSpot']")
    owners = {row.xpath("string(th)"): row.xpath("./td[2]//text()") for row in rows}
    assert owners["HubSpot"] == ["nobody"]
    assert [each for each in owners["Salesforce"] if "@" in each] == [
        "mette@example.dk",
        "jonas@example.dk",
        "lise@example.dk",
    ]
