# ruff: noqa: E501 - a mistake stands as it was made
"""The mistakes that newcomers make, each beside the family_car example: one message, in their words, with the way out.

The message must stand in the file with the mistake, and be the only one about it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from gridlang.compiler import compile_plan
from gridlang.diagnostics import Diagnostic, Level, Outcome
from gridlang.files import Workspace
from gridlang.source import Source

FAMILY_CAR = Workspace.at(str(Path(__file__).parents[2] / "examples" / "family_car"))


class Beside:
    """family_car with one more file, or with one word of its own changed."""

    def __init__(self, text: str, change: tuple[str, str] | None) -> None:
        self.text_of_mistake, self.change = text, change

    def grid_files(self, folder: str) -> Outcome[tuple[Source, ...]]:
        found = FAMILY_CAR.grid_files(folder).value
        if folder:
            return Outcome(found)
        if self.change is not None:
            assert any(self.change[0] in source.text for source in found)
            found = tuple(Source(source.path, source.text.replace(*self.change)) for source in found)
        return Outcome((*found, Source("new.grid", self.text_of_mistake)))

    def text(self, path: str, folder: str = "") -> Outcome[str | None]:
        return FAMILY_CAR.text(path, folder)

    def library(self) -> tuple[Source, ...]:
        return FAMILY_CAR.library()


def findings(text: str, change: tuple[str, str] | None) -> list[Diagnostic]:
    return list(compile_plan(Beside(text, change), lambda name, key, compute: compute()).problems)


def shown(finding: Diagnostic) -> str:
    fixes = " ".join(edit.text for fix in finding.fixes for edit in fix.edits)
    return f"{finding.span} {finding.code.id} {finding.message} | {finding.why} | {finding.help} | {fixes}"


def flow(steps: str) -> str:
    return f"campaign x {{ segment: growing_families  phase: sale  role: target\n  flow {{\n    {steps}\n  }}\n}}\n"


BEFORE = {shown(finding) for finding in findings("", None)}
MISTAKES: list[tuple[str, str, tuple[str, str] | None, str, tuple[str, ...]]] = [
    (
        "title",
        'campaign welcome "Velkommen {\n  phase: loyalty\n  flow { send email welcome }\n}\n',
        None,
        "G0104",
        ("no closing quote", "after `Velkommen`"),
    ),
    (
        "colon",
        'message m2 { subject "Hej"  body: "x" }\n' + flow("send email m2"),
        None,
        "G0110",
        ("`subject` needs a colon", 'subject: "Hej"'),
    ),
    (
        "eof",
        "campaign x { segment: growing_families  phase: contact\n",
        None,
        "G0105",
        ("never closed", "campaign `x`"),
    ),
    (
        "brace",
        "campaign x { segment: growing_families  phase: contact\n  flow { send email news }\n\ncampaign y { phase: sale\n  flow { send email news } }\n",
        None,
        "G0105",
        ("never closed", "before `campaign y`"),
    ),
    ("yaml", flow("- send email welcome"), None, "G0112", ("list items", "remove the `-`")),
    (
        "quotes",
        'message m2 { subject: ”Hej”  body: "x" }\n' + flow("send email m2"),
        None,
        "G0120",
        ("plain quotes", '"Hej"'),
    ),
    ("slash", "// husk pris\n" + flow("send email news"), None, "G0114", ("starts with `#`", "# husk pris")),
    (
        "words",
        "campaign mødeinvitation til far {\n  phase: sale\n  flow { send email news }\n}\n",
        None,
        "G0111",
        ("one word", "mødeinvitation_til_far", 'campaign mødeinvitation "Mødeinvitation til far"'),
    ),
    ("if", flow("if car_age > 10 then send letter news"), None, "G0113", ("diamond", "otherwise -> stop")),
    (
        "seg",
        "campaign x { segment: growing_familes  phase: sale  flow { send email news } }\n",
        None,
        "G0209",
        ("growing_familes", "growing_families` (plan.grid:"),
    ),
    (
        "case",
        "campaign x { segment: growing_families  phase: Contact  flow { send email news } }\n",
        None,
        "G0502",
        ("case-sensitive", "`contact`"),
    ),
    ("chan", flow("send mail welcome"), None, "G0209", ("no channel `mail`", "`email`")),
    ("msgtext", flow('send email "Hej Per"'), None, "G0405", ("name of a message", 'message hej_per "Hej Per"')),
    ("swap", flow("send welcome email"), None, "G0406", ("first the channel", "send email welcome")),
    (
        "dup",
        'campaign keep_warm "x" { phase: loyalty  flow { send email news } }\n',
        None,
        "G0208",
        ("already a campaign (campaigns.grid:", "keep_warm_2: keep_warm"),
    ),
    (
        "budget",
        "",
        ("budget:    1_450_000 DKK", "budget:    1450000"),
        "G0303",
        ("needs a currency", "1450000 DKK", "counts in DKK"),
    ),
    (
        "dots",
        "",
        ("budget:    1_450_000 DKK", "budget:    1.450.000 DKK"),
        "G0141",
        ("dots do not group digits", "1_450_000 DKK"),
    ),
    ("unit", "segment s2 { where: children >= 6y }\n", None, "G0312", ("a whole number", "a duration", "write 6")),
    ("empty", 'segment s2 { where: email == "" }\n', None, "G0322", ("not an empty text", "not has(email)")),
    ("dkk", "segment s2 { where: children > 10 DKK }\n", None, "G0312", ("an amount of money", "write 10")),
    (
        "shares",
        flow('split "?" { 50% -> send email news  40% -> send letter news }'),
        None,
        "G0410",
        ("sum to 90 %", "10 % of the people", "10% -> stop"),
    ),
    (
        "date",
        "campaign x { phase: sale  starts: 01-11-2027  flow { send email news } }\n",
        None,
        "G0137",
        ("1 November or 11 January", "2027-11-01", "2027-01-11"),
    ),
    (
        "feb",
        "campaign x { phase: sale  starts: 2027-02-30  flow { send email news } }\n",
        None,
        "G0132",
        ("28 days", "2027-02-28"),
    ),
    (
        "period",
        "",
        ("2027-01-04 .. 2027-12-31", "2027-12-31 .. 2027-01-04"),
        "G0305",
        ("ends before it begins", "swap"),
    ),
    ("2m", flow("wait 2 m  send email news"), None, "G0139", ("minutes or months", "2min", "2mo")),
    ("2m2", flow("wait 2m  send email news"), None, "G0139", ("minutes or months",)),
    ("quiet", "channel c2: email { quiet: 20-08 }\n" + flow("send c2 news"), None, "G0144", ("20:00 .. 08:00",)),
    (
        "friday",
        "channel c2: email { days: monday .. thursday }\n" + flow("wait until friday at 09:00  send c2 news"),
        None,
        "L0112",
        ("closed until Monday", "Fridays"),
    ),
    ("11mo", flow("wait 11mo  send email news  wait 2mo  send letter news"), None, "G0435", ("2027-12-31", "shorten")),
    (
        "label",
        flow('call: send email news\n ask "x" within 5d { replied -> call nothing -> cal }'),
        None,
        "G0402",
        ("no step `cal`", "`call` (new.grid:", "only inside"),
    ),
    (
        "howlong",
        flow('close: send email news -> wait 2d  ask "Klar?" { replied -> close }'),
        None,
        "G0407",
        ("how long", "nothing -> "),
    ),
    (
        "impossible",
        "event drive { from: showroom }\n"
        + flow('send email news  close: wait 3d  ask "Klar?" within 5d { drive -> close  nothing -> stop }'),
        None,
        "G0430",
        ("lead to `drive`", "used only email", "offer showroom", "replied or clicked"),
    ),
    ("again", flow("again: send email news  -> again"), None, "G0433", ("without any time", "repeat every 4w")),
    (
        "move",
        flow("send email news  move awareness"),
        None,
        "G0432",
        ("from sale it goes to", "add `sale -> awareness`"),
    ),
    ("after", flow("move standby  send email news"), None, "G0434", ("just left for standby", "before the move")),
    (
        "choose",
        flow('choose "x" { car_age >= 10 -> a  car_age < 10 -> b }  a: send email news -> stop  b: send letter news'),
        ("  children:         Int", "  children:         Int\n  car_age: Int?"),
        "G0409",
        ("no car_age", "otherwise"),
    ),
    (
        "who",
        flow("task phone book_meeting due 2 workdays { ordered -> move loyalty }"),
        None,
        "G0415",
        ("who does this task", "sales_desk, marketing"),
    ),
    (
        "arrows",
        "map m2 { segment: everyone_else roles { father: target, approver mother: user teenager: user } influence { father -> mother -> teenager } }\n",
        None,
        "G0116",
        ("father -> mother", "mother -> teenager"),
    ),
    (
        "approver",
        'map m2 "Salgsfasen" { segment: everyone_else  roles { father: target } }\n',
        None,
        "G0505",
        ("Salgsfasen", "father"),
    ),
    (
        "mum",
        "map m2 { segment: everyone_else roles { father: target, approver mother: user } influence { mum -> father: very strong } }\n",
        None,
        "G0108",
        ("`very strong` are two", "weak, normal or strong", "-> father: strong"),
    ),
    (
        "standby",
        "campaign x { segment: growing_families phase: standby flow { task phone book_meeting by sales_desk due 1 workday { ordered -> move loyalty } } }\n",
        None,
        "G0508",
        ("calm_standby", "må ikke virke anmassende", "email or letter"),
    ),
    (
        "title without quotes",
        'message welcome2 Welcome to us { subject: "a"  body: "b" }\n' + flow("send email welcome2"),
        None,
        "G0111",
        ("a title stands in quotes", 'message welcome2 "Welcome to us"'),
    ),
    (
        "hyphen",
        "segment young-families { where: children >= 3 }\ncampaign x { segment: young_families  phase: sale  flow { send email news } }\n",
        None,
        "G0111",
        ("one word", "`young_families`"),
    ),
    ("25:00", flow("send email news at 25:00"), None, "G0135", ("no 25:00 on a clock",)),
    (
        "month",
        "campaign x { phase: sale  starts: March 1, 2027  flow { send email news } }\n",
        None,
        "G0138",
        ("year-month-day", "2027-03-01"),
    ),
    ("is", "segment s2 { where: role is parent }\n", None, "G0150", ('role == "parent"',)),
    ("to", flow("send email news to mother"), None, "G0154", ("campaign's `role`", "remove `to mother`")),
    (
        "line break",
        'message m2 { subject: "Hej"  body: "Dear\n\nWe write to you: always.\nYours" }\n' + flow("send email m2"),
        None,
        "G0104",
        ("ends on the line", "after `Dear`"),
    ),
    (
        "arrow",
        flow('send email news\n ask "x" within 5d { replied => stop  nothing -> stop }'),
        None,
        "G0121",
        ("`=>` is written `->`",),
    ),
    ("use", 'use "campaigns.grid"\n', None, "G0216", ("delete the line", 'use "../house" as house')),
]


@pytest.mark.parametrize(
    ("text", "change", "code", "words"), [mistake[1:] for mistake in MISTAKES], ids=[mistake[0] for mistake in MISTAKES]
)
def test_one_mistake_gives_one_good_message(
    text: str, change: tuple[str, str] | None, code: str, words: tuple[str, ...]
) -> None:
    found = [f for f in findings(text, change) if shown(f) not in BEFORE and f.code.id != "L0201"]
    errors = [finding for finding in found if finding.level is Level.ERROR] or found
    assert [finding.code.id for finding in errors] == [code], "\n".join(map(shown, found))
    for word in words:
        assert word in shown(errors[0]), shown(errors[0])
