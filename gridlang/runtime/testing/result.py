"""All tests of a plan that were told, as every format shows them."""

from __future__ import annotations

import attrs

from gridlang.runtime.testing.arms import Arm
from gridlang.runtime.testing.told import Failure, Told
from gridlang.schedule.model import Schedule


@attrs.frozen(kw_only=True)
class Result:
    """`untaken` are arms that no test takes, None when only some of the tests were told; `arms` counts all."""

    schedule: Schedule
    told: tuple[Told, ...]
    untaken: tuple[Arm, ...] | None
    arms: int

    @property
    def failed(self) -> int:
        return sum(not each.holds for each in self.told)

    def where(self, place: int) -> str:
        """`tests.grid:12`."""
        found = self.schedule.places[place]
        return f"{found.file}:{found.line}"

    def detail(self, told: Told) -> tuple[str, ...]:
        """What went wrong with a test, a paragraph each."""
        troubles = (f"{self.where(each.place)}: {each.reason}" for each in told.troubles)
        return (*troubles, *(self._failure(each) for each in told.failures))

    def _failure(self, failure: Failure) -> str:
        lines = [f"{self.where(failure.place)}: expected", f"    {failure.expected}", "  happened"]
        for each in failure.happened:
            lines += [f"    {line}".rstrip() for line in each.chain.splitlines()]
            lines.append("")
        lines = lines if failure.remark is None else [*lines, f"    {failure.remark}"]
        return "\n".join(lines).rstrip("\n")


def summary(told: Told) -> str:
    """The first thing that went wrong with a test, in a line."""
    if told.troubles:
        return told.troubles[0].reason
    return f"expected {told.failures[0].expected}"
