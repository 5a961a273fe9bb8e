"""The house style: what the printer makes of a text, by example. That it keeps the meaning, its laws say."""

from __future__ import annotations

import pytest

from gridlang.source import Source
from gridlang.syntax import nodes as n
from gridlang.syntax import parse, printing
from gridlang.syntax.printing.layout import WIDTH
from tests.unit.syntax.reading import sound

ALREADY = [
    # values of a block stand under each other; groups by blank lines have their own columns
    'plan p "P" {\n  period:   2027-01-04 .. 2027-12-31\n  currency: DKK\n\n  seed: x\n}\n',
    # short declarations stay on one line, their columns under each other, and take no blank line between them
    'need    freedom "Ud i weekenden"\nbarrier price   "Er den for dyr?"\n',
    'event brochure "Brochure" { from: web }\nevent ordered  "Ordre"    { from: web, phone }\n',
    # where neighbours have the same fields, these stand under each other too
    'event a           "A" { from: web }\nevent b: purchase "B" { from: phone  when: x }\n'
    'event c           "C" { from: web    when: y  carries: z }\n',
    "person a { known: no }\nperson bb { when: b  motive: c }\n".replace("a {", "a  {"),
    # fields that somebody has put on one line stay there
    'person per {\n  name: "Per"  children: 2\n  born: 1980-01-02\n}\n',
    # a long condition and a long list keep their lines
    "segment s {\n  where: a >= 1\n         and (b or (c and d))\n  size:  3\n}\n",
    "let x = a\n        or b\n",
    'person p {\n  criteria: "a", "b",\n            "c"\n}\n',
    # remarks behind neighbouring lines stand under each other
    "plan p {\n  currency: DKK    # in kroner\n  country:  Norge  # in Norge\n}\n",
    # arrows and labels stand under each other, but for an arrow with many sources
    "journey j {\n  awareness -> contact: clicked\n  sale      -> standby\n  awareness, contact -> sale: ordered\n}\n",
    # one step a line, what follows behind its arrow, arms under each other
    'campaign c {\n  flow {\n    pool: wait 60d -> invite\n    ask "Nu?" within 5d {\n      booked  -> move sale\n'
    "      nothing -> {\n        wait 2d\n        send email news\n      }\n    }\n  }\n}\n",
    "campaign c {\n  flow {\n    show tv      film for 3w budget 10_000 DKK\n    show outdoor film for 2w\n  }\n}\n",
    "campaign c {\n  flow { repeat every 4w { send email news } }\n}\n",
    # remarks and docs stay where they are
    "# the file\n\n/// A doc\n# and why\nneed a  # behind\n\n# the end\n",
    "map m {\n  roles {  # who\n    # him\n    far: target  # yes\n    # nobody else\n  }\n}\n",
    'campaign c {\n  flow {\n    split "?" {\n      50% -> wait 1d  # why\n        -> stop\n      50% ->\n'
    "          # because\n          stop\n    }\n  }\n}\n",
    # numbers stay as somebody wrote them
    "segment s { size: 12_000 }\nsegment t { size: 12000 }\n",
    'test "T" {\n  starts: 2027-02-01 08:00\n  person per { first_name: "Per" }\n\n  enter contact\n'
    "  expect 2027-02-01 09:00  send email hi to per\n  on     2027-02-08 10:30  per answers yes to call\n}\n",
    "flow told(channel: Channel, pause: Duration = 2d) {\n  send channel hi -> wait pause\n}\n",
    'campaign c {\n  flow {\n    greet: was: "send:email:hello" send email hi\n  }\n}\n',
    'use "../house" as house\nlet adult = age(born) >= 18y and not (a or b)\n',
]


@pytest.mark.parametrize("text", ALREADY)
def test_what_is_in_the_house_style_stays_as_it_is(text: str) -> None:
    assert printing.print_file(sound(text)) == text


def test_what_is_not_is_brought_into_it() -> None:
    text = (
        "plan p{period:2027-01-04..2027-12-31 currency:DKK}\n\n\n\nsegment s{where:a>=1and(b)\n\n\n  size:  3  }\n"
        "campaign c { flow{ a: was:b send email hi at 9:00 ->a\n} }"
    )
    assert printing.print_file(sound(text)) == (
        "plan p { period: 2027-01-04 .. 2027-12-31  currency: DKK }\n"
        "\n"
        "segment s {\n  where: a >= 1 and b\n\n  size: 3\n}\n"
        "\n"
        "campaign c {\n  flow {\n    a: was: b send email hi at 09:00 -> a\n  }\n}\n"
    )


def test_what_is_too_wide_is_broken() -> None:
    words = ", ".join(f'"criterion number {number}"' for number in range(8))
    wide = f"person p {{ criteria: {words} }}"
    lines = printing.print_file(sound(wide)).splitlines()
    assert lines[1].startswith('  criteria: "criterion number 0", ')
    assert lines[2].startswith(" " * 12 + '"')
    assert max(map(len, lines)) <= WIDTH


def test_columns_that_would_leave_the_page_are_left_out() -> None:
    long = "x" * 60
    text = f'need a "A"\nneed {long} "{long[:50]}"\n'
    assert printing.print_file(sound(text)) == text
    wide = f'event {long[:25]} "{long}" {{ from: web }}\nevent b "{long[:35]}" {{ from: {long} }}\n'
    assert printing.print_file(sound(wide)) == wide
    wider = f'event a "A" {{ from: {"y" * 60} }}\nevent {long} "B" {{ from: web }}\n'
    assert printing.print_file(sound(wider)) == wider


def test_nodes_from_no_text_get_the_defaults_of_the_house() -> None:
    file = sound("need a\nevent e { from: web }\nevent f { from: web when: x }\nmap m { a: b  roles { c: d } }")
    nowhere = Source("", "")
    for node in _all(file.declarations):
        node.span = type(node.span)(nowhere, 0, 0)
    assert printing.print_file(file) == (
        "need a {}\n\nevent e { from: web }\nevent f { from: web  when: x }\n\nmap m {\n  a: b\n\n  roles { c: d }\n}\n"
    )


def test_a_broken_declaration_is_printed_as_far_as_it_was_understood() -> None:
    outcome = parse(Source("plan.grid", "campaign a {\n  phase: sale\n  flow { send ) }\n}\nneed b\n"))
    assert outcome.problems
    assert printing.print_file(outcome.value) == "campaign a {\n  phase: sale\n}\n\nneed b\n"


def test_one_declaration() -> None:
    (need,) = sound('# why\nneed   a   "A"  # so\n').declarations
    assert printing.print_declaration(need) == '# why\nneed a "A"  # so'


def _all(nodes: object) -> list[n.Block]:
    from tests.unit.syntax.reading import everything

    return list(everything(nodes))
