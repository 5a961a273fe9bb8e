"""How the value of a field is read: one reader a sort of value, each with the words that say what it takes.

A reader is given the expression as written and where it stands; it gives the value as the schedule holds it, or None
after it has said what is wrong.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from gridlang.diagnostics import Edit, Fix
from gridlang.diagnostics.codes import types as codes
from gridlang.quantities import CALENDAR_UNITS, WEEKDAYS, Money
from gridlang.schedule import model
from gridlang.semantics.context import Here
from gridlang.semantics.scope import FILE, choose, near
from gridlang.syntax import nodes


@attrs.frozen
class Reader:
    """`expects` completes "`field` takes …"; `read` does it. What could stand there, an editor offers by the rest."""

    expects: str
    read: Callable[[nodes.Expression, Here], Any]
    names: tuple[str, ...] = ()
    """What a name in it can mean, in the order in which that is asked: kinds of declarations, `phase`, `level`,
    `attribute`, `part` (a person of a map, `first_talk.mother`)."""
    words: tuple[str, ...] = ()
    """Words of the language that it takes."""


def describe(value: nodes.Expression) -> str:
    """What somebody wrote, in words: `the text "Hej"`, `the number 3`."""
    words = {
        nodes.Text: "the text {}",
        nodes.Number: "the number {}",
        nodes.Amount: "the amount {}",
        nodes.Length: "the duration {}",
        nodes.Date: "the date {}",
        nodes.Moment: "the moment {}",
        nodes.Time: "the time {}",
        nodes.Range: "the range {}",
        nodes.Frequency: "the rate {}",
        nodes.Reference: "`{}`",
        nodes.Call: "`{}`",
    }
    text = " ".join(value.span.text.split())
    shown = text if len(text) <= 40 else text[:39] + "…"
    if isinstance(value, nodes.Number) and value.percent:
        return f"the share {shown}"
    return words.get(type(value), "the condition `{}`").format(shown)


def wrong(value: nodes.Expression, here: Here, expects: str, hint: str | None = None) -> None:
    """Say that a value is of another sort than its field takes; always None, for the reader to return."""
    hint = hint or _meant(value, expects)
    fixes = choose(value.span, _instead(value, expects, hint))
    found = describe(value)
    here.complain(
        codes.WRONG_VALUE.at(value.span, field=here.field, expects=expects, found=found, hint=hint, fixes=fixes)
    )


_SPELLED = re.compile(r"(?:^write|quotes:|in a list:|in which time:|^or) `([^`]+)`|, `([^`]+)`\Z")


def _instead(value: nodes.Expression, expects: str, hint: str | None) -> Iterable[str]:
    """What can stand in the place of a value: what the hint spells out, or the number with a unit."""
    if hint is not None:
        return [first or other for first, other in _SPELLED.findall(hint)]
    if isinstance(value, nodes.Number) and not value.percent and expects.startswith("a duration"):
        return [f"{value.span.text}{unit}" for unit in ("d", "w", "mo", "h")]
    if isinstance(value, nodes.Time) and expects.startswith("hours"):
        return [f"{value.span.text} .. 17:00", f"09:00 .. {value.span.text}"]
    if isinstance(value, nodes.Number) and expects.startswith("a text"):
        return [f'"{value.span.text}"']
    return []


def _meant(value: nodes.Expression, expects: str) -> str | None:
    """What was probably meant: a list for `contact and sale`, a time for a number where a rate stands."""
    if isinstance(value, nodes.Logic) and all(isinstance(operand, nodes.Reference) for operand in value.operands):
        return f"several values stand in a list: `{', '.join(operand.span.text for operand in value.operands)}`"
    if isinstance(value, nodes.Text) and expects.startswith(("the name of", "roles", "channels")):
        name = "_".join(re.findall(r"\w+", value.value.lower())[:3])
        return f"names stand without quotes: `{name}`" if name else None
    if isinstance(value, nodes.Reference):
        return _meant_word(value.text, expects)
    if isinstance(value, nodes.Number) and not value.percent and expects.startswith("a share"):
        share = value.value * 100 if value.value < 1 else value.value
        return f"write `{share:g}%`"
    if isinstance(value, nodes.Number) and not value.percent and expects.startswith(("a cap", "a rate")):
        return f"say in which time: `{value.span.text} per 7d`, `{value.span.text} per calendar week`"
    return None


def _meant_word(word: str, expects: str) -> str | None:
    """What a bare word should have been."""
    if expects.startswith("a text"):
        return f'a text stands in quotes: `"{word}"`'
    if expects.startswith("`yes` or `no`"):
        meant = near(word, ("yes", "no"))
        return f"write `{meant}`" if meant else None
    if expects.startswith("`required`") and word in ("yes", "true", "on", "ja"):
        return "write `required`"
    if expects == "a whole number" and word.lower() in ("high", "low", "medium", "normal", "høj", "lav"):
        return "from 0 to 100: what has more goes first, and without it everything has 50"
    if expects.startswith("a duration"):
        unit = {"day": "1d", "week": "1w", "month": "1mo", "year": "1y", "hour": "1h"}.get(word.lower().rstrip("s"))
        return f"write `{unit}`" if unit else None
    return None


def _plain(kind: type[Any], expects: str, give: Callable[[Any], Any]) -> Reader:
    def read(value: nodes.Expression, here: Here) -> Any:
        if isinstance(value, kind):
            return give(value)
        return wrong(value, here, expects)

    return Reader(expects, read)


TEXT = _plain(nodes.Text, 'a text in quotes, `"…"`', lambda value: value.value)
DURATION = _plain(nodes.Length, "a duration, as `30min`, `5d`, `2w`, `6mo` or `2 workdays`", lambda v: str(v.value))


def whole(low: int, high: int) -> Reader:
    """A whole number between two bounds, both included."""

    def read(value: nodes.Expression, here: Here) -> int | None:
        if not isinstance(value, nodes.Number) or value.percent or not isinstance(value.value, int):
            return wrong(value, here, "a whole number")
        if not low <= value.value <= high:
            fixes = choose(value.span, [str(min(max(value.value, low), high))])
            here.complain(
                codes.OUT_OF_BOUNDS.at(value.span, field=here.field, value=value.value, low=low, high=high, fixes=fixes)
            )
            return None
        return value.value

    return Reader(f"a whole number from {low} to {high}", read)


COUNT = attrs.evolve(whole(0, 10**12), expects="a whole number")


def _share(value: nodes.Expression, here: Here) -> int | None:
    if not isinstance(value, nodes.Number) or not value.percent:
        return wrong(value, here, "a share, as `10%`")
    hundredths = value.value * 100
    if not 0 <= hundredths <= 10000 or hundredths != int(hundredths):
        near_ones = ("0%" if hundredths < 0 else "100%" if hundredths > 10000 else f"{round(value.value)}%",)
        fixes = choose(value.span, near_ones)
        here.complain(
            codes.OUT_OF_BOUNDS.at(
                value.span, field=here.field, value=value.span.text, low="0%", high="100%", fixes=fixes
            )
        )
        return None
    return int(hundredths)


SHARE = Reader("a share, as `10%`", _share)


def _money(value: nodes.Expression, here: Here) -> str | None:
    currency = here.context.currency
    if isinstance(value, nodes.Number) and not value.percent and currency:
        fix = (Fix(f"add {currency}", (Edit(value.span, f"{value.span.text} {currency}"),)),)
        here.complain(
            codes.NO_CURRENCY.at(value.span, field=here.field, number=value.span.text, currency=currency, fixes=fix)
        )
        return None
    if not isinstance(value, nodes.Amount):
        return wrong(value, here, f"an amount, as `450 {currency or 'DKK'}`")
    return str(value.value) if same_currency(value.value, value, here) else None


def same_currency(money: Money, value: nodes.Expression, here: Here) -> bool:
    """Whether an amount is in the plan's currency; says so when not."""
    currency = here.context.currency
    if currency and money.currency != currency:
        fix = Fix(f"write {currency}, with the same number", (Edit(value.span, f"{money.amount} {currency}"),))
        here.complain(codes.WRONG_CURRENCY.at(value.span, found=money, currency=currency, fixes=(fix,)))
        return False
    return True


MONEY = Reader("an amount of money, as `450 DKK`", _money)


def _yes_no(value: nodes.Expression, here: Here) -> bool | None:
    if isinstance(value, nodes.Reference) and value.text in ("yes", "no"):
        return value.text == "yes"
    return wrong(value, here, "`yes` or `no`")


YES_NO = Reader("`yes` or `no`", _yes_no, words=("yes", "no"))


def words(*allowed: str) -> Reader:
    """One of a few words."""
    listed = ", ".join(allowed)

    def read(value: nodes.Expression, here: Here) -> str | None:
        if not isinstance(value, nodes.Reference):
            return wrong(value, here, f"one of: {listed}")
        if value.text in allowed:
            return value.text
        meant = near(value.text, allowed)
        fixes = (Fix(f"write `{meant}`", (Edit(value.span, meant),)),) if meant else ()
        here.complain(codes.UNKNOWN_WORD.at(value.span, field=here.field, word=value.text, words=listed, fixes=fixes))
        return None

    return Reader(f"one of: {listed}", read, words=allowed)


def with_article(kind: str) -> str:
    """`an event`, `a team`, and `relations`, of which there are several."""
    return kind if kind.endswith("s") else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def reference(kind: str) -> Reader:
    """The name of a declaration; gives its canonical name."""
    expects = f"the name of {with_article(kind)}"

    def read(value: nodes.Expression, here: Here) -> str | None:
        if not isinstance(value, nodes.Reference):
            return wrong(value, here, expects)
        found = here.find(kind, value)
        return found.canonical if found else None

    return Reader(expects, read, (kind,))


def declaration(kind: str) -> Reader:
    """The name of a declaration; gives the declaration itself."""
    expects = f"the name of {with_article(kind)}"

    def read(value: nodes.Expression, here: Here) -> Any:
        if not isinstance(value, nodes.Reference):
            return wrong(value, here, expects)
        return here.find(kind, value)

    return Reader(expects, read, (kind,))


def _text_or_name(value: nodes.Expression, here: Here) -> str | None:
    if isinstance(value, nodes.Text):
        return value.value
    if isinstance(value, nodes.Reference):
        return value.text
    return wrong(value, here, "a text in quotes")


def text_or(kind: str) -> Reader:
    """A text, or the name of a declaration of `kind`."""
    named = reference(kind)

    def read(value: nodes.Expression, here: Here) -> str | None:
        return value.value if isinstance(value, nodes.Text) else named.read(value, here)

    return Reader(f"a text, or the name of a {kind}", read, (kind,))


# --- dates, hours, days, rates ---------------------------------------------------------------------------------------


FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years that plans and calendars may speak of: those for which zones and holidays are known or can be guessed."""


def _far_off(value: nodes.Expression, here: Here) -> bool:
    """Whether a date lies where no plan does; says so."""
    dates = (value.start, value.end) if isinstance(value, nodes.Range) else (value,)
    for date in dates:
        if isinstance(date, nodes.Date) and not FIRST_YEAR <= date.value.year <= LAST_YEAR:
            low, high = f"{FIRST_YEAR}-01-01", f"{LAST_YEAR}-12-31"
            fixes = choose(date.span, [low if date.value.year < FIRST_YEAR else high])
            here.complain(
                codes.OUT_OF_BOUNDS.at(date.span, field=here.field, value=date.value, low=low, high=high, fixes=fixes)
            )
            return True
    return False


def _dates(value: nodes.Expression, here: Here) -> tuple[str, str] | None:
    if _far_off(value, here):
        return None
    if isinstance(value, nodes.Date):
        return (value.value.isoformat(),) * 2
    if not (
        isinstance(value, nodes.Range) and isinstance(value.start, nodes.Date) and isinstance(value.end, nodes.Date)
    ):
        return wrong(value, here, "dates, as `2027-01-04 .. 2027-12-31`")
    start, end = value.start, value.end
    if end.value < start.value:
        swap = (Fix("swap the dates", (Edit(value.span, f"{end.value} .. {start.value}"),)),)
        here.complain(
            codes.BACKWARD_RANGE.at(value.span, what=here.field, start=start.value, end=end.value, fixes=swap)
        )
        return None
    return start.value.isoformat(), end.value.isoformat()


DATES = Reader("one date or a range of dates, `2027-01-04 .. 2027-12-31`", _dates)


def clock(time: nodes.Time) -> str:
    """A time of day as the schedule writes it, `09:00`."""
    return "24:00" if time.midnight_end else _short(time.value)


def _short(time: dt.time) -> str:
    return time.isoformat("minutes" if time.second == 0 else "seconds")


TIME = _plain(nodes.Time, "a time of day, as `09:00`", lambda value: clock(value))


def _hours(value: nodes.Expression, here: Here) -> model.Hours | None:
    if not (
        isinstance(value, nodes.Range) and isinstance(value.start, nodes.Time) and isinstance(value.end, nodes.Time)
    ):
        return wrong(value, here, "hours, as `09:00 .. 17:00`")
    start, end = clock(value.start), clock(value.end)
    if start == end:
        here.complain(codes.BACKWARD_RANGE.at(value.span, what=here.field, start=start, end=end))
        return None
    return model.Hours(start=start, end=end, place=here.place(value.span))


HOURS = Reader("hours, `09:00 .. 17:00`; `22:00 .. 06:00` runs over midnight", _hours)


def _days(value: nodes.Expression, here: Here) -> model.Days | None:
    expects = "`workdays`, weekdays or a range of them, as `monday .. thursday`"
    place = here.place(value.span)
    if isinstance(value, nodes.Reference):
        if value.text == "workdays":
            return model.Days(workdays=True, weekdays=(), place=place)
        day = weekday(value, here)
        return None if day is None else model.Days(workdays=False, weekdays=(day,), place=place)
    if isinstance(value, nodes.Range) and isinstance(value.start, nodes.Reference):
        start = weekday(value.start, here)
        end = weekday(value.end, here) if isinstance(value.end, nodes.Reference) else wrong(value.end, here, expects)
        if start is None or end is None:
            return None
        run = tuple(sorted((start + step) % 7 for step in range((end - start) % 7 + 1)))
        return model.Days(workdays=False, weekdays=run, place=place)
    return wrong(value, here, expects)


def weekday(value: nodes.Reference, here: Here) -> int | None:
    """0 for monday; None when it is no weekday, which has then been said."""
    if value.text in WEEKDAYS:
        return WEEKDAYS.index(value.text)
    meant = near(value.text, (*WEEKDAYS, "workdays"))
    fixes = (Fix(f"write `{meant}`", (Edit(value.span, meant),)),) if meant else ()
    here.complain(
        codes.UNKNOWN_WORD.at(
            value.span, field=here.field, word=value.text, words=", ".join((*WEEKDAYS, "workdays")), fixes=fixes
        )
    )
    return None


DAYS = Reader("`workdays`, weekdays or a range of them, `monday .. thursday`", _days, words=("workdays", *WEEKDAYS))


def rate_text(value: nodes.Frequency, here: Here) -> str | None:
    """`3 per 7d` as the schedule writes it."""
    if not isinstance(value.count, nodes.Number) or value.count.percent or not isinstance(value.count.value, int):
        return wrong(value.count, here, "a whole number before `per`")
    if value.count.value < 1:
        fixes = choose(value.count.span, ["1"])
        here.complain(
            codes.OUT_OF_BOUNDS.at(
                value.count.span, field=here.field, value=value.count.value, low=1, high="…", fixes=fixes
            )
        )
        return None
    if value.duration is not None:
        return f"{value.count.value} per {value.duration.value}"
    if value.calendar is None or value.calendar.text not in CALENDAR_UNITS:
        word = value.calendar.text if value.calendar else value.span.text
        span = value.calendar.span if value.calendar else value.span
        here.complain(codes.UNKNOWN_WORD.at(span, field=here.field, word=word, words=", ".join(CALENDAR_UNITS)))
        return None
    return f"{value.count.value} per calendar {value.calendar.text}"


def _rate(value: nodes.Expression, here: Here) -> str | None:
    if not isinstance(value, nodes.Frequency):
        return wrong(value, here, "a rate, as `3 per 7d` or `25 per calendar day`")
    return rate_text(value, here)


RATE = Reader("a rate, `3 per 7d` (rolling) or `25 per calendar day`", _rate)


def _cap(value: nodes.Expression, here: Here) -> model.Cap | None:
    if not isinstance(value, nodes.Frequency):
        return wrong(value, here, "a cap, as `3 per 7d` or `2 per calendar week`")
    rate = rate_text(value, here)
    if rate is None:
        return None
    named = [reference for reference in value.across if reference.text != "all"]
    found = [here.find("channel", reference) for reference in named]
    if None in found:
        return None
    return model.Cap(
        rate=rate,
        place=here.place(value.span),
        channels=tuple(channel.canonical for channel in found if channel),
        per_account=value.per_account,
    )


CAP = Reader("a cap, `3 per 7d [across all] [per account]`", _cap, ("channel",))


# --- texts of messages -----------------------------------------------------------------------------------------------


def _template(value: nodes.Expression, here: Here) -> str | None:
    if isinstance(value, nodes.Text):
        return value.value
    if isinstance(value, nodes.Call) and value.function.text == "file" and len(value.arguments) == 1:
        path = value.arguments[0].value
        if isinstance(path, nodes.Text):
            return _file(path, here)
    return wrong(value, here, 'a text, or `file("messages/…")`')


def _file(path: nodes.Text, here: Here) -> str | None:
    context, name = here.context, (here.home, path.value)
    if context.scope.lookups is not None:
        context.scope.lookups.asked.add((FILE, path.value.rsplit("/", 1)[-1]))
    if name not in context.texts:
        outcome = context.workspace.text(path.value, here.home)
        for problem in outcome.problems:
            here.complain(problem if problem.span else attrs.evolve(problem, span=path.span))
        context.texts[name] = outcome.value
    return context.texts[name]


TEMPLATE = Reader('a text in quotes, or `file("messages/…")`', _template)
