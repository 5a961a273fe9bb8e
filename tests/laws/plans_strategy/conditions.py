"""Conditions over what a plan declares: well typed, and each part about an attribute of its own, so that they can hold.

Whatever may be missing is asked about with `has` first.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from hypothesis import strategies as st

from gridlang.syntax import nodes as n
from tests.laws.plans_strategy.making import NOWHERE, call, compare, date, length, money, number, ref, text
from tests.laws.plans_strategy.words import Attribute, Event, Words

NUMBERS = st.integers(2, 40)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2026, 12, 1))
SIGNS = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
LENGTHS = st.sampled_from(["30d", "6mo", "2y", "36h", "8w"])


@st.composite
def conditions(draw: st.DrawFn, words: Words, *, person: bool = True, most: int = 3) -> n.Expression:
    """One to three parts; `person`: attributes may be asked for, not only events."""
    known = list(words.attributes) if person else []
    parts: list[n.Expression] = []
    for _ in range(draw(st.integers(1, most))):
        kinds = ["event"] * bool(words.events) + ["attribute"] * 3 * bool(known)
        kinds += ["account", "let"] if person and not parts else []
        kind = draw(st.sampled_from(kinds)) if kinds else "event"
        if kind == "attribute":
            attribute = draw(st.sampled_from(known))
            known.remove(attribute)
            parts.append(draw(_of_attribute(attribute, attribute.name, words)))
        elif kind == "account" and words.of_account:
            attribute = draw(st.sampled_from(words.of_account))
            parts.append(draw(_of_attribute(attribute, f"account.{attribute.name}", words)))
        elif kind == "let" and words.lets:
            parts.append(ref(draw(st.sampled_from(words.lets))))
            known = []
        else:
            parts.append(draw(of_event(words, account=person)))
    return _joined(draw(st.sampled_from(["and", "or"])), parts)


def _joined(word: Literal["and", "or"], parts: list[n.Expression]) -> n.Expression:
    return parts[0] if len(parts) == 1 else n.Logic(word, tuple(parts), NOWHERE)


@st.composite
def _of_attribute(draw: st.DrawFn, attribute: Attribute, written: str, words: Words) -> n.Expression:
    asked: n.Expression = draw(_compared(attribute, ref(written), words))
    if draw(st.integers(0, 5)) == 0 and not isinstance(asked, n.Not):
        asked = n.Not(asked, NOWHERE)
    if not attribute.optional:
        return asked
    has = call("has", ref(written))
    return draw(st.sampled_from([has, n.Logic("and", (has, asked), NOWHERE)]))


@st.composite
def _compared(draw: st.DrawFn, attribute: Attribute, value: n.Expression, words: Words) -> n.Expression:
    """A condition on one attribute that some values pass and others do not."""
    if attribute.type == "Bool":
        return draw(st.sampled_from([value, compare(value, "==", ref("yes")), compare(value, "==", ref("no"))]))
    if attribute.type == "List":
        channel = ref(draw(st.sampled_from([channel.name for channel in words.channels])))
        return compare(channel, "in", value)
    if attribute.type == "OneOf":
        few = draw(st.lists(st.sampled_from(attribute.options), min_size=2, max_size=2, unique=True))
        one = compare(value, draw(st.sampled_from(["==", "!="])), text(few[0]))
        if len(attribute.options) == 2:
            return one
        return draw(st.sampled_from([one, compare(value, "in", n.Listing(tuple(map(text, few)), NOWHERE))]))
    if attribute.type == "Date" and draw(st.booleans()):
        return compare(call("age", value), draw(st.sampled_from(["<", ">="])), length(draw(LENGTHS)))
    constants = draw(_constants(attribute.type))
    if attribute.type == "Date" and draw(st.integers(0, 3)) == 0:
        return compare(value, "in", n.Listing(constants, NOWHERE))
    if attribute.type in ("Date", "Int", "Money") and draw(st.integers(0, 3)) == 0:
        return compare(value, "in", n.Range(*constants, NOWHERE))
    if attribute.type in ("Int", "Money") and draw(st.integers(0, 4)) == 0:
        value = n.Sum(draw(st.sampled_from(["+", "-"])), value, constants[0], NOWHERE)
    sign = draw(st.sampled_from(["==", "!="]) if attribute.type == "Text" else SIGNS)
    return compare(value, sign, constants[1])


@st.composite
def _constants(draw: st.DrawFn, type: str) -> tuple[n.Expression, n.Expression]:
    """Two constants of a type, the smaller one first."""
    few = draw(NUMBERS)
    if type == "Date":
        day = draw(DAYS)
        return date(day), date(day + dt.timedelta(days=few))
    if type == "DateTime":
        when = dt.datetime.combine(draw(DAYS), dt.time(8, 30))
        return n.Moment(when, NOWHERE), n.Moment(when + dt.timedelta(days=few), NOWHERE)
    if type == "Money":
        return money(few * 100), money(few * 1000)
    if type == "Decimal":
        return number(Decimal(few) + Decimal("0.5")), number(Decimal(few) + Decimal("7.25"))
    if type == "Percent":
        return number(few, percent=True), number(few + 1, percent=True)
    if type == "Text":
        return text("Å"), text(draw(st.sampled_from(["x", 'Æ "ø"', "a\\b"])))
    return number(few), number(few + draw(NUMBERS))


@st.composite
def of_event(draw: st.DrawFn, words: Words, *, account: bool = False, nested: bool = False) -> n.Expression:
    """`ever(e)`, `count(e where …, within: 30d) >= 2`, `since(e) < 6mo`, `has(last(e).amount) and …`."""
    event = draw(st.sampled_from(words.events))
    owner = draw(st.sampled_from(["", "account."])) if account else ""
    where = draw(_where(event, words, account=account)) if not nested and draw(st.booleans()) else None
    asked = n.Argument(ref(event.name), NOWHERE, None, where)
    shape = draw(st.integers(0, 4 if event.carries else 3))
    if shape == 0:
        return call(f"{owner}ever", asked)
    if shape == 1:
        within = (n.Argument(length(draw(LENGTHS)), NOWHERE, n.Name("within", NOWHERE)),)
        given = draw(st.sampled_from([(), within]))
        return compare(call(f"{owner}count", asked, *given), ">=", number(draw(st.integers(1, 4))))
    if shape == 2:
        since = compare(call(f"{owner}since", asked), draw(st.sampled_from(["<", ">="])), length(draw(LENGTHS)))
        return n.Logic("and", (call(f"{owner}ever", asked), since), NOWHERE)
    if shape == 3:
        day = n.Moment(dt.datetime.combine(draw(DAYS), dt.time(12)), NOWHERE)
        return compare(call(f"{owner}last", asked, field="at"), ">", day)
    carried = draw(st.sampled_from(event.carries))
    latest = call(f"{owner}last", asked, field=carried.name)
    return n.Logic("and", (call("has", latest), draw(_compared(carried, latest, words))), NOWHERE)


@st.composite
def _where(draw: st.DrawFn, event: Event, words: Words, *, account: bool) -> n.Expression | None:
    """What an event must have carried, beside other events, and whom it must have happened to."""
    parts: list[n.Expression] = []
    if event.carries and draw(st.integers(0, 3)):
        carried = draw(st.sampled_from(event.carries))
        parts.append(draw(_compared(carried, ref(carried.name), words)))
    if draw(st.integers(0, 2)) == 0:
        parts.append(draw(of_event(words, account=account, nested=True)))
    if account and words.attributes and draw(st.integers(0, 3)) == 0:
        attribute = draw(st.sampled_from(words.attributes))
        parts.append(draw(_of_attribute(attribute, attribute.name, words)))
    return _joined(draw(st.sampled_from(["and", "or"])), parts) if parts else None
