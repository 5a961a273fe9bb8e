"""`barrier`: what holds customers back."""

from gridlang.schedule import model
from gridlang.semantics.kinds.base import Bound, Kind


def _lower(bound: Bound) -> model.Barrier:
    return model.Barrier(**bound.common())


KIND = Kind("barrier", "What holds customers back; messages say which barriers they answer.", lower=_lower)
