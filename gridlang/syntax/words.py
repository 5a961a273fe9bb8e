"""The tokens of the grammar in words that a marketer knows."""

from __future__ import annotations

from collections.abc import Iterable

from gridlang.syntax.tables import END, tables

VERBS = {
    "send": "`send` takes a channel and a message: `send email welcome`",
    "show": "`show` takes a medium, a message and a time: `show tv film for 3w`",
    "task": "`task` takes a channel, a message, who and when: `task phone call_back by sales_desk due 2 workdays`",
    "wait": "`wait` takes a duration, a day or an event: `wait 2d`, `wait until friday`, `wait for replied within 5d`",
    "ask": '`ask` takes a question, a time and arms: `ask "Ready?" within 5d { replied -> … nothing -> … }`',
    "choose": '`choose` takes a question and arms: `choose "Ready?" { has(email) -> … otherwise -> … }`',
    "split": '`split` takes a question and arms: `split "Half each" { 50% -> … 50% -> … }`',
    "repeat": "`repeat` takes a rhythm and steps: `repeat every 4w { … }`",
    "move": "`move` takes a phase: `move sale`",
    "stop": "`stop` stands alone",
    "notify": '`notify` takes a team and a text: `notify sales_desk "…"`',
    "run": "`run` takes the name of a flow: `run reminder(3d)`",
    "enter": "`enter` takes a phase: `enter contact`",
    "on": "`on` takes a date and time, a person and an event: `on 2027-02-03 12:00 anna replied`",
    "expect": "`expect` takes what happens: `expect 2027-02-01 09:00 send email welcome to anna`",
    "use": '`use` takes the path of a folder: `use "../house" as house`',
    "let": "`let` takes a name and a value: `let grown_up = age(born) >= 18y`",
}
_WORDS = {
    "NAME": "a name",
    "KEY": "a field (`name: value`)",
    "TEXT": 'a text (`"…"`)',
    "NUMBER": "a number",
    "PERCENT": "a share (`50%`)",
    "MONEY": "an amount (`450 EUR`)",
    "DURATION": "a duration (`5d`)",
    "DATE": "a date (`2027-03-01`)",
    "MOMENT": "a date and time (`2027-03-01 09:00`)",
    "TIME": "a time (`09:00`)",
    END: "the end of the file",
}
_GROUPS = (
    (frozenset({"SEND", "WAIT", "ASK"}), frozenset(word.upper() for word in VERBS) | {"IF", "WAS"}, "a step"),
    (
        frozenset({"TEXT", "NUMBER", "MONEY", "DATE"}),
        frozenset(_WORDS) - {"KEY", END} | {"LPAR", "MINUS", "NOT", "AFTER", "GENERIC"},
        "a value",
    ),
    (
        frozenset({"COMPARE", "AND"}),
        frozenset({"COMPARE", "LESS", "MORE", "BEFORE", "IN", "AND", "OR", "PLUS", "MINUS", "LPAR", "DOT", "QUESTION"})
        | {"PER", "WITHIN", "DOTS", "WHERE"},
        "a comparison",
    ),
    (frozenset({"USE", "LET"}), frozenset({"USE", "LET", "FLOW", "NAME"}), "a declaration"),
    (frozenset({"ENTER", "EXPECT"}), frozenset({"ENTER", "EXPECT", "ON"}), ""),
)


def in_words(kinds: Iterable[str]) -> str:
    """`a, b or c`: what may stand at a place."""
    left, phrases = set(kinds), []
    for sure, whole, phrase in _GROUPS:
        if sure <= left:
            left -= whole
            phrases.append(phrase)
    signs = tables().signs
    phrases += [_WORDS.get(kind) or f"`{signs.get(kind, kind.lower())}`" for kind in sorted(left, key=_rank)]
    phrases = [phrase for phrase in phrases if phrase]
    return " or ".join([", ".join(phrases[:-1]), phrases[-1]] if len(phrases) > 1 else phrases)


def _rank(kind: str) -> tuple[bool, str]:
    return kind not in _WORDS, kind
