"""Partitions made by hand: what Spark does with a table, without Spark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np
import pyarrow

from gridlang.runtime import inputs
from gridlang.runtime.inputs import InputFiles
from gridlang.runtime.rows import Input
from gridlang.schedule.model import Schedule

PARTITIONS = 3


@attrs.frozen(eq=False)
class ByHand:
    """Answers as a session of Spark, and as its tables, for the few things that a run asks of them."""

    table: Any = None
    sorted_by: tuple[str, ...] = ()

    def createDataFrame(self, table: Any) -> ByHand:  # noqa: N802
        return ByHand(table)

    def repartition(self, column: str) -> ByHand:
        assert column == "account"
        return self

    def sortWithinPartitions(self, *columns: str) -> ByHand:  # noqa: N802
        return attrs.evolve(self, sorted_by=columns)

    def mapInArrow(self, work: Any, schema: str) -> ByHand:  # noqa: N802
        found = [batch for number, part in self._parts() for batch in work.done(part, number)]
        return ByHand(pyarrow.Table.from_batches(found) if found else self._nothing())

    def toArrow(self) -> Any:  # noqa: N802
        return self.table

    def _parts(self) -> Iterator[tuple[int, Any]]:
        account = self.table.column("account").to_numpy()
        for number in range(PARTITIONS):
            rows = np.flatnonzero(account * 7 % PARTITIONS == number)[::-1]
            part = self.table.take(pyarrow.array(rows))
            if len(part):
                yield number << 20, part.sort_by([(column, "ascending") for column in self.sorted_by])

    @staticmethod
    def _nothing() -> Any:
        types = {"part": "int64", "table": "string", "numbers": "int64", "text": "binary"}
        return pyarrow.table({name: pyarrow.array([], kind) for name, kind in types.items()})


def without_capacity(schedule: Schedule) -> Schedule:
    """The plan with all the room that its teams may need; who of them takes a task is asked all the same."""
    return attrs.evolve(schedule, teams=tuple(attrs.evolve(team, capacity=None) for team in schedule.teams))


def some(schedule: Schedule, files: InputFiles, people: int) -> Input:
    """The accounts of so many people."""
    given = inputs.read(schedule, files).value
    accounts = {contact.account for contact in given.contacts[:people]}
    return attrs.evolve(given, contacts=tuple(each for each in given.contacts if each.account in accounts))
