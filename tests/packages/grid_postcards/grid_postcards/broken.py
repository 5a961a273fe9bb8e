"""Targets that do not keep the contract."""

from __future__ import annotations

from typing import Any

import attrs

from gridlang.diagnostics import Outcome
from gridlang.outputs import OutputFile
from gridlang.targets.interface import Options


@attrs.frozen
class _Broken:
    name: str
    gives: Any = None
    doc: str = "breaks"
    usual: bool = False
    options: type[Options] = Options

    def files(self, schedule: object, options: Options) -> Any:
        if self.gives is None:
            raise RuntimeError("the printer is on fire")
        return self.gives


NAMELESS = _Broken("another name")
FAILING = _Broken("failing")
ESCAPING = _Broken("escaping", Outcome((OutputFile("../plan.grid", b"campaign gone {}"),)))
SILENT = _Broken("silent", ("a text",))
