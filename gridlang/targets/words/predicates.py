"""Predicates and date expressions in words, so that a page says what a plan means to people who do not write plans."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import assert_never

from gridlang.quantities import Duration
from gridlang.schedule.expressions import (
    Age,
    All,
    Among,
    AnyOf,
    Arithmetic,
    Attribute,
    Between,
    Compare,
    Count,
    Ever,
    Expression,
    Has,
    Last,
    Not,
    Payload,
    Shift,
    Since,
    Value,
)
from gridlang.targets.words import phrase, quantities
from gridlang.targets.words.names import Names

HAS_HAPPENED = phrase("%(event)s has happened"), phrase("%(event)s has happened in the account")
NEVER_HAPPENED = phrase("%(event)s has never happened"), phrase("%(event)s has never happened in the account")


def predicate(names: Names, expression: Expression) -> str:
    """A clause: `children is at least 1 and …`."""
    say = names.words.say
    match expression:
        case All():
            return names.words.both(_inner(names, part) for part in expression.operands)
        case AnyOf():
            return names.words.either(_inner(names, part) for part in expression.operands)
        case Not():
            return _not(names, expression.operand)
        case Compare():
            return _compare(names, expression)
        case Among():
            return _among(names, expression)
        case Between():
            return _between(names, expression)
        case Has():
            return say("%(item)s is known", item=term(names, expression.operand))
        case Ever():
            return _happened(names, expression, *HAS_HAPPENED)
        case _:
            return say("%(item)s is yes", item=term(names, expression))


def _inner(names: Names, part: Expression) -> str:
    said = predicate(names, part)
    return f"({said})" if isinstance(part, All | AnyOf) else said


def _not(names: Names, operand: Expression) -> str:
    say = names.words.say
    match operand:
        case Has():
            return say("%(item)s is not known", item=term(names, operand.operand))
        case Ever():
            return _happened(names, operand, *NEVER_HAPPENED)
        case Attribute():
            return say("%(item)s is no", item=term(names, operand))
        case _:
            return say("not (%(predicate)s)", predicate=predicate(names, operand))


def _happened(names: Names, ever: Ever, of_person: str, of_account: str) -> str:
    text = of_account if ever.owner == "account" else of_person
    return names.words.say(text, event=_event(names, ever))


def _event(names: Names, of: Ever | Count | Since | Last) -> str:
    """The event in quotation marks, with its condition."""
    said = quoted(names, names.event(of.event))
    if of.where is None:
        return said
    return names.words.say("%(event)s where %(predicate)s", event=said, predicate=_inner(names, of.where))


def _compare(names: Names, compare: Compare) -> str:
    values = {"left": term(names, compare.left), "right": term(names, compare.right)}
    if isinstance(compare.left, Age | Since):
        return names.words.say(_elapsed(compare.sign), **values)
    return names.words.say(_comparison(compare.sign), **values)


def _comparison(sign: str) -> str:
    return {
        "==": phrase("%(left)s is %(right)s"),
        "!=": phrase("%(left)s is not %(right)s"),
        "<": phrase("%(left)s is less than %(right)s"),
        "<=": phrase("%(left)s is at most %(right)s"),
        ">": phrase("%(left)s is more than %(right)s"),
        ">=": phrase("%(left)s is at least %(right)s"),
    }[sign]


def _elapsed(sign: str) -> str:
    return {
        "==": phrase("%(left)s is exactly %(right)s ago"),
        "!=": phrase("%(left)s is not exactly %(right)s ago"),
        "<": phrase("%(left)s is less than %(right)s ago"),
        "<=": phrase("%(left)s is at most %(right)s ago"),
        ">": phrase("%(left)s is more than %(right)s ago"),
        ">=": phrase("%(left)s is at least %(right)s ago"),
    }[sign]


def _among(names: Names, among: Among) -> str:
    item = term(names, among.item)
    if len(among.options) == 1 and not isinstance(among.options[0], Value):
        return names.words.say("%(item)s is among %(options)s", item=item, options=term(names, among.options[0]))
    options = names.words.either(term(names, option) for option in among.options)
    return names.words.say("%(item)s is %(options)s", item=item, options=options)


def _between(names: Names, between: Between) -> str:
    values = {part: term(names, getattr(between, part)) for part in ("item", "start", "end")}
    if between.inclusive:
        return names.words.say("%(item)s is from %(start)s to %(end)s, both included", **values)
    return names.words.say("%(item)s is from %(start)s up to, but not, %(end)s", **values)


def term(names: Names, expression: Expression) -> str:
    """A value: an attribute, a constant, a date, a count."""
    match expression:
        case Value():
            return value(names, expression)
        case Attribute():
            return _attribute(names, expression)
        case Payload():
            return expression.name.replace("_", " ")
        case Since() | Count() | Last():
            return _history(names, expression)
        case Age():
            return term(names, expression.operand)
        case Shift():
            return _shift(names, expression)
        case Arithmetic():
            return f"{term(names, expression.left)} {expression.sign} {term(names, expression.right)}"
        case All() | AnyOf() | Not() | Compare() | Among() | Between() | Has() | Ever():
            return predicate(names, expression)
        case _:
            assert_never(expression)


def _attribute(names: Names, of: Attribute) -> str:
    said = names.attribute(of.owner, of.name)
    return names.words.say("the account's %(attribute)s", attribute=said) if of.owner == "account" else said


def _history(names: Names, expression: Since | Count | Last) -> str:
    match expression:
        case Since():
            return names.words.say("the latest %(event)s", event=_event(names, expression))
        case Count():
            return _count(names, expression)
        case Last():
            return _last(names, expression)
        case _:
            assert_never(expression)


def _count(names: Names, count: Count) -> str:
    event = _event(names, count)
    if count.within is None:
        return names.words.say("the number of %(event)s", event=event)
    within = quantities.duration(names.words, count.within)
    return names.words.say("the number of %(event)s in the last %(duration)s", event=event, duration=within)


def _last(names: Names, last: Last) -> str:
    event = _event(names, last)
    if last.field == "at":
        return names.words.say("the moment of the latest %(event)s", event=event)
    return names.words.say("%(field)s of the latest %(event)s", field=last.field.replace("_", " "), event=event)


def _shift(names: Names, shift: Shift) -> str:
    values = {
        "duration": quantities.duration(names.words, shift.duration),
        "date": term(names, shift.operand),
    }
    if shift.sign == -1:
        return names.words.say("%(duration)s before %(date)s", **values)
    return names.words.say("%(duration)s after %(date)s", **values)


def value(names: Names, constant: Value) -> str:
    """A constant, as people of the page's language write it."""
    words = names.words
    match constant.type:
        case "Int" | "Decimal":
            return words.number(_decimal(constant.value))
        case "Percent":
            return words.percent(_decimal(constant.value.rstrip("% ")))
        case "Bool":
            return words.say("yes") if constant.value == "true" else words.say("no")
        case "Money":
            return quantities.money(words, constant.value)
        case "Date" | "DateTime":
            return quantities.date(words, constant.value)
        case "Time":
            return words.time(dt.time.fromisoformat(constant.value))
        case "Duration":
            return quantities.duration(words, str(Duration.parse(constant.value)))
        case "Text" | "List":
            return quoted(names, constant.value)
        case _:
            assert_never(constant.type)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace("_", ""))


def quoted(names: Names, text: str) -> str:
    """In the quotation marks of the language."""
    return names.words.say("“%(text)s”", text=text)
