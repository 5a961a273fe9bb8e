"""A schedule and what a run is given, lowered to tables of integers for the kernel."""

from gridlang.runtime.engine.lowering.lower import Lowered, lower
from gridlang.runtime.engine.lowering.refusals import Refused, unsupported
from gridlang.runtime.engine.lowering.stretch import Stretch

__all__ = ["Lowered", "Refused", "Stretch", "lower", "unsupported"]
