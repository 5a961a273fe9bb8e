"""The forms of expressions that calculate, as code of the kernel: the same outside of a `where` and inside of one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

import attrs

from gridlang.quantities import Duration
from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.lowering.tables import duration
from gridlang.runtime.reference import changes, predicates
from gridlang.schedule import expressions as ex

SIGNS = {"==": k.EQ, "!=": k.NE, "<": k.LT, "<=": k.LE, ">": k.GT, ">=": k.GE}
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_DATES = {"Date", "DateTime"}


def is_static(expression: ex.Expression) -> bool:
    """Whether only attributes and constants decide it: then it is worked out before the loop."""
    return not any(isinstance(part, changes.LooksAt | ex.Age) for part in changes.parts(expression))


def type_of(expression: ex.Expression) -> ex.ValueType:
    """The type of an expression's values."""
    match expression:
        case ex.Value() | ex.Attribute() | ex.Payload() | ex.Last():
            return expression.type
        case ex.Shift():
            return type_of(expression.operand)
        case ex.Arithmetic():
            return type_of(expression.left)
        case ex.Count():
            return "Int"
        case ex.Age() | ex.Since():
            return "Duration"
        case _:
            return "Bool"


class Forms(ABC):
    """Each method makes the code of one form; `whole`: asked of the account, not of a person; `length`: the value is a
    duration to count with, not to compare."""

    @abstractmethod
    def code(self, expression: ex.Expression, whole: bool, *, length: bool = False) -> list[int]:
        """The code of any expression."""

    @abstractmethod
    def _elapsed(self, sign: str, side: ex.Age | ex.Since, other: ex.Expression, whole: bool) -> list[int]:
        """The time since something, compared with a duration."""

    def made(self, expression: ex.Expression, whole: bool, length: bool) -> list[int]:
        """The code by the method of its form."""
        make: Callable[[Any, bool, bool], list[int]] = getattr(self, f"_{type(expression).__name__.lower()}")
        return make(expression, whole, length)

    def _not(self, part: ex.Not, whole: bool, length: bool) -> list[int]:
        return [*self.code(part.operand, whole), k.X_NOT]

    def _all(self, part: ex.All, whole: bool, length: bool) -> list[int]:
        return self._decided(part, False, [k.X_ALL, 1], whole)

    def _anyof(self, part: ex.AnyOf, whole: bool, length: bool) -> list[int]:
        return self._decided(part, True, [k.X_ANY, 1], whole)

    def _decided(self, part: ex.All | ex.AnyOf, by: bool, code: list[int], whole: bool) -> list[int]:
        """One after the other until one decides: first all those together that are worked out before the loop."""
        static = tuple(each for each in part.operands if is_static(each))
        others = [each for each in part.operands if not is_static(each)]
        first = [attrs.evolve(part, operands=static)] if others and len(static) > 1 else list(static)
        *before, last = (self.code(operand, whole) for operand in (*first, *others))
        code = [*last, *code]
        for operand in reversed(before):
            code = [*operand, k.X_DECIDES, by, len(code) + 3, *code]
        return code

    def _each(self, operands: tuple[ex.Expression, ...], whole: bool) -> list[int]:
        return [number for operand in operands for number in self.code(operand, whole)]

    def _compare(self, part: ex.Compare, whole: bool, length: bool) -> list[int]:
        if isinstance(part.left, ex.Age | ex.Since):
            return self._elapsed(part.sign, part.left, part.right, whole)
        if isinstance(part.right, ex.Age | ex.Since):
            return self._elapsed(_MIRRORED[part.sign], part.right, part.left, whole)
        dates = bool({type_of(part.left), type_of(part.right)} & _DATES)
        return [*self._each((part.left, part.right), whole), k.X_COMPARE, SIGNS[part.sign], dates]

    def _among(self, part: ex.Among, whole: bool, length: bool) -> list[int]:
        if any(type_of(option) == "List" for option in part.options):
            each = [number for option in part.options for number in self._in_one(part.item, option, whole)]
            return [*each, k.X_ANY, len(part.options)]
        dates = type_of(part.item) in _DATES
        return [*self._each((part.item, *part.options), whole), k.X_AMONG, len(part.options), dates, 0, 0, 0]

    def _in_one(self, item: ex.Expression, option: ex.Expression, whole: bool) -> list[int]:
        """No list stands in a list."""
        if type_of(option) != "List":
            return self._among(ex.Among(item, (option,)), whole, False)
        if type_of(item) == "List":
            return [k.X_CONST, 0]
        return [*self._each((item, option), whole), k.X_LISTED, 0, 0, 0, 0, 0]

    def _between(self, part: ex.Between, whole: bool, length: bool) -> list[int]:
        if isinstance(part.item, ex.Age | ex.Since):
            return self._all(ex.All(predicates.elapsed_bounds(part)), whole, length)
        dates = type_of(part.item) in _DATES or type_of(part.start) in _DATES
        code = self._each((part.item, part.start, part.end), whole)
        return [*code, k.X_BETWEEN, part.inclusive, dates, 0, 0, 0]

    def _has(self, part: ex.Has, whole: bool, length: bool) -> list[int]:
        return [*self.code(part.operand, whole), k.X_HAS, 0, 0, 0, 0, 0]

    def _shift(self, part: ex.Shift, whole: bool, length: bool) -> list[int]:
        amount, unit = duration(Duration.parse(part.duration))
        return [*self.code(part.operand, whole), k.X_SHIFT, amount * part.sign, unit, 0, 0, 0]

    def _arithmetic(self, part: ex.Arithmetic, whole: bool, length: bool) -> list[int]:
        sign = 1 if part.sign == "+" else -1
        return [*self._each((part.left, part.right), whole), k.X_SUM, sign, 0, 0, 0, 0]
