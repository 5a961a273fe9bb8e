"""Audiences for Google and Meta: normalised, digested, and only with a consent that still holds."""

from __future__ import annotations

import csv
import hashlib
import io

import attrs
import pytest

from gridlang.runtime import inputs, reference
from gridlang.runtime.inputs import InputFiles, InputRows
from gridlang.runtime.outputs import lists
from gridlang.runtime.outputs.ads import normal
from gridlang.runtime.outputs.ads.options import AudienceOptions
from gridlang.schedule.model import Schedule
from tests.rules.plans import EVERYBODY, at, compiled
from tests.unit.examples.plans import compiled as example
from tests.unit.examples.plans import executed, given

SOCIAL = """
channel social "Social" { reach: audience  consent: required }
campaign seen "Seen" {
  segment: everybody
  phase: first
  flow { send social hello for 30d }
}
"""


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# Digests that the vendors' own documentation gives.
def test_the_digests_of_the_vendors() -> None:
    assert normal.digest(normal.email(" John_Smith@gmail.com ")) == (
        "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f"
    )
    assert normal.digest("") == ""


@pytest.mark.parametrize(
    ("text", "code", "wanted"),
    [
        ("+45 20 30 40 50", None, "+4520304050"),
        ("0045 20304050", None, "+4520304050"),
        ("20 30 40 50", "45", "+4520304050"),
        ("07700 900123", "44", "+447700900123"),
        ("+44 (0)7700 900123", None, "+447700900123"),
        ("20 30 40 50", None, ""),
        ("+45", None, ""),
        ("+1 234 567 890 123 456", None, ""),
        ("ring til Per", "45", ""),
        ("＋４５ ２０３０４０５０", None, "+4520304050"),
    ],
)
def test_telephone_numbers_in_e164(text: str, code: str | None, wanted: str) -> None:
    assert normal.phone(text, code) == wanted


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (normal.email("Per@Example.DK"), "per@example.dk"),
        (normal.email("no address"), ""),
        (normal.name("  Anne  Marie "), "anne marie"),
        (normal.bare("Anne-Marie O'Neil"), "annemarieoneil"),
        (normal.bare("Søren"), "søren"),
        (normal.zip_code("94025-1234"), "94025"),
        (normal.zip_code("SW1A 1AA"), "sw1a1aa"),
        (normal.country(" DK"), "dk"),
        (normal.country("Danmark"), ""),
        (normal.birth("1980-05-01"), "19800501"),
        (normal.birth("in May"), ""),
    ],
)
def test_the_same_person_is_spelt_the_same(made: str, wanted: str) -> None:
    assert made == wanted


def audiences(
    events: list[dict[str, object]], name: str = "google_ads", until: str = "2027-02-10 00:00"
) -> dict[str, list[dict[str, str]]]:
    schedule: Schedule = compiled(EVERYBODY + SOCIAL)
    people = [
        {"id": "a", "email": "Ann@Example.dk", "mobile": "20304050", "first_name": "Ann", "consent": "social"},
        {"id": "b", "email": "bo@example.dk", "consent": "social"},
        {"id": "c", "email": "cy@example.dk"},
        {"id": "d", "first_name": "Dan", "consent": "social"},
    ]
    read = inputs.read(schedule, InputFiles(persons=InputRows("persons", people), events=InputRows("events", events)))
    assert not read.failed, read.problems
    execution = reference.execute(schedule, read.value, at("2027-02-01 00:00"), at(until))
    ran = lists.Ran(schedule=schedule, execution=execution, tasks=(), given=read.value)
    files = lists.files(ran, {name: AudienceOptions(calling_code="45")})
    return {file.path: list(csv.DictReader(io.StringIO(file.content.decode()))) for file in files}


def test_who_is_in_it_and_may_be() -> None:
    made = audiences([])
    assert set(made) == {"audience_google_ads_social_hello.csv", "audiences_google_ads.csv"}
    rows = made["audience_google_ads_social_hello.csv"]
    assert list(rows[0]) == ["Email", "Phone", "First Name", "Last Name", "Country", "Zip"]
    assert {row["Email"] for row in rows} == {sha("ann@example.dk"), sha("bo@example.dk")}, "c never said yes"
    ann = next(row for row in rows if row["Email"] == sha("ann@example.dk"))
    assert (ann["Phone"], ann["First Name"]) == (sha("+4520304050"), sha("ann"))
    (counted,) = made["audiences_google_ads.csv"]
    assert (counted["members"], counted["consent_withdrawn"], counted["unrecognised"]) == ("2", "0", "1")
    assert counted["declaration"] == "campaign seen"


def test_a_consent_taken_back_takes_out_of_the_audience() -> None:
    taken = {"contact": "b", "at": "2027-02-05 12:00", "event": "consent_withdrawn"}
    made = audiences([taken])
    assert [row["Email"] for row in made["audience_google_ads_social_hello.csv"]] == [sha("ann@example.dk")]
    assert made["audiences_google_ads.csv"][0]["consent_withdrawn"] == "1"
    given_again = {"contact": "b", "at": "2027-02-06 12:00", "event": "consent_given", "channel": "social"}
    assert len(audiences([taken, given_again])["audience_google_ads_social_hello.csv"]) == 2


def test_after_its_time_nobody_is_in_it() -> None:
    assert audiences([], until="2027-04-01 00:00") == {"audiences_google_ads.csv": []}


def test_meta_digests_everything() -> None:
    rows = audiences([], "meta_ads")["audience_meta_ads_social_hello.csv"]
    ann = next(row for row in rows if row["email"] == sha("ann@example.dk"))
    assert list(ann) == ["email", "phone", "fn", "ln", "ct", "zip", "country", "dob"]
    assert (ann["phone"], ann["fn"]) == (sha("4520304050"), sha("ann"))
    assert all(not cell or len(cell) == 64 for row in rows for cell in row.values())


def test_no_name_and_no_address_leaves_the_house() -> None:
    execution, people = executed("holiday_trip"), given("holiday_trip")
    ran = lists.Ran(schedule=example("holiday_trip").schedule, execution=execution, tasks=(), given=people)
    for name in ("google_ads", "meta_ads"):
        text = "".join(file.content.decode() for file in lists.files(ran, {name: AudienceOptions()}))
        assert "audience_" in text
        for contact in people.contacts:
            for key in ("email", "mobile", "first_name"):
                value = contact.attributes.get(key)
                assert not isinstance(value, str) or len(value) < 5 or value not in text


def test_without_an_address_nobody_is_known() -> None:
    schedule = compiled(EVERYBODY + SOCIAL)
    bare = attrs.evolve(schedule, person_fields=())
    known = lists.known()["meta_ads"]
    assert [problem.code.id for problem in known.check(bare, AudienceOptions())] == ["G0912"]
    found = list(known.check(schedule, AudienceOptions(email="emial")))
    assert found[0].code.id == "G0904"
    assert "did you mean `email`" in (found[0].help or "")
