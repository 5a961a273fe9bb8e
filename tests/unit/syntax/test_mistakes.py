"""What newcomers write, and what they are told: the author's words, the place, the way out; one message each."""

from __future__ import annotations

import re

import pytest

from gridlang.diagnostics.codes import syntax as codes
from gridlang.diagnostics.model import Code
from gridlang.source import Source
from gridlang.syntax import parse
from tests.unit.syntax.reading import finding, findings, names

TOLD = [
    # text, code, place, words of the message and its way out
    ('campaign welcome "Velkommen {\n  phase: a\n}', "unclosed-text", '"Velkommen', ["title", '`"` after `Velkommen`']),
    ('message a { subject: "Hej\n body: b }', "unclosed-text", '"Hej', ["text", "after `Hej`"]),
    ('message a { subject: "Hej  body: "Dav" }', "unclosed-text", '"Hej', ["text", "after `Hej`"]),
    ('message welcome { subject "Hej" }', "missing-colon", "subject", ['`subject: "Hej"`']),
    ("campaign a { phase contact }", "missing-colon", "phase", ["`phase: contact`"]),
    ("campaign a { priority 20 }", "missing-colon", "priority", ["`priority: 20`"]),
    ("campaign a { priority = 20 }", "missing-colon", "=", ["`priority` needs a colon"]),
    (
        "campaign x { segment: a  phase: b",
        "unclosed-block",
        "campaign x {",
        ["campaign `x`", "line 1", "`}` is missing"],
    ),
    (
        "campaign x {\n segment: a\n\ncampaign y { phase: b }",
        "unclosed-block",
        "campaign x {",
        ["campaign `x`", "before `campaign y`"],
    ),
    ("campaign a { flow { wait 2d\n - send email x } }", "list-dash", "-", ["not list items", "remove the `-`"]),
    ("campaign a { flow {\n* send email x } }", "list-dash", "*", ["remove the `*`"]),
    ("message a { subject: ”Hej” }", "typographic-quotes", "”Hej”", ['write `"Hej"`']),
    ("message a { subject: 'Hej' }", "typographic-quotes", "'Hej'", ['write `"Hej"`']),
    ('message a { subject: "Hej” }', "typographic-quotes", '"Hej”', ['write `"Hej"`']),
    ("// husk pris", "slashes", "// husk pris", ["starts with `#`", "`# husk pris`", "`/// husk pris`"]),
    (
        "campaign mødeinvitation til far { phase: a }",
        "two-words",
        "mødeinvitation til far",
        ["is three", "`mødeinvitation_til_far`", 'campaign mødeinvitation "Mødeinvitation til far"'],
    ),
    ("campaign my new", "two-words", "my new", ["is two", "`my_new`"]),
    ("test { person min ven { a: b } }", "two-words", "min ven", ["`min_ven`"]),
    (
        "campaign a { flow { if car_age > 10 then send letter x  wait 2d } }",
        "if-then",
        "if car_age > 10",
        ["no `if`", "`choose", "car_age > 10 -> send letter x", "otherwise -> stop"],
    ),
    ("campaign a { flow { if old  send letter x } }", "if-then", "if old", ["old -> …"]),
    ("campaign a { flow { wait 2 m } }", "which-unit", "2 m", ["minutes or months", "`2min` or `2mo`"]),
    ("campaign a { flow { wait 2m } }", "which-unit", "2m", ["`2min` or `2mo`"]),
    ("campaign a { flow { wait 20 days } }", "loose-unit", "20 days", ["`20d`"]),
    ("campaign a { flow { wait 5workdays } }", "loose-unit", "5workdays", ["`5 workdays`"]),
    ("channel a { quiet: 20-08 }", "range-dash", "20-08", ["`20:00 .. 08:00`"]),
    ("channel a { hours: 9:00-17:00 }", "range-dash", "9:00-17:00", ["`9:00 .. 17:00`"]),
    ("segment a { where: age in 3-5 }", "range-dash", "3-5", ["`3 .. 5`"]),
    ("campaign a { starts: 01-11-2027 }", "which-date", "01-11-2027", ["1 November or 11 January", "`2027-11-01`"]),
    ("campaign a { starts: 31/12/2027 }", "date-order", "31/12/2027", ["`2027-12-31`"]),
    ("campaign a { starts: 2027-1-5 }", "date-order", "2027-1-5", ["`2027-01-05`"]),
    ("test { on 01-11-2027 09:00 per replied }", "which-date", "01-11-2027", ["`2027-11-01`"]),
    ("plan a { budget: 1.450.000 DKK }", "grouped-digits", "1.450.000 DKK", ["dots", "`1_450_000 DKK`"]),
    ("plan a { budget: 40.000 DKK }", "grouped-digits", "40.000 DKK", ["`40_000 DKK`"]),
    ("plan a { budget: 1,450,000 DKK }", "grouped-digits", "1,450,000 DKK", ["commas", "`1_450_000 DKK`"]),
    ("plan a { budget: 1 450 000 DKK }", "grouped-digits", "1 450 000 DKK", ["spaces", "`1_450_000 DKK`"]),
    ("plan a { budget: 1.450,50 DKK }", "grouped-digits", "1.450,50 DKK", ["`1_450.50 DKK`"]),
    ("plan a { budget: 12,50 DKK }", "decimal-comma", "12,50 DKK", ["`12.50 DKK`"]),
    ("rule a { b: 12,5 % }", "decimal-comma", "12,5 %", ["`12.5 %`"]),
    ("plan a { budget: 450 kr. }", "currency", "450 kr.", ["`450 DKK`"]),
    ("plan a { budget: 450DKK }", "currency", "450DKK", ["`450 DKK`"]),
    ("plan a { budget: 450€ }", "currency", "450€", ["`450 EUR`"]),
    ("team a { capacity: 25 per day }", "bare-period", "day", ["`per calendar day`"]),
    ("rule a { where: a = b }", "other-sign", "=", ["`==`"]),
    ("rule a { where: a ≥ b }", "other-sign", "≥", ["`>=`"]),
    ("rule a { where: a && b }", "other-sign", "&&", ["`and`"]),
    ("rule a { where: !a }", "other-sign", "!", ["`not`"]),
    ("map a { b → c }", "other-sign", "→", ["`->`"]),
    ('campaign a { flow { ask "Q" within 5d { b => stop } } }', "other-sign", "=>", ["`->`"]),
    ('campaign a { flow { choose "Q" { b → { stop } } } }', "other-sign", "→", ["`->`"]),
    ('campaign a { flow { split "Q" { 50% --> stop  50% -> c } } }', "other-sign", "-->", ["`->`"]),
    ("campaign a { flow { task phone b { c, d —> wait 2d -> e } } }", "other-sign", "—>", ["`->`"]),
    ("map a { b => c }", "other-sign", "=>", ["`->`"]),
    ("plan a { period: 2027-01-01 … 2027-02-01 }", "other-sign", "…", ["`..`"]),
    ("plan a { b: c; }", "semicolon", ";", ["remove it"]),
    ("plan a { b: [c, d] }", "square-brackets", "[", ["no brackets", "commas"]),
    ("plan a\x00 { b: c }", "invisible", "\x00", ["U+0000"]),
    ("plan a { b: @c }", "unknown-sign", "@", ["`@`"]),
    (
        "map a { mum -> father: very strong }",
        "two-labels",
        "very strong",
        ["`very strong` are two", "`-> father: strong`"],
    ),
    ("channel a { inbound }", "lone-word", "inbound", ["`inbound: …`"]),
    ("map a { mum -> father: strong\n son }", "lone-word", "son", ["`son -> …`"]),
    ('campaign a { flow { ask "Q" within 5d { replied close } } }', "arm-without-arrow", "close", ["`replied -> …`"]),
    ("campaign a { flow { send email } }", "incomplete", "}", ["`send` is not complete", "`send email welcome`"]),
    ("campaign a { flow { wait } }", "incomplete", "}", ["`wait 2d`"]),
    ("campaign a { flow { send email x at 5% } }", "incomplete", "5%", ["`at`", "a time (`09:00`)"]),
    (
        "plan a { period: 2027-01-04 to 2027-12-31 }",
        "range-dash",
        "2027-01-04 to 2027-12-31",
        ["2027-01-04 .. 2027-12"],
    ),
    ("channel a { hours: 9am to 5pm }", "range-dash", "9am to 5pm", ["`09:00 .. 17:00`"]),
    ("channel a { hours: 09:00 until 17:00 }", "range-dash", "09:00 until 17:00", ["`09:00 .. 17:00`"]),
    ("channel a { hours: 9 to 17 }", "range-dash", "9 to 17", ["`09:00 .. 17:00`"]),
    ("campaign a { starts: 1 March 2027 }", "date-order", "1 March 2027", ["`2027-03-01`"]),
    ("campaign a { starts: March 1, 2027 }", "date-order", "March 1, 2027", ["`2027-03-01`"]),
    ("campaign a { starts: 1. marts 2027 }", "date-order", "1. marts 2027", ["`2027-03-01`"]),
    ('message a { subject: "Hej\nWe are here"\n body: "x"\n}', "unclosed-text", '"Hej', ["after `Hej`"]),
    ("segment a { where: role is parent }", "is-word", "is", ['`role == "parent"`']),
    ("segment a { where: role is not parent\n b: c }", "is-word", "is not", ['`role != "parent"`']),
    ('campaign a { flow { choose "Q" { b is 3 -> stop } } }', "is-word", "is", ["`b == 3`"]),
    ("campaign a { flow { wait 2d -> goto call } }", "goto", "goto call", ["`-> call`", "no `goto`"]),
    ("campaign a { flow { wait two days  send b c } }", "other-words", "wait two days", ["write `wait 2d`"]),
    ("segment a { where: b between 3 and 8\n size: 3 }", "other-words", "b between 3 and 8", ["`b in 3 .. 8`"]),
    ('message a { "subject": "b" }', "quoted-name", '"subject"', ["write `subject: …`"]),
    ("campaign a { flow: { wait 2d } }", "block-colon", "flow", ["write `flow { … }`"]),
    ("campaign a { phase: b\n send c d\n }", "step-outside-flow", "send", ["put the steps into `flow {"]),
    ('message a { body: "<p class="big">x</p>" }', "inner-quotes", '"', ["the text ends at this quote"]),
    ("campaign a { goal: purchase withn 90d }", "misspelt-word", "withn", ["did you mean `within`?"]),
    ("map a { segment: b c\n phase: d\n flow { wait 2d } }", "missing-comma", "c", ["write `b, c`"]),
    ("map a { segment: b c\n roles { d: e } }", "missing-comma", "c", ["write `b, c`"]),
    ("map a { roles { b: c d } }", "missing-comma", "d", ["write `c, d`"]),
    ("map a { influence { b > c } }", "other-sign", ">", ["`>` is written `->`"]),
    ("campaign a { flow { wait send b c } }", "incomplete", "send", ["`wait` is not complete", "wait 2d"]),
    ('campaign a { flow { wait\n ask "Q" within 5d { b -> stop } } }', "incomplete", "ask", ["`wait` is not"]),
    (
        "campaign a { flow { send b c at\n wait 2d } }",
        "incomplete",
        "wait",
        ["`at` is not complete", "a time (`09:00`)"],
    ),
    ('campaign a { flow { ask "Q" within 5d { b -> goto call } } }', "goto", "goto call", ["`-> call`"]),
    ('campaign a { flow { ask "Q" within 5d { b -> goto call\nc -> stop } } }', "goto", "goto call", ["`-> call`"]),
    (
        'campaign a { flow { ask "Q" within 5d { b -> stop  nothing: call } } }',
        "arm-without-arrow",
        "nothing",
        ["`nothing -> call`"],
    ),
    ("campaign a { phase: contact,\n segment: b }", "comma-at-end", ",", ["`,` at the end of line"]),
    ("campaign a { phase: contact,\n flow { stop } }", "comma-at-end", ",", ["`,` at the end of line"]),
    ('need a { reasons: "price" "lasts" }', "missing-comma", '"lasts"', ['before `"lasts"`', '`"price", "lasts"`']),
    ("segment young-families { where: a }", "two-words", "young-families", ["`young_families`", "`segment young"]),
    ("campaign a { segment: young-families }", "two-words", "young-families", ["write `young_families`"]),
    ("campaign a { flow { send email my-news } }", "two-words", "my-news", ["write `my_news`"]),
    ("campaign a { flow { send b c or sms my-news } }", "two-words", "my-news", ["write `my_news`"]),
    ("message a Welcome to us { b: c }", "two-words", "a Welcome to us", ['`message a "Welcome to us"`']),
    ('campaign a { flow { ask "Q" within 7 { b -> c } } }', "loose-unit", "7", ["`7d`", "`7h`"]),
    ("campaign a { flow { wait 7\n stop } }", "loose-unit", "7", ["`7d`"]),
    ("campaign a { flow { wait 7D } }", "loose-unit", "7D", ["`7d`"]),
    ("campaign a { flow { wait 2 working days } }", "loose-unit", "2 working days", ["`2 workdays`"]),
    ("campaign a { flow { wait 2 work days } }", "loose-unit", "2 work days", ["`2 workdays`"]),
    ("campaign a { flow { wait 2 fortnights } }", "incomplete", "2", ["`wait 2d`"]),
    ("campaign a { flow { send email x at 9 } }", "clock-time", "9", ["`09:00`"]),
    ("campaign a { flow { send email x at 9am } }", "clock-time", "9am", ["`09:00`"]),
    ("campaign a { flow { send email x at 9.30 pm } }", "clock-time", "9.30 pm", ["`21:30`"]),
    ("campaign a { flow { send email x at 9.00 } }", "clock-time", "9.00", ["`09:00`"]),
    ("campaign a { flow { send email x at 25:00 } }", "no-such-time", "25:00", ["no 25:00"]),
    ("plan a { budget: £900 }", "currency", "£900", ["`900 GBP`"]),
    ("plan a { budget: $1,000 }", "currency", "$1,000", ["`1_000 USD`"]),
    ("plan a { budget: €12,50 }", "currency", "€12,50", ["`12.50 EUR`"]),
    ("plan a { budget: GBP 900 }", "currency", "GBP 900", ["`900 GBP`"]),
    ("plan a { budget: 900 pounds }", "currency", "900 pounds", ["`900 GBP`"]),
    ("plan a { budget: 900 kr }", "currency", "900 kr", ["`900 DKK`"]),
    ("campaign a { flow { show tv b for 3w budget 900 } }", "amount-without-currency", "900", ["plan's", "`900 GBP`"]),
    ("test { person p { email: asha@b.com } }", "unquoted", "asha@b.com", ["an address", '`"asha@b.com"`']),
    ("message a { body: file(messages/x.md) }", "unquoted", "messages/x.md", ["a path", '`"messages/x.md"`']),
    (
        'message a {\n body: file("x.md"\n subject: b }',
        "open-bracket",
        'file("x.md"',
        ["end of line", '`file("x.md")`'],
    ),
    (
        "campaign a { flow { send email b to parent  stop } }",
        "send-to",
        "to parent",
        ["remove `to parent`", "`role: parent`"],
    ),
    ('campaign a { flow { ask "Q" within 5d { b -> send c d to e  f -> stop } } }', "send-to", "to e", ["`role: e`"]),
    ("campaign a { flow { wait for 3 workdays } }", "wait-for-time", "wait for 3 workdays", ["`wait 3 workdays`"]),
    ("campaign a { flow { b: wait 3d -> b max 2 else c } }", "incomplete", "else", ["`max 2 times else c`"]),
    ("channel a { cap: 2 in 7d }", "how-often", "2 in 7d", ["`2 per 7d`"]),
    ("channel a { inbound\n cap: 2 per 7d }", "lone-word", "inbound", ["`inbound: …`"]),
    ("campaign a { flow { ask within 5d } }", "incomplete", "}", ["`ask` is not complete"]),
    ('campaign a "T"\n phase: b\n}', "outside-block", "phase", ["`phase:`", "`{`", 'after `campaign a "T"`']),
    ('need a "A"\n}', "stray-brace", "}", ["closes nothing"]),
    ("plan a { b: }", "unexpected", "}", ["`b` needs a value"]),
    ("let x = ", "ends-early", "", ["in the middle of `let`"]),
    ("campaign", "ends-early", "", ["in the middle of `campaign`"]),
    ("fields person { a: x.y? }", "not-a-type", "x.y", ["`Text?`"]),
]


@pytest.mark.parametrize(("text", "code", "place", "words"), TOLD, ids=[f"{told[1]}: {told[0][:40]}" for told in TOLD])
def test_one_mistake_one_message(text: str, code: str, place: str, words: list[str]) -> None:
    problem = finding(text)
    said = f"{problem.message} | {problem.help}"
    assert problem.code.name == code, said
    assert problem.span is not None
    assert problem.span.text == place
    assert all(word in said for word in words), said


@pytest.mark.parametrize(("text", "code", "place", "words"), TOLD, ids=[f"{told[1]}: {told[0][:40]}" for told in TOLD])
def test_a_mistake_costs_only_its_own_declaration(text: str, code: str, place: str, words: list[str]) -> None:
    around = f'need first "A"\n{text}\nneed last "Z"\nneed broken {{ x: }}\n'
    assert [problem.code.name for problem in findings(around)] == [
        {"ends-early": "incomplete"}.get(code, code),
        "unexpected",
    ]
    found = names(around)
    assert found[0] == "first"
    assert found[-2:] == ["last", "broken"]


@pytest.mark.parametrize(("text", "code", "place", "words"), TOLD, ids=[f"{told[1]}: {told[0][:40]}" for told in TOLD])
def test_no_message_speaks_of_the_parser(text: str, code: str, place: str, words: list[str]) -> None:
    problem = finding(text)
    said = f"{problem.message} {problem.why} {problem.help}"
    assert not re.findall(r"\b[A-Z_]{5,}\b", said), said


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ('campaign a "Velkommen {\n}', 'campaign a "Velkommen" {\n}'),
        ('message a { subject "Hej" }', 'message a { subject: "Hej" }'),
        ("message a { subject: ”Hej” body: “Dav” }", 'message a { subject: "Hej" body: "Dav" }'),
        ("// a\nneed b\n// c", "# a\nneed b\n# c"),
        ("campaign min kampagne { }", "campaign min_kampagne { }"),
        ("plan a { b: [c, d]; e: f; }", "plan a { b: c, d e: f }"),
        ("plan a { b: 1.450.000 DKK }", "plan a { b: 1_450_000 DKK }"),
        ("plan a { b: 2027-02-30 }", "plan a { b: 2027-02-28 }"),
        ("plan a { b: 01-11-2027 }", "plan a { b: 2027-11-01 }"),
        ("plan a { quiet: 20-08 }", "plan a { quiet: 20:00 .. 08:00 }"),
        ("campaign a { flow {\n  - stop\n } }", "campaign a { flow {\n   stop\n } }"),
        ("map a { b → c }", "map a { b -> c }"),
        ("need a\n}", "need a\n"),
        ("plan a { period: 2027-01-04 to 2027-12-31 }", "plan a { period: 2027-01-04 .. 2027-12-31 }"),
        ("segment a { where: b is c }", 'segment a { where: b == "c" }'),
        ("campaign a { phase: b,\n segment: c }", "campaign a { phase: b\n segment: c }"),
        ('need a { b: "c" "d" }', 'need a { b: "c", "d" }'),
        ("segment a { segment: c-d }", "segment a { segment: c_d }"),
        ("segment a-b { segment: c }", "segment a_b { segment: c }"),
        ("message a Welcome to us { b: c }", 'message a "Welcome to us" { b: c }'),
        ("campaign a { flow { wait 7  send b c at 9 } }", "campaign a { flow { wait 7d  send b c at 09:00 } }"),
        ("plan a { budget: GBP 900 }", "plan a { budget: 900 GBP }"),
        ('message a {\n body: file("x"\n b: c }', 'message a {\n body: file("x")\n b: c }'),
        ("campaign a { flow { wait for 3d } }", "campaign a { flow { wait 3d } }"),
        (
            "campaign a { flow { b: stop -> b max 2 else c } }",
            "campaign a { flow { b: stop -> b max 2 times else c } }",
        ),
        ('campaign a { flow { ask "Q" within 5d { b: c } } }', 'campaign a { flow { ask "Q" within 5d { b -> c } } }'),
    ],
)
def test_the_ways_out_that_a_program_can_take(text: str, mended: str) -> None:
    edits = [edit for problem in findings(text) for edit in problem.fixes[0].edits]
    for edit in sorted(edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert text == mended
    assert not findings(mended)


def test_the_same_sign_all_over_a_file_is_one_finding() -> None:
    problem = finding("// a\nneed b\n// c\n// d")
    assert "2 more places" in problem.message
    assert len(problem.fixes[0].edits) == 3


@pytest.mark.parametrize("text", ["1.450 KWD", "0.005 USD", "12.50 DKK", "1_450_000 DKK", "1, 450 DKK", "3, 5%"])
def test_sound_amounts(text: str) -> None:
    assert not findings(f"plan a {{ budget: {text} }}")


def test_a_remark_with_slashes_is_kept_as_a_remark() -> None:
    assert [found.text for found in parse(Source("a", "// husk\nneed b")).value.comments] == ["husk"]


ELSEWHERE = {
    *("said-twice", "chained-edge", "lost-doc"),  # test_flows, test_declarations
    *("unknown-escape", "long-number", "no-such-day", "no-such-month", "no-such-year", "no-such-time", "long-duration"),
    *("too-deep", "long-expression", "large-file"),  # test_limits
    "json",  # the cases: it stands at the beginning of a file
}


def test_every_code_of_this_stage_is_tested() -> None:
    every = {code.name for code in vars(codes).values() if isinstance(code, Code)}
    assert every == {told[1] for told in TOLD} | ELSEWHERE
