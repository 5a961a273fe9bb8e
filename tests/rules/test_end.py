"""R27, R28: where execution ends, and what is reported."""

from __future__ import annotations

from tests.rules.plans import story, utc

SHORT = {"period": "2027-01-04 .. 2027-02-03"}


def test_r27_what_still_waits_when_the_period_ends_is_a_skip() -> None:
    """R27: the period cuts execution; what still waits at its end is a skip `period_over`."""
    text = """
    channel weekly: plain { days: saturday }
    campaign c { flow { send plain hello  send weekly again } }
    """
    told = story(text, until="2027-02-04 00:00", plan=SHORT)
    # The last day, 3 February, is included: the end is 4 February 00:00.
    assert told.sent == [("2027-02-01 08:00", "hello")]
    assert told.skips == [("2027-02-04 00:00", "again", "period_over")]


def test_r27_the_period_cuts_though_the_run_is_asked_to_go_on() -> None:
    """R27: an `until` after the period changes nothing."""
    text = "campaign c { flow { send plain hello  wait 5d  send plain again } }"
    told = story(text, until="2027-03-01 00:00", plan=SHORT)
    assert told.sent == [("2027-02-01 08:00", "hello")]
    # Nobody had begun `again`: it is not made, and not skipped.
    assert told.skips == []


def test_r27_what_waits_at_until_is_state() -> None:
    """R27: what waits at `until`, within the period, is no row."""
    text = """
    channel weekly: plain { days: saturday }
    campaign c { flow { send weekly hello } }
    """
    told = story(text, until="2027-02-04 00:00")
    assert told.touches == []
    assert told.skips == []


def test_r27_until_is_excluded() -> None:
    """What a plan does: [from, until)."""
    text = "campaign c { flow { wait 1d  send plain hello } }"
    assert story(text, until="2027-02-02 08:00").touches == []
    assert story(text, until="2027-02-02 08:00:01").sent == [("2027-02-02 08:00", "hello")]


def test_r27_the_last_second_of_the_period_is_in_it() -> None:
    """R27: the end of the period is the midnight after its last day, on the plan's clock."""
    text = "campaign c { flow { wait 2d  send plain hello } }"
    assert story(text, start="2027-02-01 23:59:59", until="2027-02-04 00:00", plan=SHORT).sent == [
        ("2027-02-03 23:59:59", "hello")
    ]
    assert story(text, start="2027-02-02 00:00:00", until="2027-02-04 00:00", plan=SHORT).sent == []


def test_r27_a_task_that_waits_for_the_desk_is_skipped_too() -> None:
    """R27: tasks that still wait are skips as touches are."""
    text = """
    team desk { members: "m@example.dk" hours: 09:00 .. 17:00 days: workdays capacity: 1 per calendar day }
    campaign c { flow { task plain hello by desk due 1 workday { helped -> stop } } }
    """
    people = [{"id": name, "account": name} for name in "abcd"]
    told = story(text, people, until="2027-02-04 00:00", plan=SHORT)
    assert [contact for _, contact in told.handed_out] == ["a", "b", "c"]
    assert [(utc(row.at), row.contact, row.reason) for row in told.execution.skips] == [
        ("2027-02-03 23:00", "d", "period_over")
    ]


def test_r28_an_order_is_reported_and_delays_nothing() -> None:
    """R28: `order` never delays; it is checked and reported."""
    text = """
    rule first_things { order: hello before again }
    campaign c { flow { send plain FIRST  wait 1d  send plain SECOND } }
    """
    told = story(text.replace("FIRST", "again").replace("SECOND", "hello"))
    assert told.sent == [("2027-02-01 08:00", "again"), ("2027-02-02 08:00", "hello")]
    (report,) = told.execution.reports
    assert (report.check, report.contact, told.local(report.at or 0)) == ("order", "per", "2027-02-01 08:00")
    assert told.line(report.place).startswith("rule first_things")
    kept = story(text.replace("FIRST", "hello").replace("SECOND", "again"))
    assert kept.execution.reports == ()


def test_r28_a_budget_is_reported_and_stops_nothing() -> None:
    """R28: `budget` never delays; flights above the plan's are reported."""
    text = """campaign c { flow {
      show press hello for 3w budget 30_000 DKK
      show tv    again for 3w budget 40_000 DKK
    } }"""
    over = story(text, start="2027-01-04 00:00", plan={"budget": "50_000 DKK"})
    assert len(over.touches) == 2
    assert [report.check for report in over.execution.reports] == ["budget"]
    within = story(text, start="2027-01-04 00:00", plan={"budget": "70_000 DKK"})
    assert within.execution.reports == ()


def test_r28_contact_every_is_reported() -> None:
    """R28: `contact_every` of a relation: who hears nothing for longer is reported, and nobody is contacted for it."""
    text = """
    relations bond { level friend { contact_every: 30d } }
    campaign c { flow { send plain hello  wait DAYS  send plain again } }
    """
    often = story(text.replace("DAYS", "20d"), until="2027-03-10 00:00", plan={"relations": "bond"})
    assert often.execution.reports == ()
    seldom = story(text.replace("DAYS", "45d"), until="2027-03-25 00:00", plan={"relations": "bond"})
    # 1 February + 30d = 3 March; the next touch comes on 18 March.
    assert seldom.sent == [("2027-02-01 08:00", "hello"), ("2027-03-18 08:00", "again")]
    assert [(report.check, report.contact) for report in seldom.execution.reports] == [("contact_every", "per")]


def test_r28_an_order_holds_at_the_rules_coordinates() -> None:
    """R28, language: an order is checked at the coordinates of its rule, such as its channels."""
    text = """
    channel kid: plain {}
    rule first_things { channel: CHANNEL  order: hello before again }
    campaign c { flow { send kid again } }
    """
    assert len(story(text.replace("CHANNEL", "plain")).execution.reports) == 1
    assert len(story(text.replace("CHANNEL", "other")).execution.reports) == 0


def test_messages_speak_the_language_of_the_person() -> None:
    """Language, message: language variants; whatever a variant does not say is said in the plan's own words."""
    text = """
    message news "News" {
      subject: "Hello {{ first_name }}"  body: "News."
      language da { subject: "Hej {{ first_name }}"  body: "Nyt." }
      language sv { body: "Nytt." }
    }
    campaign c { flow { send plain news } }
    """
    people = [
        {"id": "a", "first_name": "Ann", "language": "en"},
        {"id": "b", "first_name": "Bo", "language": "da"},
        {"id": "c", "first_name": "Cy", "language": "sv"},
    ]
    subjects = [touch.subject for touch in story(text, people).execution.touches]
    assert subjects == ["Hello Ann", "Hej Bo", "Hello Cy"]
