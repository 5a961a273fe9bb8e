"""R3: edges of the journey; entering a phase."""

from __future__ import annotations

from gridlang.runtime.engine.kernel.cells import place_in_segment
from gridlang.runtime.engine.kernel.jit import jit
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.memory import record
from gridlang.runtime.engine.kernel.rows import log
from gridlang.runtime.engine.kernel.world import log_of


@jit
def edge_of(P, M, name):
    """Where the edge that an event takes from the account's phase stands (target, place), or 0."""
    if M[M_PHASE] < 0:
        return 0
    return P[P[P_EDGES] + M[M_PHASE] * P[H_EVENTS] + name]


@jit
def walk_edge(P, M, now):
    """The first event of this instant that takes an edge from the account's phase takes it, and is used up."""
    event = M[M_HAPPENED]
    while event:
        edge = 0 if M[event + O_TAKEN] else edge_of(P, M, M[event + O_NAME])
        if edge:
            M[event + O_TAKEN] = 1
            enter_phase(P, M, P[edge], now, 1, M[event + O_NAME], -1, P[edge + 1])
            return True
        event = M[event + O_NEXT]
    return False


@jit
def log_move(M, target, now, why, a, b, place):
    O = log_of(M)
    at = record(M, L_MOVE, 10)
    O[at + 2], O[at + 3], O[at + 4], O[at + 5] = M[M_ACCOUNT], M[M_PHASE], target, now
    O[at + 6], O[at + 7], O[at + 8], O[at + 9] = why, a, b, place


@jit
def enter_phase(P, M, phase, now, why, a, b, place):
    """Enter a phase; for the second time in one instant it is an issue, and the account stays (R23)."""
    if M[M[M_VISITED] + phase] == now:
        log(M, L_ISSUE, ISSUE_SPINNING_PHASE, now, phase, why, a, b, M[M_PHASE])
        return
    log_move(M, phase, now, why, a, b, place)
    M[M_PHASE], M[M_MOVED] = phase, 1
    M[M[M_VISITED] + phase] = now
    place_in_segment(P, M, now)
