"""Expressions lowered to the kernel's small stack programs."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from decimal import Decimal
from typing import Any, assert_never

import attrs
import numpy as np

from gridlang.quantities import Duration, Money
from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.lowering.forms import SIGNS, Forms, is_static
from gridlang.runtime.engine.lowering.refusals import Refused
from gridlang.runtime.engine.lowering.statics import Spread, Statics
from gridlang.runtime.engine.lowering.tables import UNITS, Tables, duration
from gridlang.runtime.engine.lowering.wheres import Where
from gridlang.runtime.engine.reading.texts import Texts, Untold
from gridlang.runtime.reference import changes, predicates, values
from gridlang.runtime.reference.predicates import View
from gridlang.runtime.reference.timing import Timing
from gridlang.runtime.rows import AttributeValue
from gridlang.schedule import expressions as ex

_EPOCH = dt.datetime(1970, 1, 1)
_MICRO = dt.timedelta(microseconds=1)
_LARGEST = 1 << 60


class Codes:
    """Numbers for values that the loop compares: texts by their rank, decimals scaled. Both are known only when all
    values have been seen, so lowering goes twice. `lists`: a number for each list that was seen."""

    def __init__(self) -> None:
        self.texts: set[str] = set()
        self.lists: dict[tuple[str, ...], int] = {}
        self.digits = 0
        self._ranks: dict[str, int] = {}

    def settle(self) -> None:
        self._ranks = {text: rank for rank, text in enumerate(sorted(self.texts))}

    @property
    def scale(self) -> int:
        return int(10**self.digits)

    def put_lists(self, tables: Tables) -> None:
        """What stands in them: where each begins; there, how many values, and they."""
        tables.table(k.P_LISTS, [tables.put([len(names), *map(self.of, names)]) for names in self.lists])

    def of(self, value: AttributeValue | None, *, length: bool = False) -> int:
        """`length`: a duration to count with, not to compare."""
        match value:
            case None:
                return k.MISS
            case bool():
                return int(value)
            case int() | Decimal():
                return self._number(Decimal(value))
            case Money():
                return self._number(value.amount)
            case str():
                self.texts.add(value)
                return self._ranks.get(value, 0)
            case dt.date():
                wall = (values.wall_clock(value) - _EPOCH) // _MICRO
                return 2 * wall + isinstance(value, dt.datetime)
            case dt.time():
                return (dt.datetime.combine(_EPOCH, value) - _EPOCH) // _MICRO
            case Duration():
                return value.amount * 8 + UNITS.index(value.unit) if length else values._length(value)
            case tuple():
                self.texts.update(value)
                return self.lists.setdefault(value, len(self.lists))
            case _:
                assert_never(value)

    def _number(self, value: Decimal) -> int:
        if not value.is_finite():
            raise Refused("numbers without end in what events carried")
        exponent = value.as_tuple().exponent
        self.digits = max(self.digits, -int(exponent))
        scaled = value.scaleb(self.digits)
        if abs(scaled) > _LARGEST:
            raise Refused("numbers of more than 18 digits in what events carried")
        return int(scaled)


def asked_attributes(expression: ex.Expression) -> tuple[tuple[str, str], ...]:
    """Owner and name of every attribute in it."""
    found = (part for part in changes.parts(expression) if isinstance(part, ex.Attribute))
    return tuple(dict.fromkeys((part.owner, part.name) for part in found))


@attrs.define(eq=False)
class Expressions(Forms):
    """Makes programs; keeps the columns that they read. `slots`: by event that is asked about, its chain's place."""

    tables: Tables
    statics: Statics
    timing: Timing
    codes: Codes
    lines: dict[str, tuple[str, ...]]
    """By event, the names of those that it also is, its own first."""
    slots: dict[str, int] = attrs.field(factory=dict)
    person_columns: list[Spread] = attrs.field(factory=list)
    account_columns: list[Spread] = attrs.field(factory=list)
    event_columns: list[Spread] = attrs.field(factory=list)
    atoms: list[tuple[int, int, int]] = attrs.field(factory=list)
    nobody: list[int] = attrs.field(factory=list)
    """The answers of person columns for the plan itself, who has no attributes."""
    longest: int = 0
    """The words of the longest program: nothing needs more room on the stack."""

    def slot(self, event: str) -> int:
        return self.slots.setdefault(event, len(self.slots))

    def program(self, expression: ex.Expression, *, whole: bool = False) -> int:
        """Where the program of an expression begins; `whole`: asked of the account, not of a person."""
        return self.put(self.code(expression, whole))

    def put(self, code: list[int]) -> int:
        """Where a program of this code begins."""
        self.longest = max(self.longest, len(code))
        return self.tables.put([*code, k.X_END])

    def optional(self, expression: ex.Expression | None, *, whole: bool = False) -> int:
        return -1 if expression is None else self.program(expression, whole=whole)

    def points(self, expression: ex.Expression, *, whole: bool = False) -> tuple[int, int]:
        """The points at which it may turn without an event: where their table begins, and how many."""
        found = self.point_words(expression, whole=whole)
        return self.tables.put(found), len(found) // k.POINT

    def point_words(self, expression: ex.Expression, *, whole: bool = False) -> list[int]:
        """The words of that table."""
        found: list[int] = []
        for part, event in changes.looked_at(expression):
            if isinstance(part, ex.Count) and part.within is not None:
                amount, unit = duration(Duration.parse(part.within))
                found += [k.T_COUNT, part.owner == "account", self.slot(part.event), -1, amount, unit, 0]
            for each in changes.comparisons(part):
                found += self._compare_points(each, event, whole)
        return found

    def _compare_points(self, part: ex.Compare, event: changes.LooksAt | None, whole: bool) -> list[int]:
        found: list[int] = []
        seen = event if changes.asks_event(part) else None
        for side, other in ((part.left, part.right), (part.right, part.left)):
            if seen is not None and isinstance(side, ex.Age | ex.Since):
                found += self._points_of_events(seen, side, other, whole)
            elif isinstance(side, ex.Since):
                held, owner, slot, atom = self._looked_at(side, whole)
                before = self.put(held) if held else -1
                found += [k.T_SINCE, owner, slot, atom, self._length_program(other, whole), before, 0]
            elif isinstance(side, ex.Age) and is_static(side.operand) and is_static(other):
                found += [k.T_MOMENT, whole, self._reached_column(side, other, whole), 0, 0, 0, 0]
            elif isinstance(side, ex.Age):
                date = self.program(side.operand, whole=whole)
                found += [k.T_AGE, 0, 0, 0, date, self._length_program(other, whole), 0]
        return found

    def _points_of_events(
        self, seen: changes.LooksAt, side: ex.Age | ex.Since, other: ex.Expression, whole: bool
    ) -> list[int]:
        """The moments that each event of which a `where` speaks tells."""
        where = self._where(seen.event, seen.owner == "account", whole)
        moment = self.put(where.reached(side, other, whole))
        held = self.put(where.before) if where.before else -1
        return [k.T_WHERE, seen.owner == "account", self.slot(seen.event), where.held, held, moment, 0]

    def _length_program(self, expression: ex.Expression, whole: bool) -> int:
        return self.put(self.code(expression, whole, length=True))

    # --- columns -----------------------------------------------------------------------------------------------------

    def static_column(
        self,
        attributes: tuple[tuple[str, str], ...],
        answer: Callable[[View], int],
        whole: bool,
        *,
        zoned: bool = False,
    ) -> int:
        """The column of an answer: of people, or of accounts (`whole`)."""
        if whole:
            self.account_columns.append(self.statics.of_accounts(attributes, answer))
            return k.TA_STATIC + len(self.account_columns) - 1
        self.person_columns.append(self.statics.of_people(attributes, answer, zoned=zoned))
        self.nobody.append(answer(self.statics.nobody()))
        return k.SP_STATIC + len(self.person_columns) - 1

    def missing_column(self, name: str) -> int:
        """The column that says of people whether an attribute is missing or empty; by codes, as its values are many."""
        column = self.statics.column("person", name)
        self.nobody.append(1)
        if column is None:
            self.person_columns.append(Spread(np.ones(1, np.int64), np.zeros(len(self.statics.people.ids), np.uint8)))
        else:
            told = not isinstance(column.values, Texts | Untold)  # those of files: an empty cell is a missing one
            empty = [code for code, value in enumerate(column.values) if value == ""] if told else []
            missing = (column.codes < 0) | np.isin(column.codes, empty)
            self.person_columns.append(Spread(np.arange(2), missing.view(np.uint8)))
        return k.SP_STATIC + len(self.person_columns) - 1

    def _static(self, expression: ex.Expression, whole: bool, length: bool) -> list[int]:
        evaluate = predicates.evaluator(expression, self.timing)

        def answer(view: View) -> int:
            return self.codes.of(evaluate(view, None), length=length)

        attributes = asked_attributes(expression)
        if not attributes:
            return [k.X_CONST, answer(self.statics.nobody())]
        return [k.X_ACCOUNT if whole else k.X_PERSON, self.static_column(attributes, answer, whole)]

    def _reached_column(self, age: ex.Age, length: ex.Expression, whole: bool) -> int:
        """The moment at which an age that only attributes decide has grown to a duration."""
        reaches, evaluate = predicates.reaches(age, self.timing), predicates.evaluator(length, self.timing)

        def answer(view: View) -> int:
            found = evaluate(view, None)
            moment = reaches(view, found, None) if isinstance(found, Duration) else None
            return k.MISS if moment is None else moment

        attributes = (*asked_attributes(age), *asked_attributes(length))
        return self.static_column(tuple(dict.fromkeys(attributes)), answer, whole, zoned=True)

    def _looked_at(self, part: changes.LooksAt, whole: bool) -> tuple[list[int], int, int, int]:
        """Of Ever, Count, Since and Last: the code of what is held for its `where`; whether of the account, the slot of
        the event, the atom of `where`."""
        of_account = part.owner == "account"
        held, atom = ([], -1) if part.where is None else self._atom(part.event, part.where, of_account, whole)
        return held, int(of_account), self.slot(part.event), atom

    def _also(self, event: str) -> frozenset[str]:
        """The names by which an event happens: its own, and those that start from it."""
        return frozenset((event, *(name for name, line in self.lines.items() if event in line)))

    def _where(self, event: str, of_account: bool, whole: bool) -> Where:
        return Where(self, self._also(event), of_account, whole)

    def _atom(self, event: str, where: ex.Expression, of_account: bool, whole: bool) -> tuple[list[int], int]:
        """A `where` as a column of events, where that decides it; else as a program, behind what is held for it."""
        looking = self._where(event, of_account, whole)
        if looking.is_column(where):
            return [], self.atom(looking.names, where, whole or of_account, lambda value: bool(value))
        code = looking.code(where, whole)
        self.atoms.append((-1, looking.held, self.put(code)))
        return looking.before, len(self.atoms) - 1

    def atom(self, names: frozenset[str], asked: ex.Expression, by_whole: bool, number: Callable[[Any], int]) -> int:
        """What attributes and the event itself decide, as a column of events; for derived events, which carry nothing,
        of those whom they happen to. `number`: of a value."""
        evaluate = predicates.evaluator(asked, self.timing)
        attributes = asked_attributes(asked)
        fields = dict.fromkeys(part.name for part in changes.parts(asked) if isinstance(part, ex.Payload))
        column = self.statics.of_events(
            names, attributes, fields, by_whole, lambda view, row: number(evaluate(view, row))
        )
        self.event_columns.append(column)
        derived = self.static_column(attributes, lambda view: number(evaluate(view, _NOTHING)), by_whole)
        self.atoms.append((k.EV_STATIC + len(self.event_columns) - 1, int(by_whole), derived))
        return len(self.atoms) - 1

    def numbered(self, length: bool) -> Callable[[Any], int]:
        """What numbers values."""
        return functools.partial(self.codes.of, length=length)

    def _field_column(self, part: ex.Last, length: bool) -> int:
        if part.field == "at":
            return -1
        names, field = self._also(part.event), part.field
        answer = self.statics.of_events(
            names, (), (field,), True, lambda view, row: self.codes.of(row.payload.get(field), length=length)
        )
        self.event_columns.append(answer)
        return k.EV_STATIC + len(self.event_columns) - 1

    # --- code --------------------------------------------------------------------------------------------------------

    def code(self, expression: ex.Expression, whole: bool, *, length: bool = False) -> list[int]:
        if is_static(expression):
            return self._static(expression, whole, length)
        return self.made(expression, whole, length)

    def _elapsed(self, sign: str, side: ex.Age | ex.Since, other: ex.Expression, whole: bool) -> list[int]:
        if isinstance(side, ex.Since):
            held, owner, slot, atom = self._looked_at(side, whole)
            return [*self.code(other, whole, length=True), *held, k.X_SINCE, owner, slot, atom, SIGNS[sign], 0]
        if is_static(side.operand) and is_static(other):
            column = self._reached_column(side, other, whole)
            return [k.X_ACCOUNT if whole else k.X_PERSON, column, k.X_NOW, SIGNS[sign]]
        operands = [*self.code(side.operand, whole), *self.code(other, whole, length=True)]
        return [*operands, k.X_AGE, SIGNS[sign], 0, 0, 0, 0]

    def moment(self, part: ex.Since, whole: bool) -> list[int]:
        """The moment of the latest such event."""
        held, owner, slot, atom = self._looked_at(part, whole)
        return [*held, k.X_MOMENT, owner, slot, atom, 0, 0]

    def _age(self, part: ex.Age, whole: bool, length: bool) -> list[int]:
        """Age and since have no value of their own."""
        return [k.X_CONST, k.MISS]

    _since = _age

    def _ever(self, part: ex.Ever, whole: bool, length: bool) -> list[int]:
        held, *looked_at = self._looked_at(part, whole)
        return [*held, k.X_EVER, *looked_at, 0, 0]

    def _count(self, part: ex.Count, whole: bool, length: bool) -> list[int]:
        amount, unit = duration(Duration.parse(part.within) if part.within else None)
        held, *looked_at = self._looked_at(part, whole)
        code = [*held, k.X_COUNT, *looked_at, amount, unit]
        return code if self.codes.scale == 1 else [*code, k.X_SCALE, self.codes.scale, 0, 0, 0, 0]

    def _last(self, part: ex.Last, whole: bool, length: bool) -> list[int]:
        held, *looked_at = self._looked_at(part, whole)
        return [*held, k.X_LAST, *looked_at, self._field_column(part, length), 0]


class _Nothing:
    payload: dict[str, Any] = {}  # noqa: RUF012


_NOTHING: Any = _Nothing()
