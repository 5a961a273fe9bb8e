"""Whole phrases as plain English, Danish or other tools have them, with what a plan says instead.

They are looked for on the line on which the grammar gave up, or on which steps stand that are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from gridlang.diagnostics.codes import syntax as codes
from gridlang.diagnostics.model import Diagnostic
from gridlang.source import Span

LONGEST = 150
"""Characters of a line before and behind a place that are looked at."""
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNTS |= {"en": 1, "et": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6}
_UNITS = {
    "min": "min minute minutes minut minutter",
    "h": "hour hours time timer",
    "d": "day days dag dage døgn",
    "w": "week weeks uge uger",
    "mo": "month months måned måneder",
    "y": "year years år",
    " workdays": "workday workdays hverdag hverdage arbejdsdag arbejdsdage",
}
_UNIT = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_A_UNIT = "|".join(sorted(_UNIT, key=len, reverse=True))
_A_COUNT = "|".join(_COUNTS)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = {day[:3]: day for day in _DAYS} | {"tues": "tuesday", "thur": "thursday", "thurs": "thursday"}
_DAY |= dict(zip(("man", "tir", "ons", "tor", "fre", "lør", "søn"), _DAYS, strict=True))
_A_DAY = "|".join(sorted(_DAY, key=len, reverse=True))
_MONTHS: tuple[str, ...] = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS += tuple({"may": "maj", "oct": "okt"}.get(month, month) for month in _MONTHS)
_A_MONTH = "|".join(dict.fromkeys(_MONTHS))
_NAME = r"[^\W\d][\w.]*"


@attrs.frozen
class Phrase:
    """What is looked for, and what is written instead: a template of the match, or a function of it.

    A line without any of the words in `needs` does not have it: most lines have none.
    """

    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    instead: str | Callable[[re.Match[str]], str]

    def meant(self, found: re.Match[str]) -> str:
        return found.expand(self.instead) if isinstance(self.instead, str) else self.instead(found)


def _length(found: re.Match[str]) -> str:
    count = _COUNTS.get(found["count"].lower(), found["count"])
    return f"{found['before']}{count}{_UNIT[found['unit'].lower()]}"


def _every(found: re.Match[str]) -> str:
    return f"every 1{_UNIT[found['unit'].lower()]}"


def _clock(found: re.Match[str]) -> str:
    return f"{int(found['hour']):02}:{found['minute'] or '00'}"


def _date(found: re.Match[str]) -> str:
    return f"2027-{_MONTHS.index(found['month'].lower()[:3]) % 12 + 1:02}-{int(found['day']):02}"


def _days(found: re.Match[str]) -> str:
    return f"{_DAY[found['first'].lower()]} .. {_DAY[found['last'].lower()]}"


def _both(found: re.Match[str]) -> str:
    channels = re.split(r"\s*(?:,|\band\b|&|\bog\b)\s*", found["channels"])
    return "  ".join(f"send {channel} {found['message']}" for channel in channels)


def _one_of(found: re.Match[str]) -> str:
    texts = re.findall(r'"[^"]*"', found[0])
    return f"OneOf({', '.join(texts)})"


def _phrase(needs: str, pattern: str, instead: str | Callable[[re.Match[str]], str]) -> Phrase:
    return Phrase(tuple(needs.split()), re.compile(pattern, re.IGNORECASE), instead)


PHRASES = (
    # steps
    _phrase(
        "send",
        rf"\bsend[ \t]+(?P<channels>{_NAME}(?:[ \t]*(?:,|\band\b|&|\bog\b)[ \t]*{_NAME})+)[ \t]+(?P<message>{_NAME})",
        _both,
    ),
    _phrase("move", rf"\bmove[ \t]+to[ \t]+({_NAME})", r"move \1"),
    _phrase(
        "wait within due vent",
        rf"(?P<before>\b(?:wait|within|due|vent)[ \t]+)(?P<count>[0-9]+|{_A_COUNT})[ \t]+(?P<unit>{_A_UNIT})\b",
        _length,
    ),
    _phrase("every", rf"\bevery[ \t]+(?P<unit>{_A_UNIT})\b", _every),
    _phrase("repeat", r"\brepeat[ \t]+([0-9]+)[ \t]+times\b", r"again: … -> again max \1 times else …"),
    _phrase("morning", r"\bin[ \t]+the[ \t]+morning\b", "at 09:00"),
    _phrase("afternoon", r"\bin[ \t]+the[ \t]+afternoon\b", "at 14:00"),
    _phrase("task", rf"(\btask\b[^{{}}\n]*?)[ \t]to[ \t]+({_NAME})", r"\1 by \2"),
    _phrase("task", r"(\btask\b[^{}\n]*?)[ \t]within[ \t]+([0-9]\w*(?:[ \t]+workdays?)?)", r"\1 due \2"),
    _phrase(
        "kl clock",
        r"\b(?:kl\.?|at[ \t]+o'?clock)[ \t]*(?P<hour>[01]?[0-9]|2[0-3])(?:[.:](?P<minute>[0-5][0-9]))?(?!\w)",
        _clock,
    ),
    _phrase("else ellers default", r"\b(?:else|ellers|default)[ \t]*->", "otherwise ->"),
    _phrase(
        "hvis wenn når",
        r"\b(?:hvis|wenn|når)[ \t]+([^{}\n]+?)[ \t]+((?:send|wait|task|move|stop|show)\b[^{}\n]*)",
        r'choose "…" { \1 -> \2  otherwise -> stop }',
    ),
    _phrase("inden innen indenfor", r"\b(?:inden|innen|indenfor)[ \t]+([0-9]+\w+)", r"within \1"),
    # conditions
    _phrase(
        "between", rf"({_NAME})[ \t]+between[ \t]+(\S+)[ \t]+and[ \t]+([\w.]+(?:[ \t]+[A-Z]{{3}})?)", r"\1 in \2 .. \3"
    ),
    _phrase(
        "contains includes indeholder",
        rf"({_NAME})[ \t]+(?:contains|includes|indeholder)[ \t]+({_NAME}|\"[^\"\n]*\")",
        r"\2 in \1",
    ),
    _phrase("not", rf"({_NAME})[ \t]+(?:is|==?)[ \t]+not[ \t]+(?:null|missing|empty|blank|unknown|none)\b", r"has(\1)"),
    _phrase("!=", rf"({_NAME})[ \t]+!=[ \t]*(?:null|missing|empty|blank|unknown|none)\b", r"has(\1)"),
    _phrase("is =", rf"({_NAME})[ \t]+(?:is|==?)[ \t]+(?:null|missing|empty|blank|unknown|none)\b", r"not has(\1)"),
    _phrase("not", rf"({_NAME})[ \t]+not[ \t]*(>=|<=|==|>|<)[ \t]*(\w+)", r"not \1 \2 \3"),
    _phrase("like", rf"({_NAME})[ \t]+like[ \t]+\"([^\"\n%*]*)[%*]*\"", r'\1 == "\2…"'),
    # values
    _phrase("/", r"\b([0-9]+)[ \t]*/[ \t]*(day|week|month|quarter|year)\b", r"\1 per calendar \2"),
    _phrase("max most højst", r"\b(?:max|maximum|at most|højst)[ \t]+([0-9]+)[ \t]+per\b", r"\1 per"),
    _phrase("percent procent pct", r"\b([0-9]+(?:\.[0-9]+)?)[ \t]*(?:percent|procent|pct\.?)(?!\w)", r"\1%"),
    _phrase("- –", rf"\b(?P<first>{_A_DAY})\.?[ \t]?[-–][ \t]?(?P<last>{_A_DAY})\b", _days),
    _phrase("optional", rf"({_NAME})[ \t]+optional\b", r"\1?"),
    _phrase(
        "jan feb mar apr may maj jun jul aug sep oct okt nov dec",
        rf"\b(?P<day>[0-3]?[0-9])\.?[ \t]*(?P<month>{_A_MONTH})\w*\.?(?![ \t]*[0-9])",
        _date,
    ),
    _phrase("|", r"(\"[^\"\n]*\")[ \t]*\|[ \t]*(\"[^\"\n]*\")((?:[ \t]*\|[ \t]*\"[^\"\n]*\")*)", _one_of),
    _phrase(
        "=",
        rf"^[ \t]*(message|campaign|segment|channel|team|person|event|need|barrier)[ \t]+({_NAME})[ \t]*="
        r"[ \t]*(\"[^\"\n]*\")",
        r"\1 \2 \3 { … }",
    ),
)


def phrase_at(place: Span) -> Diagnostic | None:
    """The finding for a phrase on the line of a place that the place lies in; None when there is none."""
    source = place.source
    line_start = source.line_starts[place.line - 1]
    start = max(line_start, place.start - LONGEST)
    line = source.text[start : place.start + LONGEST].partition("\n")[0] if place.start >= start else ""
    folded = line.casefold()
    for phrase in PHRASES:
        if not any(word in folded for word in phrase.needs):
            continue
        for found in phrase.pattern.finditer(line):
            if found.start() <= place.start - start <= found.end():
                span = Span(source, start + found.start(), start + found.end())
                words, meant = " ".join(found[0].split()), phrase.meant(found).strip()
                fixes = () if "…" in meant else (codes.replacing(span, meant),)
                return codes.OTHER_WORDS.at(span, words=words, instead=meant, fixes=fixes)
    return None
