"""What differs between two plans, sentence by sentence: one edit, one sort of change."""

from __future__ import annotations

import pytest

from gridlang.schedule.difference import as_json, as_text, compare
from tests.unit.difference.plans import difference, schedule, words

HI = "hi: send letterbox note at 09:00"

ONE = [
    # channels
    ("days: monday, tuesday", "days: monday, tuesday, sunday", "channel letterbox may now be sent on Sundays"),
    ("days: monday, tuesday", "days: monday", "channel letterbox is no longer sent on Tuesdays"),
    ('letterbox: plain "Letterbox" { days: monday, tuesday', 'letterbox: plain "Letterbox" { days: workdays', None),
    (
        "quiet: 12:00 .. 13:00",
        "quiet: 12:00 .. 14:00",
        "channel letterbox is quiet 12:00 .. 14:00 now, 12:00 .. 13:00 before",
    ),
    ("quiet: 12:00 .. 13:00", "", "channel letterbox is quiet never now, 12:00 .. 13:00 before"),
    ("cap: 2 per 7d", "cap: 3 per 7d", "channel letterbox is capped at 3 per 7d now, 2 per 7d before"),
    ("cap: 2 per 7d", "", "channel letterbox is no longer capped (it was at most 2 per 7d)"),
    ("consent: required", "", "channel pager may be used without consent now (it asked for `consent`)"),
    (
        "consent: required",
        "consent: required in newsletter_yes",
        "channel pager looks for consent in the attribute `newsletter_yes` now, in `consent` before",
    ),
    ("address: mobile", "address: email", "channel pager takes the address from `email` now, from `mobile` before"),
    ("cost: 2 DKK", "cost: 3 DKK", "channel pager has cost 3 DKK now, 2 DKK before"),
    (
        "cost: 2 DKK",
        "cost: 2 DKK patience: 2d",
        "channel pager waits at most 2d for a moment that is allowed now, the usual 14d before",
    ),
    # rules
    ("forbid: letterbox", "forbid: pager", ["rule calm forbids pager now", "rule calm no longer forbids letterbox"]),
    ("cap: 3 per 7d", "cap: 3 per 14d", "rule calm is capped at 3 per 14d now, 3 per 7d before"),
    ("phase: second  forbid", "phase: third  forbid", "rule calm is for phase third now, for phase second before"),
    ("rule calm", "rule quiet_time", ["rule calm is gone", "rule quiet_time is new"]),
    # teams
    (
        '"bo@example.dk"',
        '"per@example.dk"',
        ["team desk has per@example.dk in it now", "team desk no longer has bo@example.dk in it"],
    ),
    (
        '"ann@example.dk", "bo@example.dk"',
        '"bo@example.dk", "ann@example.dk"',
        "team desk has its members in another order now, which decides ties (R18): bo@example.dk, ann@example.dk",
    ),
    (
        "capacity: 9 per calendar day",
        "capacity: 7 per calendar day",
        "team desk takes 7 per calendar day now, 9 per calendar day before",
    ),
    ("days: workdays", "days: monday, tuesday, wednesday, thursday, friday", "team desk now works on public holidays"),
    # messages
    ('subject: "A note"', 'subject: "The note"', "message note has another subject: “The note” for “A note”"),
    ("One\\nTwo\\nThree", "One\\nTwice\\nThrice", "message note has another body: “Twice” for “Two”, and 1 more lines"),
    ('body: "One\\nTwo\\nThree"', 'body: "One\\nTwo\\nThree" language da { subject: "Et notat" }', None),
    # the calendar
    ("closed:   2027-06-04", "closed:   2027-06-04, 2027-06-07", "calendar ours now has closed 2027-06-07"),
    (
        "2027-07-10 .. 2027-07-20",
        "2027-07-10 .. 2027-07-21",
        [
            "calendar ours no longer has blackout 2027-07-10 .. 2027-07-20",
            "calendar ours now has blackout 2027-07-10 .. 2027-07-21",
        ],
    ),
    # segments, relations, people
    (
        'where: tier == "big"',
        'where: tier == "large"',
        'segment big has where `tier == "large"` now, `tier == "big"` before',
    ),
    ("count(purchase) >= 3", "count(purchase) >= 4", None),
    ("contact_every: 60d", "contact_every: 90d", "relation loyal has contact every 90d now, 60d before"),
    (
        "dad: target, approver",
        "dad: approver, target, user",
        "map home has dad as approver, target, user now, target, approver before",
    ),
    ("mum -> dad: strong", "mum -> dad: weak", "map home has the influence mum -> dad weak now, strong before"),
    ('motive: "Calm"', 'motive: "Calm", "Time"', "person mum has in its motive now also Time"),
    # events, kpis, tests
    ("shopped: purchase", "shopped", None),
    (
        "aim: 3 per calendar month",
        "aim: 4 per calendar month",
        "kpi sold has aim 4 per calendar month now, 3 per calendar month before",
    ),
    ("expect no letterbox to per", "expect no plain to per", 'test "A story" tells another story'),
    # campaigns and steps
    ("priority: 60", "priority: 70", "campaign greet has priority 70 now, 60 before"),
    ("holdout: 10%", "holdout: 5%", "campaign greet holds out 5% of the accounts now, 10% before"),
    ("role: target\n  priority", "priority", "campaign greet is for any role now, for role target before"),
    ("at 09:00\n", "at 10:00\n", "campaign greet, step hi has at 10:00 now, 09:00 before"),
    ("due 2 workdays", "due 3 workdays", "campaign greet, step call has due 3 workdays now, 2 workdays before"),
    ("within 3d", "within 4d", "campaign greet, step ask:More? has within 4d now, 3d before"),
    (
        "nothing -> call",
        "nothing -> late",
        "campaign greet, step ask:More? has the arm `nothing` -> late now, -> call before",
    ),
    ("begged -> call  ", "", "campaign greet, step ask:More? no longer has the arm `begged`"),
    ("no -> late }", "no -> late overdue -> late }", "campaign greet, step call now has the arm `overdue`: -> late"),
    (
        'tier == "a" -> send',
        'tier == "b" -> send',
        [
            'campaign greet, step choose:Who? no longer has the arm `tier == "a"`',
            'campaign greet, step choose:Who? now has the arm `tier == "b"`: -> send:plain:again',
        ],
    ),
    ("late: wait 3d", "late: send pager hello", "campaign greet, step late is a `send` now, a `wait` before"),
]


@pytest.mark.parametrize(("old", "new", "said"), ONE, ids=[f"{old} / {new}"[:60] for old, new, _ in ONE])
def test_one_edit_is_told(old: str, new: str, said: str | list[str] | None) -> None:
    found = words((old, new))
    if said is None:
        assert found
    else:
        assert found == ([said] if isinstance(said, str) else said)


def test_workdays_are_days_without_holidays() -> None:
    assert words(("days: monday, tuesday", "days: workdays")) == [
        "channel letterbox may now be sent on Wednesdays, Thursdays and Fridays",
        "channel letterbox is no longer sent on public holidays",
    ]
    assert words(("days: monday, tuesday", "")) == [
        "channel letterbox may now be sent on Wednesdays, Thursdays, Fridays, Saturdays and Sundays"
    ]


def test_a_language_is_told() -> None:
    edit = ('body: "One\\nTwo\\nThree"', 'body: "One\\nTwo\\nThree" language da { subject: "Et notat" body: "Et" }')
    assert words(edit) == ["message note has words in `da` now"]


def test_the_plan_itself() -> None:
    assert (
        words(period="2027-01-04 .. 2027-11-30")[0]
        == "plan small ends 2027-11-30 now, 2027-12-31 before (both days included)"
    )
    assert words(seed='"dice"') == ["plan small has the seed dice now: every `split` and holdout is drawn anew (R20)"]
    assert words(budget="5 DKK") == ["plan small has budget 5 DKK now, nothing before"]


def test_the_journey() -> None:
    edges = (
        "relations life {",
        'journey other: stages { second -> first: asked  fourth -> first  phase fourth "4" {} } relations life {',
    )
    found = words(edges, journey="other")
    assert "journey other is the plan's journey now, stages before" in found
    assert "phase fourth is new" in found
    assert "edge second -> first is now also taken on asked" in found
    assert "edge fourth -> first is new, by `move` only" in found


def test_order_counts_where_it_decides() -> None:
    big = 'segment big   "Big"   { where: tier == "big" }'
    odd = 'segment odd "Odd" { where: tier == "odd" }'
    swapped = compare(schedule((big, f"{big}\n{odd}")), schedule((big, f"{odd}\n{big}")))
    assert [change.kind for change in swapped.changes] == ["moved"]
    assert "the first that fits takes an account (R1)" in swapped.changes[0].words
    people = 'person mum "Mum" { when: household_role == "mother"  motive: "Calm" }'
    dad = 'person dad "Dad" { when: household_role == "father" }'
    assert difference((f"{people}\n{dad}", f"{dad}\n{people}")).empty


def test_a_comment_or_a_line_more_is_no_difference() -> None:
    assert difference(("rule calm", "# calm\n\n\nrule calm")).empty
    assert difference().empty
    assert as_text.render(difference(), schedule(), schedule()) == "No difference.\n"


def test_steps_come_go_and_move() -> None:
    assert words((HI, f"{HI}\n    send pager hello")) == [
        "campaign greet, step hi is followed by send:pager:hello now, by ask:More? before",
        "campaign greet, step send:pager:hello is new, after hi",
    ]
    assert words(("send plain hello  wait 2d  send other hello", "send other hello  wait 2d  send plain hello")) != []
    moved = words(("send plain hello  wait 2d  send other hello", "wait 2d  send plain hello  send other hello"))
    assert any("step send:plain:hello" in each or "step wait1" in each for each in moved)


def test_names_that_were_are_one_step_and_one_campaign() -> None:
    renamed = difference(
        ("begged -> call  nothing -> call", "begged -> ring  nothing -> ring"), ("call: task", "ring: was: call task")
    )
    assert [(change.kind, change.words) for change in renamed.changes] == [
        ("renamed", "campaign greet, step ring is what call was: whoever is in it goes on (R25)"),
        # Steps that are named after it (R24) go with it.
        ("renamed", "campaign greet, step ring.stop1 is what call.stop1 was: whoever is in it goes on (R25)"),
    ]
    assert renamed.endings == ()
    campaign = difference(('campaign keep "Keep" {', 'campaign hold "Keep" { was: keep '))
    assert [change.words for change in campaign.changes] == [
        "campaign hold is what keep was: whoever is in it goes on (R25)"
    ]
    assert campaign.endings == ()


# --- cells ------------------------------------------------------------------------------------------------------------


def test_cells_gained_and_lost() -> None:
    change = difference(
        ("segment: big\n  phase: first\n  role: target", "segment: big\n  phase: first, third\n  role: user")
    )
    cells = [each.words for each in change.changes if each.group == "cells"]
    assert cells == [
        "campaign greet now reaches big in third, role user, any relation (2 cells)",
        "campaign greet now reaches big in first, role user, any relation (2 cells)",
        "campaign greet no longer reaches big in first, role target, any relation (2 cells)",
    ]


def test_a_new_campaign_gives_its_cells() -> None:
    change = difference(
        ("campaign keep", 'campaign more "More" { phase: third  flow { send plain again } }\ncampaign keep')
    )
    assert [each.words for each in change.changes if each.group == "cells"] == [
        "campaign more now reaches any segment in third, any role, any relation "
        f"({2 * len(schedule().roles) * 2} cells)"
    ]


# --- who is in flight -------------------------------------------------------------------------------------------------


def test_a_step_that_is_gone_ends_its_runs_and_says_how_to_keep_them() -> None:
    edits = ("begged -> call  nothing -> call", "begged -> ring  nothing -> ring"), ("call: task", "ring: task")
    (ending,) = difference(*edits).endings
    assert (ending.what, ending.campaign, ending.step, ending.rule) == ("step", "greet", "call", "R25")
    assert "whoever stands at call of campaign greet stops there" in ending.happens
    assert "`step_gone`" in ending.happens
    assert ending.way_out == "is ring the same step? Then write `ring: was: call task …`"


def test_the_way_out_keeps_them() -> None:
    edits = (
        ("begged -> call  nothing -> call", "begged -> ring  nothing -> ring"),
        ("call: task", "ring: was: call task"),
    )
    assert difference(*edits).endings == ()


def test_a_step_without_a_label_is_kept_by_what_it_was_known_by() -> None:
    before, after = "send plain hello  wait 2d", "send plain again  wait 2d"
    ending, wait = difference((before, after)).endings
    assert (ending.step, wait.step) == ("send:plain:hello", "send:plain:hello.wait1")
    assert ending.way_out == ('is send:plain:again the same step? Then write `was: "send:plain:hello" send …`')
    mended = after.replace("send plain again", 'was: "send:plain:hello" send plain again')
    assert difference((before, mended)).endings == ()


def test_nobody_stands_at_a_step_without_time() -> None:
    assert difference(('choose "Who?" {', 'choose "Whom?" {')).endings == ()


def test_a_campaign_that_is_gone_ends_its_runs() -> None:
    (ending,) = difference(('campaign keep "Keep"', 'campaign hold "Keep"')).endings
    assert (ending.what, ending.campaign, ending.rule) == ("campaign", "keep", "R25")
    assert ending.way_out == "is campaign hold the same? Then write `was: keep` in it"


def test_a_cell_that_is_left_ends_its_runs() -> None:
    (ending,) = difference(('"Keep" { phase: second', '"Keep" { phase: third')).endings
    assert (ending.what, ending.campaign, ending.rule) == ("cell", "keep", "R4")
    assert ending.happens.startswith("runs of campaign keep end for any segment in second, any role, any relation")


def test_a_phase_that_is_gone_sends_its_accounts_to_the_start() -> None:
    more = (
        "relations life {",
        'journey other: stages { phase fourth "4" {}  first -> fourth  fourth -> first } relations life {',
    )
    endings = compare(schedule(more, journey="other"), schedule()).endings
    assert [(each.what, each.step, each.rule) for each in endings] == [("phase", "fourth", "R25")]
    assert "accounts in phase fourth go to first, with an issue" in endings[0].happens


# --- shown ------------------------------------------------------------------------------------------------------------


def test_text_has_groups_places_and_endings() -> None:
    old, new = (
        schedule(),
        schedule(("days: monday, tuesday", "days: monday, sunday"), ('campaign keep "Keep"', 'campaign hold "K"')),
    )
    text = as_text.render(compare(old, new), old, new)
    lines = text.splitlines()
    assert lines[0] == "Channels"
    assert lines[1].startswith("  ~ channel letterbox may now be sent on Sundays (plan.grid:")
    assert any(line.startswith("  - campaign keep is gone (was plan.grid:") for line in lines)
    assert lines.index("Runs in flight that would end") > lines.index("Campaigns")
    assert text.endswith("is campaign hold the same? Then write `was: keep` in it\n")


def test_json_says_the_same() -> None:
    import json

    old, new = schedule(), schedule(("priority: 60", "priority: 70"), ('campaign keep "Keep"', 'campaign hold "K"'))
    document = json.loads(as_json.render(compare(old, new), old, new))
    assert (document["format"], document["version"]) == ("gridlang.difference", 1)
    change = next(each for each in document["changes"] if each["field"] == "priority")
    assert (change["kind"], change["subject"], change["old"], change["new"]) == ("changed", "campaign greet", 60, 70)
    assert change["old_place"]["file"] == change["new_place"]["file"] == "plan.grid"
    assert [each["campaign"] for each in document["endings"]] == ["keep"]
