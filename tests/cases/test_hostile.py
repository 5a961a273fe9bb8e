"""Plans that somebody has made to hang or break the compiler: each gets findings, none an exception or a long wait."""

from __future__ import annotations

import time

import pytest

from gridlang.manual.cases import Side
from tests.cases.test_cases import PREAMBLE, findings

PATIENCE = 10
"""Seconds; each takes a tenth of it on a machine with nothing else to do."""


def campaign(steps: str) -> str:
    return f"campaign c {{ phase: sale  flow {{ {steps} }} }}\n"


def flows(count: int, steps: str) -> str:
    inner = "".join(f"flow f{n}() {{ {steps.replace('NEXT', f'f{n + 1}()')} }}\n" for n in range(count))
    return f"{inner}flow f{count}() {{ send email hello }}\n{campaign('run f0()')}"


HOSTILE: dict[str, tuple[str, str]] = {
    "blocks in blocks": ("a b " + "{ c " * 20_000, "G0105"),
    "brackets in brackets": (f"segment s {{ where: {'(' * 20_000}1{')' * 20_000} }}", "G0191"),
    "not not": (f"segment s {{ where: {'not ' * 20_000}has(email) }}", "G0191"),
    "braces": ("}" * 50_000, "G0106"),
    "quotes": ('subject: "Hej  body: "Dav" x: y\n' * 2_000, "G0104"),
    "flows that double": (flows(20, "a: run NEXT  b: run NEXT"), "G0420"),
    "flows that double without a step": (flows(40, "a: run NEXT  b: run NEXT"), "G0429"),
    "flows in a long row": (flows(2_000, "run NEXT"), "G0429"),
    "lets that double": (
        "let a0 = car_age > 1\n"
        + "".join(f"let a{n} = a{n - 1} or a{n - 1}\n" for n in range(1, 60))
        + "segment s { where: a59 }",
        "G0324",
    ),
    "channels in a long row": ("".join(f"channel c{n}: c{n - 1} {{}}\n" for n in range(1, 2_000)), "G0221"),
    "a number without end": (f"campaign z {{ priority: {'9' * 50_000}  flow {{ send email hello }} }}", "G0131"),
    "a wait without end": (campaign("wait 999999999y  send email hello"), "G0136"),
    "a calendar without end": ("calendar z: std.calendars.denmark { closed: 1900-01-01 .. 9999-12-31 }", "G0306"),
    "the same step": (campaign("send a and " * 6_000), "G0420"),
    "a mistake in each line": ("campaign z {\n" + "  phase sale\n" * 5_000 + "}\n", "G0110"),
    "phrases in each line": ("campaign z {\n flow {\n" + "  send email\n  wait two days\n" * 2_000 + "}\n}\n", "G0158"),
    "many broken declarations": ("campaign z {\n  segment: a b\n  phase c\n  flow { wait }\n}\n" * 800, "G0152"),
    "a template that never ends": (
        'message m { subject: "x"  body: "{% for i in range(1000000000) %}x{% endfor %}" }\n',
        "G0317",
    ),
    "a template that is deep": (
        f'message m {{ subject: "x"  body: "{{{{ {"(" * 5_000}x{")" * 5_000} }}}}" }}\n',
        "G0317",
    ),
    "control characters": ("".join(map(chr, range(1, 32))) * 500, "G0124"),
}


@pytest.mark.parametrize(("text", "code"), HOSTILE.values(), ids=list(HOSTILE))
def test_it_is_refused_soon(text: str, code: str) -> None:
    began = time.monotonic()
    found = findings(Side((("preamble.grid", PREAMBLE), ("new.grid", text)), alone=True))
    assert code in {each.code.id for each in found}
    assert time.monotonic() - began < PATIENCE
