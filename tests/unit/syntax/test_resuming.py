"""Several mistakes in one declaration: each is told, at its own place, and nothing that only follows from one."""

from __future__ import annotations

import pytest

from tests.unit.syntax.reading import findings, names

GOOD = "campaign good { flow { wait 2d } }\n"
SEVERAL: list[tuple[str, list[tuple[str, int]]]] = [
    (
        "campaign a {\n  phase: b\n  segment: c d\n  role: e\n  flow {\n    send f g\n"
        "    ask ”Ready?” within 5d {\n      h -> stop\n      nothing -> stop\n    }\n  }\n}\n",
        [("missing-comma", 3), ("typographic-quotes", 7)],
    ),
    (
        'message a {\n  subject "Hej"\n  body: "x" "y"\n  language da { subject: }\n}\n',
        [("missing-colon", 2), ("missing-comma", 3), ("unexpected", 4)],
    ),
    (
        "campaign a {\n  flow {\n    send b c at\n    wait 2d\n    wait for\n    again: send d e\n"
        '    ask "Q" within {\n      f -> again\n      nothing -> stop\n    }\n'
        '    ask "R" within 2d {\n      f stop\n      g -> again\n      nothing => stop\n    }\n  }\n}\n',
        [("incomplete", 4), ("incomplete", 6), ("incomplete", 7), ("arm-without-arrow", 12), ("other-sign", 14)],
    ),
    (
        "map a {\n  roles {\n    b: c d\n    e: f,\n    g: h\n  }\n"
        "  influence {\n    b > e\n    e -> b: very strong\n  }\n}\n",
        [("missing-comma", 3), ("comma-at-end", 4), ("other-sign", 8), ("two-labels", 9)],
    ),
    (
        "channel a: {\n  days: monday tuesday\n  quiet: 20-08\n}\n",
        [("block-colon", 1), ("missing-comma", 2), ("range-dash", 3)],
    ),
    (
        "flow a(b Text) {\n  send c d\n  wait\n  repeat every 4w {\n    send e\n  }\n}\n",
        [("missing-colon", 1), ("incomplete", 4), ("incomplete", 6)],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), SEVERAL, ids=[text.split()[0] + str(n) for n, (text, _) in enumerate(SEVERAL)]
)
def test_every_mistake_of_a_declaration_is_told(text: str, expected: list[tuple[str, int]]) -> None:
    found = [(problem.code.name, problem.span.line) for problem in findings(GOOD + text + GOOD) if problem.span]
    assert found == [(name, line + 1) for name, line in expected]


ECHOES = [
    "campaign a {\n  needs: b c,\n    d,\n    e\n  phase: f\n}\n",
    "campaign a {\n  flow {\n    send b c at\n      from 9\n      else d\n    wait 2d\n  }\n}\n",
    'campaign a {\n  flow {\n    ask "Q" in {\n      b -> stop\n      nothing -> c\n    }\n    c: wait 2d\n  }\n}\n',
    'message a {\n  subject: "Dear\n  you: and me\n  body: x y z\n  answers b\n}\n',
    "calendar a {\n  closed: 2027-12-24\n    2027-12-25\n    2027-12-26\n  country: b\n}\n",
    "segment a {\n  where: b >= and\n    c > 3\n    or d < 5\n}\n",
]


@pytest.mark.parametrize("text", ECHOES)
def test_what_follows_from_a_mistake_is_not_told(text: str) -> None:
    assert len(findings(GOOD + text + GOOD)) == 1


def test_the_declaration_keeps_its_name_and_the_others_stay_whole() -> None:
    text = GOOD + SEVERAL[0][0] + GOOD
    assert names(text) == ["good", "a", "good"]


def test_a_mistake_in_a_token_is_counted_once_though_its_line_is_read_twice() -> None:
    text = "map a {\n  segment: b c\n  phase: ”d”\n  flow { wait 2d }\n}\n"
    (comma, quotes) = findings(text)
    assert (comma.code.name, quotes.code.name) == ("missing-comma", "typographic-quotes")
    assert len(quotes.fixes[0].edits) == 1
