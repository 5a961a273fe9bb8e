"""The schedule as a document: there and back, its schema, and files that are wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridlang.schedule import document, references, texts
from gridlang.schedule import expressions as e
from gridlang.schedule import model as m
from gridlang.schedule import steps as s
from gridlang.schedule.converter import members
from tests.unit.schedule import sample

SCHEMA = Path(str(files("gridlang.schedule"))) / "schedule.schema.json"
TEXT = document.to_json(sample.schedule())


def plain() -> Any:
    return json.loads(TEXT)


def problems(value: Any) -> list[tuple[str, str]]:
    outcome = document.from_json(value if isinstance(value, str) else json.dumps(value))
    assert outcome.value is None
    assert outcome.failed
    return [(problem.code.id, problem.message) for problem in outcome.problems]


# --- there and back ---------------------------------------------------------------------------------------------------


def test_there_and_back() -> None:
    outcome = document.from_json(TEXT)
    assert outcome.problems == ()
    assert outcome.value == sample.schedule()
    assert document.to_json(outcome.value) == TEXT


def test_the_sample_holds_every_step_and_every_expression() -> None:
    verbs = {step.verb for campaign in sample.schedule().campaigns for step in campaign.steps}
    assert verbs == {attrs.fields_dict(step)["verb"].default for step in members(s.Step)}
    for kind in members(e.Expression):
        assert f'"op": "{attrs.fields_dict(kind)["op"].default}"' in TEXT


def test_it_reads_well_and_compares_well() -> None:
    lines = TEXT.splitlines()
    assert lines[:3] == ["{", ' "format": "gridlang.schedule",', ' "version": 1,']
    assert max(map(len, lines)) <= document.WIDTH
    assert '  {"name": "approver", "place": 4, "decides": true},' in lines
    assert TEXT.endswith("}\n")
    assert "Børnefamilier" in TEXT
    assert "\\u" not in TEXT


def test_the_same_bytes_in_every_process() -> None:
    ask = (
        "from tests.unit.schedule.sample import schedule;"
        "from gridlang.schedule.document import to_json;"
        "print(ascii(to_json(schedule())))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", ask],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[3])},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_reading_a_schedule_is_what_imports_cattrs() -> None:
    ask = "import sys; import gridlang.schedule.document; assert not {'cattrs', 'holidays'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", ask], check=True)


# --- the schema -------------------------------------------------------------------------------------------------------


def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_the_shipped_schema_is_made_of_the_classes(update: bool) -> None:
    made = json.dumps(document.json_schema(), indent=1, ensure_ascii=False) + "\n"
    if update:
        SCHEMA.write_text(made, encoding="utf-8", newline="\n")
    assert SCHEMA.read_text(encoding="utf-8") == made, "stale: run pytest --update and read what changed"


def test_the_schema_is_one_and_takes_what_is_written() -> None:
    jsonschema.Draft202012Validator.check_schema(document.json_schema())
    assert list(validator().iter_errors(plain())) == []


def test_the_schema_describes_every_class_and_the_fields_that_need_it() -> None:
    defs = document.json_schema()["$defs"]
    assert {"Campaign", "Send", "Ask", "Expression", "Step", "Calendar", "Has"} <= defs.keys()
    assert defs["Ask"]["description"].startswith("R19.")
    assert defs["Send"]["properties"]["skipped"]["description"].startswith("`else`")
    assert defs["Wait"]["properties"]["verb"] == {"const": "wait"}
    assert defs["Wait"]["required"][0] == "verb"


def test_the_tables_name_fields_that_exist() -> None:
    for table in (references.REFERENCES, texts.FORMS, texts.BOUNDS):
        for kind, fields in table.items():
            assert fields.keys() <= attrs.fields_dict(kind).keys(), kind


# --- what is wrong ----------------------------------------------------------------------------------------------------

Change = Callable[[Any], object]


def step(plan: Any, number: int, of: int = 1) -> Any:
    return plan["campaigns"][of]["steps"][number]


WRONG_FORMS: list[tuple[Change, str]] = [
    (lambda p: p["plan"].pop("name"), "`plan.name` is missing"),
    (lambda p: p.pop("calendar"), "`calendar` is missing"),
    (lambda p: p.update(version="1"), "`version` should be one of 1, and is '1'"),
    (lambda p: p.update(campaigns={}), "`campaigns` should be a list, and is {}"),
    (lambda p: p["campaigns"].append(7), "`campaigns[4]` should be an object, and is 7"),
    (lambda p: p["campaigns"][1].update(priority="80"), "priority` should be a whole number, and is '80'"),
    (lambda p: p["campaigns"][1].update(priority=True), "priority` should be a whole number, and is True"),
    (lambda p: p["campaigns"][1].update(mass=0), "`campaigns[1].mass` should be true or false, and is 0"),
    (lambda p: p["campaigns"][1].update(roles="target"), "`campaigns[1].roles` should be a list, and is 'target'"),
    (lambda p: p["campaigns"][1].update(addressed=[["first_talk"]]), "addressed[0]` should be a list of 2"),
    (lambda p: p["campaigns"][1].update(colour="red"), "has a field that this version does not know: `colour`"),
    (lambda p: step(p, 0).pop("verb"), "`campaigns[1].steps[0]` has no `verb`"),
    (lambda p: step(p, 0).update(verb="shout"), "an object whose `verb` is one of send, show, task"),
    (lambda p: step(p, 0).update(verb=["send"]), "an object whose `verb` is one of send, show, task"),
    (lambda p: step(p, 0).update(message=None), "`campaigns[1].steps[0].message` should be a text, and is None"),
    (lambda p: p["segments"][0].update(where={"op": "has"}), "`segments[0].where.operand` is missing"),
    (lambda p: p["segments"][0].update(where=[]), "`segments[0].where` should be an object, and is []"),
    (lambda p: p["calendar"].update(named=[1]), "`calendar.named` should be an object"),
    (lambda p: p["plan"].update(title="\ud800"), "`plan.title` should be a text of whole characters"),
    (lambda p: p["campaigns"][3]["steps"][0].update(days=["2027-01-01"]), "exactly one of `weekday`, `days`, `when`"),
    (lambda p: p["campaigns"][2]["starts"].pop("event"), "should have exactly one of `event`, `date`"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), WRONG_FORMS, ids=[expected for _, expected in WRONG_FORMS])
def test_wrong_forms(change: Change, expected: str) -> None:
    value = plain()
    change(value)
    found = problems(value)
    assert [code for code, _ in found] == ["G0604"], found
    assert expected in found[0][1], found
    assert found[0][1].startswith("`schedule.json`: ")


DANGLING: list[tuple[Change, str]] = [
    (lambda p: p["plan"].update(place=9999), "`plan.place` names the place `9999`"),
    (lambda p: p["plan"].update(place=-1), "`plan.place` names the place `-1`"),
    (lambda p: step(p, 1).update(nothing="home"), "[ask:Booker han selv et møde?].nothing` names the step `home`"),
    (lambda p: step(p, 0).update(next="close"), "`campaigns[invite].steps[invite].next` names the step `close`"),
    (lambda p: step(p, 3)["arms"][0].update(next="give_up"), "steps[call].arms[0].next` names the step `give_up`"),
    (lambda p: step(p, 0).update(channels=["email", "pigeon"]), "steps[invite].channels` names the channel `pigeon`"),
    (lambda p: step(p, 2).update(phase="sales"), "names the phase `sales`"),
    (lambda p: step(p, 3).update(overdue_place=500), ".overdue_place` names the place `500`"),
    (lambda p: p["journey"].update(start="sleep"), "`journey.start` names the phase `sleep`"),
    (lambda p: p["campaigns"][1].update(addressed=[["first_talk", "uncle"]]), "addressed` names the person `uncle`"),
    (lambda p: p["segments"][0]["where"]["operands"][1]["operands"][0].update(event="won"), "names the event `won`"),
    (lambda p: p["persons"][0]["when"]["left"].update(name="fax"), "when.left.name` names the attribute `fax`"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), DANGLING, ids=[expected for _, expected in DANGLING])
def test_dangling_references(change: Change, expected: str) -> None:
    value = plain()
    change(value)
    found = problems(value)
    assert [code for code, _ in found] == ["G0605"], found
    assert expected in found[0][1], found


WRONG_TEXTS: list[tuple[Change, str]] = [
    (lambda p: p["plan"].update(starts="2027-02-30"), "`plan.starts` is `2027-02-30`, and should be a date"),
    (lambda p: p["plan"].update(timezone="Europe/Kopenhagen"), "should be a time zone"),
    (lambda p: p["plan"].update(budget="lots"), "should be an amount of money"),
    (lambda p: step(p, 7).update(duration="60 days"), "`60 days`, and should be a duration"),
    (lambda p: step(p, 0).update(at="25:00"), "`25:00`, and should be a time of day"),
    (lambda p: p["teams"][0]["hours"][0].update(end="24:01"), "should be a time of day, `09:00`, or `24:00`"),
    (lambda p: p["teams"][0].update(capacity="25 a day"), "should be a rate"),
    (lambda p: p["calendar"]["named"].update(open_house=["soon"]), "`calendar.named` is `soon`, and should be a date"),
    (lambda p: p["campaigns"][3].update(reentry="twice"), "should be `always`, `once` or a duration"),
    (lambda p: p["campaigns"][0]["starts"]["date"].update(value="spring"), "should be a date"),
    (lambda p: p["campaigns"][3]["steps"][0].update(weekday=7), "`7`, and should be a number from 0 to 6"),
    (lambda p: p["calendar"].update(weekend=[5, 9]), "`calendar.weekend` is `9`"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), WRONG_TEXTS, ids=[expected for _, expected in WRONG_TEXTS])
def test_texts_that_cannot_be_read(change: Change, expected: str) -> None:
    value = plain()
    change(value)
    found = problems(value)
    assert [code for code, _ in found] == ["G0607"], found
    assert expected in found[0][1], found
    # The schema says the same, but for what only a calendar or a list of zones knows.
    known_only_to_us = ("2027-02-30", "Kopenhagen", "25:00")
    assert any(word in json.dumps(value) for word in known_only_to_us) or list(validator().iter_errors(value))


def test_two_of_a_name() -> None:
    value = plain()
    value["roles"].append(value["roles"][0])
    step(value, 5).update(id="wait:1", next=None)
    found = problems(value)
    assert ("G0608", "`schedule.json`: there are two roles `initiator` (`roles`)") in found
    assert ("G0608", "`schedule.json`: there are two steps `wait:1` (`campaigns[invite].steps`)") in found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "G0601"),
        ("{", "G0601"),
        ('{"format": "gridlang.schedule",}', "G0601"),
        ("plan family_car { }", "G0601"),
        ("[" + "9" * 5000 + "]", "G0601"),
        ("[]", "G0602"),
        ("null", "G0602"),
        ('"gridlang.schedule"', "G0602"),
        ('{"format": "bicep"}', "G0602"),
        ('{"version": 1}', "G0602"),
        ('{"format": "gridlang.schedule", "version": 2}', "G0603"),
        ('{"format": "gridlang.schedule", "version": 99, "plans": []}', "G0603"),
        ('{"format": "gridlang.schedule"}', "G0604"),
        ('{"format": "gridlang.schedule", "version": -1}', "G0604"),
        ("[" * 100_000, "G0606"),
        ("[" * 300 + "]" * 300, "G0606"),
        ('{"a":' * 5000 + "1" + "}" * 5000, "G0606"),
    ],
)
def test_what_is_no_schedule(text: str, code: str) -> None:
    assert problems(text)[0][0] == code


def test_a_slip_in_the_json_is_shown_where_it_is() -> None:
    (problem,) = document.from_json(TEXT.replace('"version": 1,', '"version": 1')).problems
    assert problem.span is not None
    assert (problem.span.source.path, problem.span.line) == ("schedule.json", 4)
    assert "line 4" in problem.message


def test_a_predicate_as_deep_as_anybody_writes_passes_and_a_bomb_does_not() -> None:
    def nested(levels: int) -> m.Schedule:
        where: e.Expression = e.Ever("person", "clicked")
        for level in range(levels):
            where = e.Not(where) if level % 2 else e.All((where, where)) if level < 8 else e.AnyOf((where,))
        schedule = sample.schedule()
        return attrs.evolve(
            schedule, segments=(attrs.evolve(schedule.segments[0], where=where), *schedule.segments[1:])
        )

    fine = nested(80)
    assert document.from_json(document.to_json(fine)).value == fine
    assert problems(document.to_json(nested(160)))[0][0] == "G0606"


def test_many_mistakes_are_counted_not_listed() -> None:
    value = plain()
    for each in value["places"]:
        each["line"] = "one"
    found = problems(value)
    assert len(found) == 21
    assert found[-1] == ("G0609", "`schedule.json` has 100 more mistakes of this sort")


def spots(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a document that something can be put into."""
    found = []
    for key, each in list(value.items() if isinstance(value, dict) else enumerate(value)):
        found.append((value, key))
        if isinstance(each, dict | list):
            found += spots(each)
    return found


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("email"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=150, deadline=None)
@given(st.data(), ANYTHING)
def test_whatever_stands_anywhere_it_is_taken_or_told(data: st.DataObject, thing: Any) -> None:
    value = plain()
    holder, key = data.draw(st.sampled_from(spots(value)))
    holder[key] = thing
    outcome = document.from_json(json.dumps(value))
    assert (outcome.value is None) == outcome.failed
    if outcome.value is not None:
        assert document.from_json(document.to_json(outcome.value)).value == outcome.value


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    assert document.from_json(text).failed
