"""Values: what stands behind a colon, in an arm, in brackets."""

from __future__ import annotations

from typing import Any

from gridlang.diagnostics.codes import syntax as codes
from gridlang.diagnostics.model import Fix
from gridlang.source import Span
from gridlang.syntax import nodes as n
from gridlang.syntax.building.base import EXPRESSIONS, Base, TooDeep, names

COMPARES = {"before": "before", "in": "in"}


class Expressions(Base):
    """Rules of the part `values` of the grammar."""

    def reference(self, children: list[Any]) -> n.Reference:
        if len(children) == 1:
            name = children[0]
            return n.Reference((name,), name.span)
        before, _, name = children
        return n.Reference((*before.parts, name), before.span.to(name.span))

    def range(self, children: list[Any]) -> n.Range:
        start, _, end = children
        return n.Range(start, end, start.span.to(end.span))

    def within(self, children: list[Any]) -> n.Within:
        value, _, duration = children
        return n.Within(value, duration, value.span.to(duration.span))

    def after(self, children: list[Any]) -> n.After:
        return n.After(children[1], children[0].to(children[1].span))

    def frequency(self, children: list[Any]) -> n.Frequency:
        count, _, period, *clauses = children
        found = n.Frequency(count, count.span.to(clauses[-1][1] if clauses else period.span))
        if isinstance(period, n.Length):
            found.duration = period
        else:
            found.calendar = period
        for word, _, *value in clauses:
            if word == "across":
                found.across = value[0]
            else:
                found.per_account = True
        return found

    def period(self, children: list[Any]) -> n.Length | n.Name:
        last: n.Length | n.Name = children[-1]
        return last

    def period_without_calendar(self, children: list[Any]) -> n.Name:
        name: n.Name = children[0]
        self.report(codes.BARE_PERIOD.at(name.span, period=name.text, fixes=_periods(name)))
        return name

    def across(self, children: list[Any]) -> tuple[str, Span, tuple[n.Reference, ...]]:
        references = names(children)
        return "across", children[0].to(references[-1].span), references

    def per_account(self, children: list[Any]) -> tuple[str, Span]:
        return "per account", children[0].to(children[1])

    def disjunction(self, children: list[Any]) -> n.Logic:
        return self._logic("or", children)

    def conjoined(self, children: list[Any]) -> n.Logic:
        return self._logic("and", children)

    def _logic(self, word: Any, children: list[Any]) -> n.Logic:
        operands = names(children)
        return n.Logic(word, operands, operands[0].span.to(operands[-1].span))

    def not_(self, children: list[Any]) -> n.Not:
        self.expressions -= 1
        return n.Not(children[1], children[0].to(children[1].span))

    def compared(self, children: list[Any]) -> n.Comparison:
        left, sign, right = children
        return n.Comparison(sign.text, left, right, left.span.to(right.span))

    def contained(self, children: list[Any]) -> n.Comparison | n.Frequency:
        """`2 in 7d` is no comparison: it says how often, and is told."""
        left, _, right = children
        if not isinstance(left, n.Number) or not isinstance(right, n.Length):
            return self.compared(children)
        span = left.span.to(right.span)
        instead = f"{left.span.text} per {right.span.text}"
        self.report(codes.HOW_OFTEN.at(span, instead=instead, fixes=(codes.replacing(span, instead),)))
        return n.Frequency(left, span, duration=right)

    def plus(self, children: list[Any]) -> n.Sum:
        return self._sum("+", children)

    def minus(self, children: list[Any]) -> n.Sum:
        self.expressions -= 1
        return self._sum("-", children)

    def _sum(self, sign: Any, children: list[Any]) -> n.Sum:
        left, mark, right = children
        terms, rest = 1, left
        while isinstance(rest, n.Sum):
            terms, rest = terms + 1, rest.left
        if terms > EXPRESSIONS:
            raise TooDeep(codes.DEEP_EXPRESSION.at(mark, limit=EXPRESSIONS))
        return n.Sum(sign, left, right, left.span.to(right.span))

    def negative(self, children: list[Any]) -> n.Negative:
        self.expressions -= 1
        return n.Negative(children[1], children[0].to(children[1].span))

    def group(self, children: list[Any]) -> Any:
        """A value in brackets is that value; its place begins with the bracket, as docs before it do."""
        self.expressions -= 1
        value = children[1]
        value.span = children[0].to(children[2])
        return value

    def listing(self, children: list[Any]) -> n.Listing:
        self.expressions -= 1
        return n.Listing(names(children), children[0].to(children[-1]))

    def call(self, children: list[Any]) -> n.Call | n.TypeName:
        self.expressions -= 1
        function, _, *rest = children
        field = rest.pop() if isinstance(rest[-1], n.Name) else None
        arguments = names(rest)
        end = field.span if field else rest[-1]
        values = tuple(argument.value for argument in arguments)
        if function.text == "OneOf" and all(isinstance(value, n.Text) for value in values):
            return n.TypeName(function.parts[0], function.span.to(end), values)
        return n.Call(function, arguments, function.span.to(end), field)

    def argument(self, children: list[Any]) -> n.Argument:
        value, last = children[0], children[-1]
        where = last if len(children) > 1 else None
        return n.Argument(value, value.span.to(last.span), None, where)

    def named_argument(self, children: list[Any]) -> n.Argument:
        name, _, value = children
        return n.Argument(value, name.span.to(value.span), name)

    # --- types ---

    def type(self, children: list[Any]) -> n.TypeName:
        return self._type(children[0], children[0].span)

    def optional(self, children: list[Any]) -> n.TypeName:
        found = self._type(children[0], children[0].span.to(children[1]))
        found.optional = True
        return found

    def generic(self, children: list[Any]) -> n.TypeName:
        self.expressions -= 1
        name, _, inner, *_ = children
        last = children[-1]
        return n.TypeName(name, name.span.to(last), (inner,), last.text == "?")

    def _type(self, value: Any, span: Span) -> n.TypeName:
        """A name or call that stands where only a type can stand."""
        if isinstance(value, n.TypeName):
            value.span = span
            return value
        reference = value.function if isinstance(value, n.Call) else value
        if isinstance(value, n.Call) or len(reference.parts) > 1:
            self.report(codes.NOT_A_TYPE.at(value.span, words=value.span.text, fixes=_one_word(value, reference)))
        return n.TypeName(reference.parts[-1], span)


_ROLLING = {"hour": "1h", "day": "1d", "week": "7d", "month": "1mo", "quarter": "3mo", "year": "1y"}


def _periods(name: n.Name) -> tuple[Fix, ...]:
    """`per day` as the calendar's days, or as a day that runs along with the clock."""
    rolling = _ROLLING.get(name.text)
    wanted = [f"calendar {name.text}", *([rolling] if rolling else [])]
    return tuple(codes.replacing(name.span, text) for text in wanted)


def _one_word(value: n.Call | n.Reference, reference: n.Reference) -> tuple[Fix, ...]:
    return (codes.replacing(value.span, reference.parts[-1].text),)
