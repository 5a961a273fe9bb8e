"""R12, R13: lead times, consent, addresses and audiences."""

from __future__ import annotations

import pytest

from tests.rules.plans import REACHABLE, story

MAIL = "campaign c { flow { send email hello } }"
SENT = [("2027-02-01 08:00", "hello")]
REFUSED = [("2027-02-01 08:00", "hello", "consent")]


def per(**attributes: str) -> list[dict[str, str]]:
    return [{"id": "per", "email": "per@example.dk", **attributes}]


def word(event: str, at: str, channel: str | None = None) -> dict[str, str]:
    return {"contact": "per", "at": at, "event": event} | ({"channel": channel} if channel else {})


def given(at: str, channel: str | None = None) -> dict[str, str]:
    return word("consent_given", at, channel)


def withdrawn(at: str, channel: str | None = None) -> dict[str, str]:
    return word("consent_withdrawn", at, channel)


def test_r12_a_lead_runs_from_ready() -> None:
    """R12: a channel's `lead` runs from ready."""
    text = """
    channel slow: plain { lead: 2d }
    campaign c { flow { send slow hello  wait 1h  send plain again } }
    """
    # The flow goes on from the moment the touch was made (R16).
    assert story(text).sent == [("2027-02-03 08:00", "hello"), ("2027-02-03 09:00", "again")]


def test_r12_a_lead_of_working_days() -> None:
    """R12, R9: a letter is on its way three working days: Thursday to Tuesday."""
    told = story("campaign c { flow { send letter hello } }", start="2027-02-04 10:00")
    # Thursday 4 February + 3 workdays: Friday 5, Monday 8, Tuesday 9.
    assert told.sent == [("2027-02-09 10:00", "hello")]


def test_r12_the_lead_comes_first_and_once() -> None:
    """R12: the lead once; then `at` and the window, which may put the moment off without a new lead."""
    text = """
    channel slow: plain { lead: 2d  days: monday .. thursday }
    campaign c { flow { send slow hello at 07:00 } }
    """
    told = story(text, start="2027-02-03 10:00")
    # Wednesday 10:00 + 2d = Friday 10:00; closed until Monday 8th 00:00; at 07:00.
    assert told.sent == [("2027-02-08 07:00", "hello")]


@pytest.mark.parametrize(
    ("consent", "events", "yes"),
    [
        ("email", [], True),
        ("sms;phone", [], False),
        ("", [], False),
        # The latest fact counts; the attribute is older than every event in the first run, also those of history.
        ("email", [withdrawn("2020-01-01 10:00", "email")], False),
        ("", [given("2020-01-01 10:00", "email")], True),
        ("", [given("2020-01-01 10:00", "email"), withdrawn("2021-01-01 10:00", "email")], False),
        ("", [withdrawn("2020-01-01 10:00", "email"), given("2021-01-01 10:00", "email")], True),
        # A word about another channel is none about this one.
        ("email", [withdrawn("2027-01-10 10:00", "sms")], True),
        ("", [given("2027-01-10 10:00", "sms")], False),
        # Without a channel it is about all of them.
        ("email", [withdrawn("2027-01-10 10:00")], False),
        ("", [given("2027-01-10 10:00")], True),
        ("", [given("2027-01-10 10:00", "email"), withdrawn("2027-01-11 10:00")], False),
        # At one time, withdrawal.
        ("", [given("2027-01-10 10:00", "email"), withdrawn("2027-01-10 10:00", "email")], False),
        ("", [withdrawn("2027-01-10 10:00"), given("2027-01-10 10:00", "email")], False),
        # That moment included.
        ("", [given("2027-02-01 08:00", "email")], True),
        ("email", [withdrawn("2027-02-01 08:00", "email")], False),
        ("email", [withdrawn("2027-02-01 08:00:01", "email")], True),
    ],
)
def test_r13_the_latest_fact_says_yes(consent: str, events: list[dict[str, str]], yes: bool) -> None:
    """R13: facts are the attribute, then `consent_given` and `consent_withdrawn`; the latest holds."""
    told = story(MAIL, per(consent=consent), events)
    assert (told.sent, told.skips) == ((SENT, []) if yes else ([], REFUSED))


def test_r13_a_list_covers_channels_that_start_from_its_own() -> None:
    """R13: `email` in the attribute covers a channel that starts from email, not the other way round."""
    text = """
    channel newsletter: email {}
    campaign c { flow { send newsletter hello } }
    """
    assert story(text, per(consent="email")).sent == SENT
    assert story(MAIL + "channel newsletter: email {}", per(consent="newsletter")).skips == REFUSED


def test_r13_another_attribute_may_hold_the_consent() -> None:
    """R13: `consent: required in NAME`."""
    text = """
    channel newsletter: plain { consent: required in newsletter_yes }
    campaign c { flow { send newsletter hello } }
    """
    assert story(text, [{"id": "per", "newsletter_yes": "newsletter"}]).sent == SENT
    assert story(text, [{"id": "per", "consent": "newsletter"}]).skips == REFUSED


def test_r13_a_channel_that_requires_none_asks_nobody() -> None:
    """R13: only where `consent: required`."""
    assert (
        story("campaign c { flow { send plain hello } }", [{"id": "per"}], [withdrawn("2027-01-10 10:00")]).sent == SENT
    )


def test_r13_the_address_must_be_there() -> None:
    """R13: the channel's `address` attribute is there."""
    told = story(MAIL, [{"id": "per", "consent": "email"}])
    assert told.sent == []
    assert told.skips == [("2027-02-01 08:00", "hello", "address")]


def test_r13_tested_when_ready() -> None:
    """R13: tested when ready: failing skips then, though a yes would come before the touch could be made."""
    # Ready 21:00, in the quiet hours of email (20:00 .. 08:00); the yes comes at 22:00.
    told = story(MAIL, per(), [given("2027-02-01 22:00", "email")], start="2027-02-01 21:00")
    assert told.sent == []
    assert told.skips == [("2027-02-01 21:00", "hello", "consent")]


def test_r13_tested_when_made() -> None:
    """R13: tested when made: a no while it waits skips it then, at the moment it would have been made."""
    events = [withdrawn("2027-02-01 22:00", "email")]
    told = story(MAIL, per(consent="email"), events, start="2027-02-01 21:00")
    assert told.sent == []
    assert told.skips == [("2027-02-02 08:00", "hello", "consent")]
    # Taken back and given again before it is made: nothing was wrong at either moment.
    told = story(MAIL, per(consent="email"), [*events, given("2027-02-01 23:00", "email")], start="2027-02-01 21:00")
    assert told.sent == [("2027-02-02 08:00", "hello")]


def test_r13_the_flow_goes_on_from_the_skip() -> None:
    """R13, R16, language: the flow goes on when the touch was skipped; `else` says where."""
    text = """campaign c { flow {
      send email hello else without
      wait 1d
      send plain again
      stop
      without: wait 2d
      send plain goodbye
    } }"""
    assert story(text, per()).sent == [("2027-02-03 08:00", "goodbye")]
    assert story(text, per(consent="email")).sent == [*SENT, ("2027-02-02 08:00", "again")]
    plain = "campaign c { flow { send email hello  wait 1d  send plain again } }"
    assert story(plain, per()).sent == [("2027-02-02 08:00", "again")]


@pytest.mark.parametrize(
    ("attributes", "touch"),
    [
        ({"consent": "email"}, ("2027-02-01 08:00", "per", "email", "hello")),
        # No consent to email: a letter, three working days on its way: Tuesday, Wednesday, Thursday.
        ({"address": "Allé 1"}, ("2027-02-04 08:00", "per", "letter", "hello")),
        ({"consent": "email", "address": "Allé 1"}, ("2027-02-01 08:00", "per", "email", "hello")),
    ],
)
def test_r13_the_first_channel_that_consent_and_address_allow(
    attributes: dict[str, str], touch: tuple[str, str, str, str]
) -> None:
    """Language, send: the first channel whose consent and address allow it."""
    told = story("campaign c { flow { send email or letter hello } }", per(**attributes))
    assert told.touches == [touch]
    assert told.skips == []


CIRCLE = """
channel circle "Circle" { reach: audience  consent: required  quiet: 06:00 .. 20:00  cap: 1 per 30d }
calendar house: std.calendars.denmark { blackout: 2027-02-01 .. 2027-02-03 }
"""


def test_r13_an_audience_obeys_consent_only_and_goes_on_at_once() -> None:
    """R13: an audience obeys R13 only (no quiet hours, no blackout, no cap), and the flow goes on at once."""
    text = f"""{CIRCLE} campaign c {{ flow {{
      send circle hello for 10d
      send circle again for 1d
      send plain goodbye
    }} }}"""
    told = story(text, per(consent="circle"), plan={"calendar": "house"})
    assert told.audiences == [
        ("2027-02-01 08:00", "2027-02-11 08:00", "per"),
        ("2027-02-01 08:00", "2027-02-02 08:00", "per"),
    ]
    # The plain touch is personal: it waits for the end of the blackout.
    assert told.sent == [("2027-02-04 00:00", "goodbye")]
    # The flow came to its end on 4 February; an audience with `for` lasts its time (only without it ends with the run).


def test_r13_an_audience_without_consent_is_skipped() -> None:
    """R13: an audience obeys R13."""
    told = story(f"{CIRCLE} campaign c {{ flow {{ send circle hello for 10d }} }}", per())
    assert told.audiences == []
    assert told.skips == REFUSED


def test_r13_an_audience_without_for_ends_with_the_run() -> None:
    """R13: without `for` an audience ends with the run."""
    told = story("campaign c { flow { send facebook hello  wait 5d } }")
    assert told.audiences == [("2027-02-01 08:00", "2027-02-06 08:00", "per")]


def test_r13_an_audience_still_open_has_no_end() -> None:
    """R13, rows: somebody is still in it at `until`: no end yet."""
    told = story("campaign c { flow { send facebook hello  wait 5d } }", until="2027-02-03 00:00")
    assert told.audiences == [("2027-02-01 08:00", "", "per")]


def test_r13_the_shared_person_is_reachable() -> None:
    """The default person of these stories can be reached on every channel of the library."""
    told = story("campaign c { flow { send email hello  send sms again } }", [{"id": "per", **REACHABLE}])
    # sms is quiet 20:00 .. 09:00.
    assert told.sent == [("2027-02-01 08:00", "hello"), ("2027-02-01 09:00", "again")]
