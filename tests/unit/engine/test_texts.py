"""Templates for many people at once say what the reference's say one by one."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from gridlang.quantities import Money
from gridlang.runtime.engine.columns import from_input
from gridlang.runtime.engine.writing import Run, merged
from gridlang.runtime.engine.writing.rows import rows
from gridlang.runtime.engine.writing.template import People, Template
from gridlang.runtime.outputs.tables import TASKS, TOUCHES
from gridlang.runtime.rows import Contact, Input
from gridlang.schedule import model
from gridlang.schedule.wording import compiled
from tests.unit.engine.parts_of_rows import part_of
from tests.unit.runtime.plans import ZONE, campaign, contact, run, schedule, send, task

TEMPLATES = [
    "News",
    "Dear {{ name }},\n{% if age %}{{ age }}{% else %}{{ since.year }}{% endif %}!",
    "{{ name | upper }}{{ price }}{{ paid }}{{ roles }}{{ timezone }}",
    "{{ id }} of {{ account.town }} {{ account.size + 1 }}",
    "{{ account }} {{ account['town'] }}",
    "{% for one in likes %}{{ loop.index }} {{ one }}, {% endfor %}{{ likes | length }}",
    "{{ language }}{{ salesperson }}{{ missing.more }}",
    "{{ name }}{{ 100 / age }}{{ age + name }}",
    "{{ age < 3 }}{{ name + 1 }}",
    "{{ name }}{{ name.__class__.mro }}",
    "{{ 1 / 0 }}",
    "{% broken",
    "{{ name() }}",
]
ATTRIBUTES: dict[str, list[Any]] = {
    "name": ["Per", "Åse", "=1+1", 'a "b"', "\u2028\r\n", "Per", "Per"],
    "age": [0, 1, 2, 40],
    "price": [Money(Decimal("1.50"), "DKK"), Decimal("1.50"), 2],
    "paid": [True, False],
    "likes": [("ski", "sol"), (), ("ski",)],
    "since": [dt.date(2020, 2, 29), dt.datetime(2020, 2, 29, 12, 30)],
    "salesperson": ["ann", "bob"],
    "language": ["da", "da-DK", "sv"],
    "timezone": ["Europe/London", "Nowhere/Nothing"],
    "roles": [("target",), ("user", "target"), ()],
}
RESERVED = ("since", "salesperson", "language", "timezone", "roles")


def people(count: int) -> tuple[tuple[Contact, ...], dict[str, dict[str, Any]]]:
    """Contacts of a few accounts, each with some of the values that others have."""
    chance = random.Random(7)

    def some() -> Iterator[tuple[str, Any]]:
        for name, values in ATTRIBUTES.items():
            if chance.random() < 0.7:
                yield name, chance.choice(values)

    contacts = [contact(f"p{number:03}", f"a{number // 3:03}", **dict(some())) for number in range(count)]
    homes = {each.account: each.account for each in contacts}
    both: dict[str, Any] = {"town": "Ry", "size": 3}  # the first account has every column, in the order of a file
    towns = [{}, {"town": "Aarhus"}, both, {"size": "x"}]
    return tuple(contacts), {home: chance.choice(towns) if number else both for number, home in enumerate(homes)}


def known(contacts: tuple[Contact, ...], accounts: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What the reference gives a template: the plan itself last."""
    for each in contacts:
        reserved = {name: getattr(each, name) for name in RESERVED} | {"id": each.id}
        if reserved["timezone"] != "Europe/London":
            reserved["timezone"] = ZONE
        told = {name: value for name, value in {**each.attributes, **reserved}.items() if value is not None}
        yield {**told, "account": accounts[each.account], "language": each.language or ""}
    yield {"account": {}, "language": ""}


def said(source: str, variables: dict[str, Any]) -> tuple[str, str | None]:
    """The text of a template, and why it failed."""
    try:
        return (compiled(source)(variables) if "{" in source else source), None
    except Exception as error:
        return "", f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("source", TEMPLATES)
def test_each_template_says_the_same(source: str) -> None:
    contacts, accounts = people(120)
    columns = from_input(Input(contacts=contacts, accounts=accounts, happenings=()), {})
    template, whom = Template.of(source), np.array([*range(len(contacts)), -1], np.int32)
    chance = np.random.default_rng(3)
    expected = [said(source, variables) for variables in known(contacts, accounts)]
    for chunk in (whom, chance.permutation(whom)[:50], np.repeat(whom, 3)):
        told = template.tell(People.of(columns, ZONE), chunk)
        texts = told.texts.to_pylist()
        found = ["" if code < 0 else texts[code] for code in told.codes.tolist()]
        assert found == [expected[person][0] for person in chunk.tolist()]
        reasons: dict[int, str | None] = dict.fromkeys(range(chunk.size))
        for reason, failing in told.failures:
            reasons |= dict.fromkeys(failing.tolist(), reason)
        assert list(reasons.values()) == [expected[person][1] for person in chunk.tolist()]


@pytest.mark.parametrize("source", TEMPLATES)
def test_a_run_has_the_texts_and_the_one_issue_of_each_template(source: str) -> None:
    contacts, accounts = people(40)
    message = model.Message(
        name="hello",
        place=0,
        wording=model.Wording(subject=source, script=f"{source} {{{{ name }}}}"),
        languages={"da": model.Wording(subject=f"Hej {source}"), "sv": model.Wording(script=source)},
    )
    plan = schedule(campaign("c", send(), task("call")), messages=(message,))
    execution = run(plan, *contacts, accounts=accounts)
    columns = from_input(Input(contacts=contacts, accounts=accounts, happenings=()), {})
    found = Run.of(
        plan,
        columns,
        merged(plan, [part_of(plan, columns, execution)]),
        lambda rows, at: (int(rows.at[at]), 1, (int(rows.person[at]),), 0),
    )
    for table, chunks, _ in found.chunks():
        if table in (TOUCHES, TASKS):
            made = [row for chunk in chunks() for row in rows(table, chunk)]
            assert made == list(table.rows(plan, execution))
            assert len(made) >= 40
    expected = {issue.reason: issue for issue in execution.issues if issue.code == "template_failed"}
    assert {issue.reason: issue for _, issue in found.texts.failures.values()} == expected


def test_what_a_template_said_is_remembered_up_to_a_point(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gridlang.runtime.engine.writing.template._MOST_KNOWN", 3)
    contacts, accounts = people(60)
    columns = from_input(Input(contacts=contacts, accounts=accounts, happenings=()), {})
    template, everybody = Template.of("{{ id | upper }}"), People.of(columns, ZONE)
    for _ in range(2):
        told = template.tell(everybody, np.arange(60, dtype=np.int32))
        assert told.texts.take(told.codes).to_pylist() == [each.id.upper() for each in contacts]
    assert template.stretches is not None
    assert len(template.stretches[0].said) <= 3
