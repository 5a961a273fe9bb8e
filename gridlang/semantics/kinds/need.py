"""`need`: what moves customers."""

from gridlang.schedule import model
from gridlang.semantics.kinds.base import Bound, Kind


def _lower(bound: Bound) -> model.Need:
    return model.Need(**bound.common())


KIND = Kind("need", "What moves customers; messages say which needs they wake.", lower=_lower)
