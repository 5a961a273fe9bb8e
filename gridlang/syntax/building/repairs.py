"""Mistaken tokens (`mistakes.py`): each is told once, and gives the tokens that were meant."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from gridlang.diagnostics.codes import syntax as codes
from gridlang.diagnostics.model import Code, Edit, Fix
from gridlang.quantities import Duration, Money
from gridlang.source import Source, Span
from gridlang.syntax import nodes as n
from gridlang.syntax.building.habits import Habits, Tokens
from gridlang.syntax.building.told import open_quote, unclosed_text

SIGNS = {"&&": "and", "||": "or", "!": "not", "≥": ">=", "≤": "<=", "≠": "!=", "<>": "!=", "=<": "<="}
CURRENCIES = {"kr": "DKK", "kr.": "DKK", "€": "EUR", "$": "USD", "£": "GBP"}
CURRENCIES |= {"pound": "GBP", "pounds": "GBP", "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD"}
CURRENCIES |= {"kroner": "DKK", "kronor": "SEK"}
THREE_DECIMALS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})


class Repairs(Habits):
    """`leaves` has the mistakes too."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._places: dict[tuple[Code, object], tuple[list[Edit], dict[str, Any]]] = {}
        self.leaves |= {
            "OLD_MOMENT": self.old_moment,
            "SHORT_DATE": self.short_date,
            "GROUPED_MONEY": self.grouped_money,
            "GROUPED_NUMBER": self.grouped_number,
            "COMMA_DECIMAL": self.comma_decimal,
            "LOOSE_MONEY": self.loose_money,
            "SIGN_MONEY": self.sign_money,
            "LOOSE_DURATION": self.loose_duration,
            "SLASHES": self.slashes,
            "STAR_REMARK": self.slashes,
            "ODD_QUOTES": self.odd_quotes,
            "ODD_ARROW": self.odd_arrow,
            "ODD_DOTS": self.odd_dots,
            "ODD_COMPARE": self.odd_compare,
            "ODD_LOGIC": self.odd_logic,
            "SEMICOLON": self.semicolon,
            "SQUARE": self.square,
            "BULLET": self.bullet,
            "NUMBERED": self.numbered,
            "INVISIBLE": self.invisible,
            "UNCLOSED_TEXT": self.unclosed_text,
        }

    # --- the same mistake all over a file is one finding, with one way out for all places ---

    def everywhere(self, code: Code, span: Span, mended: str, /, **words: Any) -> None:
        edits, _ = self._places.setdefault((code, words.get("sign")), ([], words))
        if edits and span.start <= edits[-1].span.start:
            return  # read once more behind a mistake
        edits.append(Edit(span, mended))

    def tell_everywhere(self) -> None:
        """Report what was gathered: at the first place, with the number of the others."""
        for (code, _), (edits, words) in self._places.items():
            others = len(edits) - 1
            more = f" (and at {others} more place{'s' if others > 1 else ''} in this file)" if others else ""
            title = f"mend all {len(edits)} places in this file" if others else "mend it"
            fix = Fix(title, tuple(edits), safe=not any(map(_joins, edits)))
            self.report(code.at(edits[0].span, more=more, fixes=(fix,), **words))
        self._places.clear()

    def gathered_lines(self, codes: frozenset[Code]) -> set[int]:
        """The lines with mistakes of these codes that are still to be told."""
        return {edit.span.line for (code, _), (edits, _) in self._places.items() if code in codes for edit in edits}

    # --- dates and times ---

    def old_moment(self, raw: str, span: Span) -> Tokens:
        """`01-11-2027`, perhaps with a time: read as day-month-year where that is a date."""
        day, _, clock = raw.partition(" ")
        first, second, year = map(int, re.split(r"[-/.]", day))
        readings = [_date(year, month, number) for number, month in ((first, second), (second, first))]
        dates = list(dict.fromkeys(date for date in readings if date))
        place = self.place(span.start, span.start + len(day))
        fixes = tuple(codes.replacing(place, date.isoformat()) for date in dates)
        if len(dates) == 2:
            one, other = dates
            words: dict[str, Any] = {
                "first": f"{one.day} {one:%B}",
                "second": f"{other.day} {other:%B}",
                "one": one,
                "other": other,
            }
            self.report(codes.WHICH_DATE.at(place, fixes=fixes, **words))
        else:
            self.report(codes.DATE_ORDER.at(place, date=dates[0] if dates else "2027-03-01", fixes=fixes))
        date = dates[0] if dates else dt.date(2000, 1, 1)
        if not clock:
            return [("DATE", n.Date(date, span))]
        return [("MOMENT", n.Moment(dt.datetime.combine(date, self._time(clock.strip(), span)[0]), span))]

    def short_date(self, raw: str, span: Span) -> Tokens:
        year, month, day = map(int, re.split(r"[-/]", raw))
        date = f"{year:04}-{month:02}-{day:02}"
        self.report(codes.DATE_ORDER.at(span, date=date, fixes=(codes.replacing(span, date),)))
        return [("DATE", n.Date(_date(year, month, day) or dt.date(2000, 1, 1), span))]

    # --- money and numbers ---

    def grouped_money(self, raw: str, span: Span) -> Tokens:
        number, currency = re.fullmatch(r"(.*?)[ \t]+([A-Z]{3}|kr\.?)", raw).groups()  # type: ignore[union-attr]
        currency = CURRENCIES.get(currency, currency)
        mark = re.sub(r"[0-9]", "", number.strip())[0]
        if mark == "." and number.count(".") == 1 and currency in THREE_DECIMALS:
            return [("MONEY", self.money(raw, span))]
        whole, _, decimals = number.partition(",") if mark == "." else (number, "", "")
        instead = "_".join(re.split(r"[.,\s]", whole.strip())) + (f".{decimals.strip()}" if decimals else "")
        return self._grouped(span, mark, f"{instead} {currency}")

    def grouped_number(self, raw: str, span: Span) -> Tokens:
        return self._grouped(span, ".", raw.replace(".", "_"))

    def _grouped(self, span: Span, mark: str, instead: str) -> Tokens:
        marks = {".": "dots", ",": "commas"}.get(mark, "spaces")
        self.report(codes.GROUPED.at(span, marks=marks, instead=instead, fixes=(codes.replacing(span, instead),)))
        kind = "MONEY" if " " in instead else "NUMBER"
        return [(kind, self.leaves[kind](instead, span))]

    def comma_decimal(self, raw: str, span: Span) -> Tokens:
        instead = re.sub(r"[ \t]*kr\.?\Z", " DKK", raw.replace(",", "."))
        self.report(codes.COMMA_DECIMAL.at(span, instead=instead, fixes=(codes.replacing(span, instead),)))
        kind = "PERCENT" if raw[-1] == "%" else "MONEY"
        return [(kind, self.leaves[kind](instead, span))]

    def loose_money(self, raw: str, span: Span) -> Tokens:
        number = re.match(r"[0-9_]+(?:\.[0-9]+)?", raw)
        digits = number[0] if number else ""
        sign = raw[len(digits) :].strip()
        currency = CURRENCIES.get(sign, sign.upper())
        return self._amount(digits, currency, span)

    def sign_money(self, raw: str, span: Span) -> Tokens:
        """`£1,000`, `€12,50`."""
        number = raw[1:].strip()
        if re.fullmatch(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]{1,2})?", number):
            whole, cents = re.fullmatch(r"(.*?)(?:[.,]([0-9]{1,2}))?", number).groups()  # type: ignore[union-attr]
            number = re.sub("[.,]", "_", whole) + (f".{cents}" if cents else "")
        elif len(re.findall("[.,]", number)) > 1:
            number = re.sub("[.,]", "", number)
        return self._amount(number.replace(",", "."), CURRENCIES[raw[0]], span)

    def _amount(self, digits: str, currency: str, span: Span) -> Tokens:
        instead = f"{digits} {currency}"
        self.report(codes.CURRENCY.at(span, instead=instead, fixes=(codes.replacing(span, instead),)))
        return [("MONEY", n.Amount(Money(Decimal(self._digits(digits, span)), currency), span))]

    # --- durations ---

    def loose_duration(self, raw: str, span: Span) -> Tokens:
        number = re.split(r"[^0-9]", raw)[0]
        word = raw[len(number) :].strip().lower()
        digits = self._digits(number, span)
        if word == "m":
            both: dict[str, Any] = {"minutes": f"{digits}min", "months": f"{digits}mo"}
            self.report(codes.WHICH_UNIT.at(span, fixes=tuple(codes.replacing(span, x) for x in both.values()), **both))
            return [("DURATION", n.Length(Duration(int(digits), "mo"), span))]
        instead = f"{digits} workdays" if word.startswith(("work", "business")) else digits + _unit(word)
        self.report(codes.LOOSE_UNIT.at(span, duration=instead, more="", fixes=(codes.replacing(span, instead),)))
        return [("DURATION", self.duration(instead, span))]

    # --- texts and remarks ---

    def slashes(self, raw: str, span: Span) -> Tokens:
        words = raw[2:].removesuffix("*/").strip()
        self.everywhere(codes.SLASHES, span, f"# {words}", words=words)
        self.comments.append(n.Comment(words, span, self._own_line(span.start)))
        return []

    def odd_quotes(self, raw: str, span: Span) -> Tokens:
        instead = '"' + raw[1:-1].replace("\\", "\\\\").replace('"', '\\"') + '"'
        self.everywhere(codes.ODD_QUOTES, span, instead, instead=instead)
        return [("TEXT", n.Text(raw[1:-1], span))]

    def unclosed_text(self, raw: str, span: Span) -> Tokens:
        if raw[-1] in "“”„‟«»″":
            return self.odd_quotes(raw, span)
        self.report(open_quote(span) or unclosed_text(span))
        return [("TEXT", n.Text(raw[1:], span))]

    # --- signs ---

    def odd_arrow(self, raw: str, span: Span) -> Tokens:
        self._odd(raw, span, "->")
        return [("ARROW", span)]

    def odd_dots(self, raw: str, span: Span) -> Tokens:
        self._odd(raw, span, "..")
        return [("DOTS", span)]

    def odd_compare(self, raw: str, span: Span) -> Tokens:
        self._odd(raw, span, SIGNS[raw])
        return [("COMPARE", n.Name(SIGNS[raw], span))]

    def odd_logic(self, raw: str, span: Span) -> Tokens:
        self._odd(raw, span, SIGNS[raw])
        return [(SIGNS[raw].upper(), self.open_expression(span) if raw == "!" else span)]

    def _odd(self, raw: str, span: Span, instead: str) -> None:
        self.everywhere(codes.ODD_SIGN, span, instead, sign=raw, instead=instead)

    def semicolon(self, raw: str, span: Span) -> Tokens:
        self.everywhere(codes.SEMICOLON, span, "")
        return []

    def square(self, raw: str, span: Span) -> Tokens:
        self.everywhere(codes.SQUARE, span, "")
        return []

    def quoted_name(self, span: Span) -> n.Name | None:
        """The field that `"phase":` means, as JSON writes it; None when the text is no name, or no colon follows."""
        name = span.text[1:-1]
        if not re.fullmatch(r"[^\W\d]\w*", name) or not re.match(r"\s*:", self.source.text[span.end : span.end + 20]):
            return None
        self.everywhere(codes.QUOTED_NAME, span, name, name=name)
        return self.name(name, span)

    def bullet(self, raw: str, span: Span) -> Tokens:
        if self._own_line(span.start):
            self.everywhere(codes.LIST_DASH, span, "", mark=raw)
            return []
        if raw in "–—":
            self._odd(raw, span, "-")
            return [("MINUS", self.open_expression(span))]
        return [("BAD", span)]

    def numbered(self, raw: str, span: Span) -> Tokens:
        """`1. send email hello`."""
        if self._own_line(span.start):
            self.everywhere(codes.LIST_DASH, span, "", mark=raw)
            return []
        number, sign = self.place(span.start, span.end - 1), self.place(span.end - 1, span.end)
        return [("NUMBER", n.Number(int(raw[:-1]), number)), ("RPAR" if raw[-1] == ")" else "DOT", sign)]

    def invisible(self, raw: str, span: Span) -> Tokens:
        self.everywhere(codes.INVISIBLE, span, "", code=f"U+{ord(raw[0]):04X}")
        return []

    def dash(self, kind: str, start: int) -> bool:
        """Whether the `-` that the grammar has no place for was meant as the mark of a list item."""
        if kind != "MINUS":
            return False
        self.expressions -= 1
        if not self._own_line(start):
            return False
        self.everywhere(codes.LIST_DASH, self.place(start, start + 1), "", mark="-")
        return True


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _unit(word: str) -> str:
    """The unit that a word means: `days` is `d`."""
    return "mo" if word.startswith("mo") else "min" if word.startswith("mi") else word[0]


def _joins(edit: Edit) -> bool:
    """Whether an edit makes one word of two: `need a;need b`."""
    text, start, end = edit.span.source.text, edit.span.start, edit.span.end
    around = text[max(0, start - 1) : start], text[end : end + 1]
    return not edit.text and all(part.isalnum() or part == "_" for part in around)
