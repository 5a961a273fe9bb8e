"""The template language: what it has, and that a text from strangers can neither run code, nor wait, nor grow."""

from __future__ import annotations

import pytest

from gridlang.schedule.wording import Refused, compiled, examine


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hej {{ first_name }}", "Hej Per"),
        ("{{ first_name | upper }}{% if children > 1 %}, og børn{% endif %}", "PER, og børn"),
        ("{{ missing }}{{ account.missing.more }}", ""),
        ("{{ missing | default('kunde') }}", "kunde"),
        ("{% for one in interests %}{{ loop.index }}. {{ one }} {% endfor %}", "1. ski 2. sol "),
        ("{{ interests | join(', ') }} ({{ interests | length }})", "ski, sol (2)"),
        ("{{ 'ja' if 'ski' in interests else 'nej' }} {{ children + 1 }} {{ interests[0] }}", "ja 3 ski"),
    ],
)
def test_what_a_template_can_do(text: str, expected: str) -> None:
    variables = {"first_name": "Per", "children": 2, "interests": ("ski", "sol"), "account": {}}
    assert compiled(text)(variables) == expected


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'x' * 1000000000 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% for a in x %}{% for b in x %}{{ a }}{% endfor %}{% endfor %}",
        "{% for a in range(10) %}{{ a }}{% endfor %}",
        "{% set x = 1 %}{{ x }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include 'other' %}",
        "{% import 'os' as os %}",
        "{{ lipsum() }}",
        "{{ x | random }}",
        "{{ x | center(1000000000) }}",
        "{{ x | join('long') | join('long') }}",
        "{{ ''.__class__.__mro__() }}",
        "{{ first_name",
        "{% if %}",
        "{{ " + "(" * 500 + "1" + ")" * 500 + " }}",
        "{{ " + "not " * 500 + "x }}",
        "x" * 100_001,
    ],
)
def test_what_no_template_can_do(text: str) -> None:
    assert examine(text).problem
    with pytest.raises(Refused):
        compiled(text)


def test_the_names_it_takes_from_outside() -> None:
    assert examine("{{ a }}{% for b in c %}{{ b }}{{ loop.last }}{% endfor %}{{ d | default(e) }}").names == (
        "a",
        "c",
        "d",
        "e",
    )


def test_inner_names_of_python_give_nothing() -> None:
    assert compiled("{{ first_name.__class__ }}")({"first_name": "Per"}) == ""
