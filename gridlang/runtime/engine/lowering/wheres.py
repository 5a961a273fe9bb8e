"""A `where` that asks for more than a column of events can say: as a program that is run for each event.

Only what the event carries differs from one event to the next. Everything else in it, other events included, is worked
out once before the events are looked at, and held on the stack: so no program looks at events while one looks at them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.lowering.forms import SIGNS, Forms, is_static
from gridlang.runtime.reference import changes
from gridlang.schedule import expressions as ex

if TYPE_CHECKING:
    from gridlang.runtime.engine.lowering.expressions import Expressions


@attrs.define(eq=False)
class Where(Forms):
    """Makes the program of one `where`. `names`: the events that it looks at; `of_account`: of anybody in it, and
    `whole`: asked by the account, so that nobody's attributes can be meant."""

    making: Expressions
    names: frozenset[str]
    of_account: bool
    whole: bool
    before: list[int] = attrs.field(factory=list)
    """The code of what is held."""
    held: int = 0
    """How many values that leaves."""

    def is_column(self, where: ex.Expression) -> bool:
        """Whether attributes and the event decide it: those of the account, and of the person to whom it happened."""
        asks_person = any(isinstance(part, ex.Attribute) and part.owner == "person" for part in changes.parts(where))
        return is_static(where) and not (asks_person and self.of_account and not self.whole)

    def code(self, expression: ex.Expression, whole: bool, *, length: bool = False) -> list[int]:
        if not changes.asks_event(expression):
            return self._hold(self.making.code(expression, whole, length=length))
        if not self.is_column(expression):
            return self.made(expression, whole, length)
        by_whole = whole or self.of_account
        return [k.X_EVENT, self.making.atom(self.names, expression, by_whole, self.making.numbered(length))]

    def _hold(self, code: list[int]) -> list[int]:
        self.before += code
        self.held += 1
        return [k.X_HELD, self.held - 1]

    def _elapsed(self, sign: str, side: ex.Age | ex.Since, other: ex.Expression, whole: bool) -> list[int]:
        return [*self.reached(side, other, whole), k.X_NOW, SIGNS[sign]]

    def reached(self, side: ex.Age | ex.Since, other: ex.Expression, whole: bool) -> list[int]:
        """The moment at which the time since something has grown to a duration."""
        if isinstance(side, ex.Since):
            since = self._hold(self.making.moment(side, whole))
            return [*since, *self.code(other, whole, length=True), k.X_LATER, side.owner == "account", 0, 0, 0, 0]
        return [*self.code(side.operand, whole), *self.code(other, whole, length=True), k.X_AGED, 0, 0, 0, 0, 0]
