"""Subjects and scripts. What a template may do at all: tests/unit/schedule/test_wording.py."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gridlang.quantities import Money
from gridlang.schedule import model
from tests.unit.runtime.plans import campaign, contact, run, schedule, send, task


def message(subject: str | None = None, script: str | None = None, **languages: model.Wording) -> model.Message:
    return model.Message(
        name="hello", place=0, wording=model.Wording(subject=subject, script=script), languages=languages
    )


def subject(template: str, person: Any = None, **variants: model.Wording) -> str:
    plan = schedule(campaign("c", send()), messages=(message(template, **variants),))
    rows = (person,) if person else ()
    (row,) = run(plan, *rows, accounts={"home": {"town": "Aarhus"}}).touches
    return row.subject


def test_variables_are_the_attributes_the_account_and_the_language() -> None:
    person = contact(name="Per", price=Money(Decimal("450"), "DKK"), language="da")
    assert (
        subject("{{ name }} of {{ account.town }}: {{ price }} ({{ language }})", person)
        == "Per of Aarhus: 450 DKK (da)"
    )


def test_what_is_missing_is_empty() -> None:
    assert subject("Dear {{ name }}{{ account.street }}{{ a.b.c }}!") == "Dear !"


def test_a_text_without_markup_is_itself() -> None:
    assert subject("News & <more>") == "News & <more>"


def test_a_language_has_its_own_wording_and_falls_back() -> None:
    danish = model.Wording(subject="Hej {{ name }}")
    assert subject("Hello", contact(name="Per", language="da"), da=danish) == "Hej Per"
    assert subject("Hello", contact(name="Per", language="da-DK"), da=danish) == "Hej Per"
    assert subject("Hello", contact(name="Per", language="sv"), da=danish) == "Hello"
    assert subject("Hello", contact(language="da"), da=model.Wording(body="…")) == "Hello"


def test_a_script_for_the_colleague() -> None:
    plan = schedule(campaign("c", task()), messages=(message("Call", script="Ask {{ name }}."),))
    (row,) = run(plan, contact(name="Per")).tasks
    assert (row.subject, row.script) == ("Call", "Ask Per.")


@pytest.mark.parametrize("template", ["{{ 1 / 0 }}", "{{ name + 1 }}", "{% broken", "{{ ''.__class__.mro() }}"])
def test_a_template_that_fails_is_an_issue_and_the_run_goes_on(template: str) -> None:
    plan = schedule(campaign("c", send(), send("b")), messages=(message(template),))
    execution = run(plan, contact(name="Per"))
    assert [row.subject for row in execution.touches] == ["", ""]
    (issue,) = execution.issues
    assert (issue.code, issue.refused) == ("template_failed", False)
    assert "subject of message hello" in issue.reason
