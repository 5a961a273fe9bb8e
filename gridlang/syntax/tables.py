"""What Lark makes of `grid.lark`, as plain data: this module alone knows Lark, and only when the grammar has changed.

Lark reads the grammar, proves it LALR(1) and computes the parse table. The table is kept by content (`gridlang.cache`),
so a usual start neither computes it nor imports Lark, and compiles one regular expression instead of one for each of
the hundred sets of tokens that Lark's contextual lexer would need. How the table is walked: `machine.py`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import attrs

from gridlang.cache import remembered
from gridlang.resources import grammar

END = "$END"
START = "file"
SHAPE = "1"
"""Changes whenever `compile_grammar` gives another shape, so that an entry of an older one is not taken."""


@attrs.frozen
class Rule:
    """One line of a rule of the grammar: `size` children become one value of `origin`.

    `build` names the builder's method; it is None when the only child is the value. `splices` are the children that
    are lists to be put in place (rules that begin with `_` only group).
    """

    origin: str
    build: str | None
    size: int
    splices: tuple[int, ...]

    @property
    def groups(self) -> bool:
        """Whether the rule only gathers children for the rule around it."""
        return self.origin.startswith("_")


@attrs.frozen
class Tables:
    """A parse table: for each state what a token or a rule's value leads to.

    An action `>= 0` is the next state (after a token or a value), `< 0` the rule `~action` that ends here.
    """

    rows: list[dict[str, int]]
    rules: list[Rule]
    start: int
    end: int
    patterns: list[tuple[str, str]]
    """The tokens with their regular expressions, in the order in which they are tried; no keywords."""
    keywords: dict[str, str]
    """Words that are tokens of their own where the grammar takes them."""
    signs: dict[str, str]
    """Tokens that are always written the same way, `{` for LBRACE, keywords too: the words for messages."""
    skips: dict[tuple[int, int, str], int] = attrs.field(factory=dict, init=False, repr=False)
    """What `Machine` has found out about this table so far: only ever added to."""


@cache
def tables() -> Tables:
    """The tables of the grammar that comes with the program."""
    text = grammar()
    data = remembered("grammar", f"{SHAPE}\x1f{text}", lambda: compile_grammar(text))
    return Tables(
        [data["rows"][row] for row in data["states"]],
        [Rule(origin, build, size, tuple(splices)) for origin, build, size, splices in data["rules"]],
        data["start"],
        data["end"],
        [(name, pattern) for name, pattern in data["patterns"]],
        data["keywords"],
        data["signs"],
    )


def compile_grammar(text: str) -> dict[str, Any]:
    """The tables as JSON values; equal rows are kept once."""
    from lark import Lark

    made: Any = Lark(text, parser="lalr", start=START, keep_all_tokens=True, maybe_placeholders=False)
    table = made.parser.parser._parse_table
    rules: dict[Any, int] = {}
    rows: dict[tuple[tuple[str, int], ...], int] = {}
    states = []
    for number in range(len(table.states)):
        row = {str(symbol): _action(action, rules) for symbol, action in table.states[number].items()}
        states.append(rows.setdefault(tuple(sorted(row.items())), len(rows)))
    return {
        "rows": [dict(row) for row in rows],
        "states": states,
        "rules": [_rule(rule) for rule in rules],
        "start": table.start_states[START],
        "end": table.end_states[START],
        **_tokens(made),
    }


def _action(action: tuple[Any, Any], rules: dict[Any, int]) -> int:
    kind, argument = action
    return int(argument) if kind.name == "Shift" else ~rules.setdefault(argument, len(rules))


def _rule(rule: Any) -> tuple[str, str | None, int, list[int]]:
    origin = str(rule.origin.name)
    only_child = rule.options.expand1 and not rule.alias and len(rule.expansion) == 1
    splices = [at for at, symbol in enumerate(rule.expansion) if not symbol.is_term and symbol.name.startswith("_")]
    return origin, None if only_child else str(rule.alias or origin), len(rule.expansion), splices


def _tokens(made: Any) -> dict[str, Any]:
    fixed = {token.name: token.pattern.value for token in made.terminals if token.pattern.type == "str"}
    keywords = {value: name for name, value in fixed.items() if value.isalpha()}
    tokens = sorted(made.terminals, key=lambda token: (-token.priority, -len(token.pattern.value), token.name))
    patterns = [(t.name, t.pattern.to_regexp()) for t in tokens if t.name not in keywords.values()]
    return {"patterns": patterns, "keywords": keywords, "signs": fixed}
