"""The template language: what it has, and that a text from strangers can neither run code, nor wait, nor grow."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gridlang.schedule.wording import Refused, compiled, examine, pieces


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
    ("text", "names"),
    [
        ("Hej {{ first_name }}, du har {{ children }} {{ 'barn' if children == 1 else 'børn' }}.\n", 3),
        ("{% if children > 1 %}{{ first_name }} & co{% elif missing %}!{% else %}{{ first_name }}{% endif %} x", 1),
        ("{%- for one in interests -%} {{ loop.index }}{{ one }}{% endfor -%}  {{ one }}{{ loop }}", 3),
        ("{{ account }}{{ account.town }}{{ account['town'] }}{{ account.town.more }}{{ account.none }}", 5),
        ("{{ self }}{{ '{' }}{{ 1 }}{{ none }}{{ true }}{# no #}{% raw %}{{ x }}{% endraw %}", 0),
        ("{{ first_name }}{{ missing }}{{ price }}{{ interests }}{{ language }}", 5),
    ],
)
def test_the_texts_of_pieces_are_the_text(text: str, names: int) -> None:
    variables: dict[str, Any] = {"first_name": "Per", "children": 2, "interests": ("ski", "sol"), "language": ""}
    variables |= {"price": Decimal("1.50"), "account": {"town": "Aarhus"}}
    found = pieces(text)
    assert "".join(piece.text(variables) for piece in found) == compiled(text)(variables)
    assert sum(bool(piece.names) for piece in found) == names
    assert {name for piece in found for name in piece.names} == set(examine(text).names)


def test_a_piece_knows_whether_it_asks_for_the_whole_account() -> None:
    asks = {
        piece.names: piece.whole for piece in pieces("{{ account.town }}{{ account }}{{ account['town'] or town }}")
    }
    assert asks == {("account", "account.town"): False, ("account",): True, ("account", "town"): True}


def test_each_piece_fails_alone() -> None:
    fine, broken = (piece.text for piece in pieces("{{ name }}{{ name + 1 }}"))
    assert fine({"name": "Per"}) == "Per"
    with pytest.raises(TypeError):
        broken({"name": "Per"})


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
    with pytest.raises(Refused):
        pieces(text)


def test_the_names_it_takes_from_outside() -> None:
    assert examine("{{ a }}{% for b in c %}{{ b }}{{ loop.last }}{% endfor %}{{ d | default(e) }}").names == (
        "a",
        "c",
        "d",
        "e",
    )


def test_inner_names_of_python_give_nothing() -> None:
    assert compiled("{{ first_name.__class__ }}")({"first_name": "Per"}) == ""
