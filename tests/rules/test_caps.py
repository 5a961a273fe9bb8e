"""R15, R16: caps, and how long a touch waits."""

from __future__ import annotations

import pytest

from tests.rules.plans import story

TWICE = "campaign c { PATIENCE flow { send plain hello  send plain again } }"


def second(cap: str, *, start: str = "2027-02-01 08:00", patience: str = "patience: 365d", **person: str) -> str:
    """When the second of two touches is made that are ready at once, under a rule's cap."""
    text = f"rule pressure {{ cap: {cap} }} {TWICE.replace('PATIENCE', patience)}"
    told = story(
        text,
        [{"id": "per", **person}],
        start=start,
        plan={"period": "2027-01-04 .. 2028-12-31"},
        until="2029-01-01 00:00",
    )
    assert [message for _, message in told.sent] == ["hello", "again"]
    return told.sent[1][0]


@pytest.mark.parametrize(
    ("cap", "start", "expected"),
    [
        ("1 per 7d", "2027-02-01 08:00", "2027-02-08 08:00"),  # s + 7d is free again, to the second
        ("1 per 7d", "2027-02-01 08:00:30", "2027-02-08 08:00:30"),
        ("1 per 7d", "2027-03-25 08:00", "2027-04-01 08:00"),  # by R9: the wall clock stays over daylight saving
        ("1 per 168h", "2027-03-25 08:00", "2027-04-01 09:00"),  # elapsed time does not
        ("1 per 1mo", "2027-01-31 08:00", "2027-02-28 08:00"),
        ("1 per 36h", "2027-02-01 08:00", "2027-02-02 20:00"),
        ("2 per 7d", "2027-02-01 08:00", "2027-02-01 08:00"),  # room for both
        ("1 per calendar day", "2027-02-01 08:00", "2027-02-02 00:00"),
        ("1 per calendar week", "2027-02-03 08:00", "2027-02-08 00:00"),  # weeks begin on Monday
        ("1 per calendar month", "2027-02-01 08:00", "2027-03-01 00:00"),
        ("1 per calendar quarter", "2027-02-01 08:00", "2027-04-01 00:00"),
        ("1 per calendar year", "2027-02-01 08:00", "2028-01-01 00:00"),
    ],
)
def test_r15_when_there_is_room_again(cap: str, start: str, expected: str) -> None:
    """R15: rolling caps count a touch at s while s <= t < s + D; calendar caps start anew with each stretch."""
    assert second(cap, start=start) == expected


def test_r15_a_calendar_cap_counts_on_the_persons_clock() -> None:
    """R15: `calendar …` counts on the person's clock."""
    # 02:00 in Copenhagen is 1 February 20:00 in New York, whose next day begins 4 hours later.
    assert second("1 per calendar day", start="2027-02-02 02:00", timezone="America/New_York") == "2027-02-02 00:00"


def test_r15_a_calendar_cap_per_account_counts_on_the_plans_clock() -> None:
    """R15: … the plan's for `per account`."""
    # In Copenhagen it is 2 February; 3 February 00:00 there is 2 February 18:00 in New York.
    when = second("1 per calendar day per account", start="2027-02-02 02:00", timezone="America/New_York")
    assert when == "2027-02-02 18:00"


def test_r15_a_rolling_cap_counts_one_by_one() -> None:
    """R15: `2 per 7d`: the third waits for the first to be a week old, the fourth for the second."""
    text = """
    rule pressure { cap: 2 per 7d }
    campaign c { flow {
      send plain hello
      wait 1d
      send plain again
      send plain goodbye
      send other hello
    } }
    """
    assert story(text).sent == [
        ("2027-02-01 08:00", "hello"),
        ("2027-02-02 08:00", "again"),
        ("2027-02-08 08:00", "goodbye"),
        ("2027-02-09 08:00", "hello"),
    ]


ACROSS = """
channel kid: plain {}
rule pressure { cap: CAP }
campaign c { flow { send FIRST hello  send SECOND again } }
"""


@pytest.mark.parametrize(
    ("cap", "first", "then", "expected"),
    [
        # Left out or `all`: all personal channels together.
        ("1 per 7d", "plain", "other", "2027-02-08 08:00"),
        ("1 per 7d across all", "plain", "other", "2027-02-08 08:00"),
        ("1 per 7d across plain, other", "plain", "other", "2027-02-08 08:00"),
        # Only the named channels are held back and counted.
        ("1 per 7d across plain", "plain", "other", "2027-02-01 08:00"),
        ("1 per 7d across plain", "other", "plain", "2027-02-01 08:00"),
        # With those that start from them.
        ("1 per 7d across plain", "plain", "kid", "2027-02-08 08:00"),
        ("1 per 7d across plain", "kid", "plain", "2027-02-08 08:00"),
    ],
)
def test_r15_across(cap: str, first: str, then: str, expected: str) -> None:
    """R15: `across` says which touches a rule's cap holds back and counts."""
    text = ACROSS.replace("CAP", cap).replace("FIRST", first).replace("SECOND", then)
    assert story(text).sent == [("2027-02-01 08:00", "hello"), (expected, "again")]


def test_r15_a_channels_cap_is_about_that_channel() -> None:
    """R15: the cap of a channel counts its own touches and holds back its own."""
    text = """
    channel slow: plain { cap: 1 per 7d }
    campaign c { flow { send other hello  send slow hello  send other again  send slow again  send other goodbye } }
    """
    # The second `slow` waits a week; the flow goes on from there.
    assert [(when, channel) for when, _, channel, _ in story(text).touches] == [
        ("2027-02-01 08:00", "other"),
        ("2027-02-01 08:00", "slow"),
        ("2027-02-01 08:00", "other"),
        ("2027-02-08 08:00", "slow"),
        ("2027-02-08 08:00", "other"),
    ]


def test_r15_a_rules_coordinates_say_which_touches_it_counts() -> None:
    """R15: a rule's coordinates say which touches it holds back and counts."""
    text = """
    rule calm { phase: second  cap: 1 per 7d }
    campaign c { phase: first  flow { send plain hello  send plain again } }
    campaign d { phase: second flow { send plain hello  send plain again } }
    """
    told = story(text, events=[{"contact": "per", "at": "2027-02-02 10:00", "event": "went_on"}])
    # Nothing holds in `first`, and what was sent there does not count in `second`.
    assert told.sent == [
        ("2027-02-01 08:00", "hello"),
        ("2027-02-01 08:00", "again"),
        ("2027-02-02 10:00", "hello"),
        ("2027-02-09 10:00", "again"),
    ]


def test_r15_a_rule_for_some_people() -> None:
    """Language, rule: `when` says for whom it holds; a segment says so too."""
    people = [{"id": "a", "tier": "gold"}, {"id": "b"}]
    expected = [
        ("2027-02-01 08:00", "a", "plain", "hello"),
        ("2027-02-01 08:00", "b", "plain", "hello"),
        ("2027-02-01 08:00", "b", "plain", "again"),
        ("2027-02-08 08:00", "a", "plain", "again"),
    ]
    flow = TWICE.replace("PATIENCE", "")
    told = story(f'rule calm {{ when: has(tier) and tier == "gold"  cap: 1 per 7d }} {flow}', people)
    assert sorted(told.touches) == sorted(expected)
    told = story(
        f"""
        segment golden "Golden" {{ where: has(tier) and tier == "gold" }}
        segment others "Others" {{ where: otherwise }}
        rule calm {{ segment: golden  cap: 1 per 7d }} {flow}
        """,
        people,
    )
    assert sorted(told.touches) == sorted(expected)


def test_r15_per_account() -> None:
    """R15: `per account` counts everybody of the account together."""
    text = "rule calm { cap: 1 per 7d per account } campaign c { flow { send plain hello } }"
    people = [{"id": "a", "account": "home"}, {"id": "b", "account": "home"}, {"id": "c"}]
    # `a` and `b` are ready at once; `a` is first by its id (R17). `c` is an account of their own.
    assert sorted(story(text, people).sent_to) == [
        ("2027-02-01 08:00", "a"),
        ("2027-02-01 08:00", "c"),
        ("2027-02-08 08:00", "b"),
    ]


@pytest.mark.parametrize(
    ("cap", "channel", "expected"),
    [
        ("1 per 7d", "plain", "2027-02-06 10:00"),  # 30 January 10:00 + 7d
        ("1 per 7d", "other", "2027-02-06 10:00"),  # all channels together
        ("1 per 7d across plain", "other", "2027-02-01 08:00"),
        ("1 per 7d across plain", "plain", "2027-02-06 10:00"),
    ],
)
def test_r15_contacts_of_other_systems_count(cap: str, channel: str, expected: str) -> None:
    """R15: the std event `contacted` counts too, also before entry."""
    told = story(
        f"rule calm {{ cap: {cap} }} campaign c {{ flow {{ send plain hello }} }}",
        events=[{"contact": "per", "at": "2027-01-30 10:00", "event": "contacted", "channel": channel}],
    )
    assert told.sent == [(expected, "hello")]


def test_r15_flights_and_audiences_count_for_nothing() -> None:
    """R15, R13: caps are of personal channels; an audience obeys consent only."""
    text = """
    rule calm { cap: 1 per 7d }
    campaign c { flow { send facebook hello for 1d  send facebook again for 2d  send plain goodbye } }
    """
    told = story(text)
    assert len(told.audiences) == 2
    assert told.sent == [("2027-02-01 08:00", "goodbye")]


TASK_AND_TOUCH = """
team desk { members: "m@example.dk" hours: 09:00 .. 17:00 days: workdays }
rule calm { cap: 1 per 7d }
campaign c { flow { task plain hello by desk due 1 workday { helped -> stop } } }
campaign d { flow { wait WAIT  send other again } }
"""


def test_r15_a_task_counts_when_handed_out() -> None:
    """R15: a task counts when it is handed out."""
    told = story(TASK_AND_TOUCH.replace("WAIT", "2h"))
    # Handed out at 09:00, when the desk opens; the touch is ready at 10:00 and waits until a week after 09:00.
    assert told.handed_out == [("2027-02-01 09:00", "per")]
    assert told.sent == [("2027-02-08 09:00", "again")]


def test_r15_a_task_that_waits_for_the_desk_does_not_count_yet() -> None:
    """R15, R18: before it is handed out a task takes no room; after the wait for the desk caps are asked again."""
    told = story(TASK_AND_TOUCH.replace("WAIT", "30min"))
    # At 08:30 the task is not handed out: the touch is made. So at 09:00 the task has no room until Monday 8th 08:30,
    # and the desk opens at 09:00.
    assert told.sent == [("2027-02-01 08:30", "again")]
    assert told.handed_out == [("2027-02-08 09:00", "per")]


def test_r15_on_cap_skip() -> None:
    """R15: over the cap it is skipped with `on_cap: skip`, and `else` says where the flow goes."""
    text = """
    channel slow: plain { cap: 1 per 7d  on_cap: skip }
    campaign c { flow {
      send slow hello
      wait 1d
      send slow again else instead
      stop
      instead: send other goodbye
    } }
    """
    told = story(text)
    assert told.sent == [("2027-02-01 08:00", "hello"), ("2027-02-02 08:00", "goodbye")]
    assert told.skips == [("2027-02-02 08:00", "again", "cap")]


def test_r15_a_cap_with_room_skips_nothing() -> None:
    """R15: with `on_cap: skip` s + 7d is free again, too."""
    text = """
    channel slow: plain { cap: 1 per 7d  on_cap: skip }
    campaign c { flow { send slow hello  wait 7d  send slow again } }
    """
    told = story(text)
    assert told.sent == [("2027-02-01 08:00", "hello"), ("2027-02-08 08:00", "again")]
    assert told.skips == []


@pytest.mark.parametrize(
    ("patience", "sent", "skips"),
    [
        # Room again exactly at ready + 7d: that moment included.
        ("patience: 7d", [("2027-02-08 08:00", "again")], []),
        ("patience: 6d", [], [("2027-02-07 08:00", "again", "patience")]),
        ("patience: 167h", [], [("2027-02-08 07:00", "again", "patience")]),
    ],
)
def test_r16_patience_includes_its_last_moment(
    patience: str, sent: list[tuple[str, str]], skips: list[tuple[str, str, str]]
) -> None:
    """R16: not possible by ready + patience, that moment included: skipped then."""
    told = story(f"rule calm {{ cap: 1 per 7d }} {TWICE.replace('PATIENCE', patience)}")
    assert told.sent == [("2027-02-01 08:00", "hello"), *sent]
    assert told.skips == skips


def test_r16_patience_is_two_weeks_if_nobody_says() -> None:
    """R16: default 14d."""
    told = story(f"rule calm {{ cap: 1 per 30d }} {TWICE.replace('PATIENCE', '')}")
    assert told.skips == [("2027-02-15 08:00", "again", "patience")]
    told = story(f"rule calm {{ cap: 1 per 14d }} {TWICE.replace('PATIENCE', '')}")
    assert told.sent[1:] == [("2027-02-15 08:00", "again")]


def test_r16_the_campaigns_patience_goes_before_the_channels() -> None:
    """R16: campaign before channel."""
    text = """
    channel slow: plain { cap: 1 per 7d  patience: 2d }
    campaign c { PATIENCE flow { send slow hello  send slow again } }
    """
    assert story(text.replace("PATIENCE", "")).skips == [("2027-02-03 08:00", "again", "patience")]
    assert story(text.replace("PATIENCE", "patience: 3d")).skips == [("2027-02-04 08:00", "again", "patience")]
    assert story(text.replace("PATIENCE", "patience: 10d")).sent[1:] == [("2027-02-08 08:00", "again")]


def test_r16_the_flow_goes_on_from_the_skip() -> None:
    """R16: the flow goes on from the moment the touch was made or skipped."""
    text = """
    rule calm { channel: plain  cap: 1 per 7d }
    campaign c { patience: 3d flow { send plain hello  send plain again  wait 1d  send other goodbye } }
    """
    told = story(text)
    # Skipped Thursday 4 February 08:00; a day later the flow goes on.
    assert told.skips == [("2027-02-04 08:00", "again", "patience")]
    assert told.sent == [("2027-02-01 08:00", "hello"), ("2027-02-05 08:00", "goodbye")]


def test_r16_patience_ends_a_wait_for_a_window_too() -> None:
    """R16: whatever makes it wait: not possible by ready + patience."""
    text = """
    channel weekly: plain { days: saturday  patience: 2d }
    campaign c { flow { send weekly hello } }
    """
    assert story(text).skips == [("2027-02-03 08:00", "hello", "patience")]
    assert story(text, start="2027-02-04 08:00").sent == [("2027-02-06 00:00", "hello")]


def test_r15_touches_count_at_the_coordinates_they_were_made_at() -> None:
    """R15: which touches a rule counts: those made at its coordinates, also after coming back there."""
    text = """
    rule calm { phase: first  cap: 1 per 7d }
    campaign here  { phase: first  flow { send plain hello } }
    campaign there { phase: second flow { send plain again  wait 2d  move first } }
    """
    told = story(text, events=[{"contact": "per", "at": "2027-02-02 10:00", "event": "went_on"}])
    # `hello` on 1 February in first; `again` on the 2nd in second is free; back in first on the 4th, where the touch of
    # the 1st still counts (that of the 2nd does not): the 8th 08:00.
    assert told.sent == [
        ("2027-02-01 08:00", "hello"),
        ("2027-02-02 10:00", "again"),
        ("2027-02-08 08:00", "hello"),
    ]


def test_r15_several_caps_all_need_room() -> None:
    """R15: every cap must have room at that moment."""
    text = """
    rule weekly { cap: 1 per 7d }
    channel slow: plain { cap: 1 per calendar month }
    campaign c { flow { send slow hello  send other again  send slow goodbye } }
    """
    # `again` a week later; `goodbye` a week after that is still February: the first of March, and its own patience of
    # 14 days from 8 February ends on the 22nd before that.
    told = story(text)
    assert told.sent == [("2027-02-01 08:00", "hello"), ("2027-02-08 08:00", "again")]
    assert told.skips == [("2027-02-22 08:00", "goodbye", "patience")]
    assert story(text.replace("campaign c {", "campaign c { patience: 60d")).sent[2] == ("2027-03-01 00:00", "goodbye")


def test_r15_contacts_of_other_systems_count_for_the_account() -> None:
    """R15: `contacted` of anybody in the account counts for a cap per account, for a cap per person only their own."""
    people = [{"id": "a", "account": "home"}, {"id": "b", "account": "home"}]
    events = [{"contact": "b", "at": "2027-01-30 10:00", "event": "contacted", "channel": "plain"}]
    text = "rule calm { cap: CAP } campaign c { phase: first flow { send plain hello } }"
    told = story(text.replace("CAP", "2 per 7d per account"), people, events)
    # One of two is taken: `a` has the other; `b` on 6 February 10:00, a week after the contact.
    assert told.sent_to == [("2027-02-01 08:00", "a"), ("2027-02-06 10:00", "b")]
    told = story(text.replace("CAP", "1 per 7d"), people, events)
    assert told.sent_to == [("2027-02-01 08:00", "a"), ("2027-02-06 10:00", "b")]


def test_r15_who_waits_for_room_holds_nobody_else_up() -> None:
    """R15: a touch that waits takes no room: the cap counts touches made."""
    text = """
    channel weekly: plain { days: saturday }
    rule calm { cap: 1 per 7d }
    campaign c { priority: 90 flow { send weekly hello } }
    campaign d { priority: 10 flow { wait 1d  send other again } }
    """
    # `hello` waits for Saturday 6 February; on Tuesday 2nd nothing has been made, so `again` goes; `hello` then has no
    # room until Tuesday 9th 08:00, and the next Saturday is the 13th.
    assert story(text).sent == [("2027-02-02 08:00", "again"), ("2027-02-13 00:00", "hello")]


def test_r16_patience_and_at() -> None:
    """R16, R11: the next 09:00 is further away than the patience."""
    text = "campaign c { patience: 12h flow { send plain hello at 09:00 } }"
    assert story(text, start="2027-02-01 09:00:01").skips == [("2027-02-01 21:00:01", "hello", "patience")]


def test_r16_else() -> None:
    """R16, language: `else` when skipped, for want of patience too."""
    text = """
    channel weekly: plain { days: saturday  patience: 2d }
    campaign c { flow { send weekly hello else instead  stop  instead: send other goodbye } }
    """
    assert story(text).sent == [("2027-02-03 08:00", "goodbye")]
