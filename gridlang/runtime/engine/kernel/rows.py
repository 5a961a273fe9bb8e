"""Rows come to be: records of the log."""

from __future__ import annotations

from gridlang.runtime.engine.kernel.jit import jit
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.memory import copy, record
from gridlang.runtime.engine.kernel.world import log_of


@jit
def log_lead(M):
    """The key of R17 whose turn it is, unless it stands in the log already."""
    O = log_of(M)
    if M[M_LEAD_SET] == 0:
        at = record(M, L_LEAD, 8)
        for number in range(6):
            O[at + 2 + number] = M[M_LEAD_0 + number]
        M[M_LEAD_SET] = 1


@jit
def lead_of(M, priority, ready, flow, step, person, visit):
    """-2: before any touch of this second, -4: the plan's second turn, -1: its own key's turn, -3: of the last lead."""
    if M[M_LEAD] == 0:
        return -4 if M[M_PHASE2] else -2
    if (
        M[M_LEAD_0] == -priority
        and M[M_LEAD_1] == ready
        and M[M_LEAD_2] == flow
        and M[M_LEAD_3] == step
        and M[M_LEAD_4] == person
        and M[M_LEAD_5] == visit
    ):
        return -1
    log_lead(M)
    return -3


@jit
def row(P, M, kind, person, flow, step, visit, channel, message, at, ready, links):
    """A row; when `links`, with the chain in the scratch. Gives where it stands."""
    O = log_of(M)
    whom = -1 if M[M_IS_MASS] else M[M_FIRST] + person
    priority = P[P[P_FLOWS] + flow * FLOW + F_PRIORITY]
    lead, n = lead_of(M, priority, ready, flow, step, whom, visit), M[M_LINKS] if links else 0
    found = record(M, kind, LR_LINKS + 3 * max(n, 2))
    O[found + LR_PERSON], O[found + LR_FLOW], O[found + LR_STEP], O[found + LR_VISIT] = whom, flow, step, visit
    O[found + LR_CHANNEL], O[found + LR_MESSAGE], O[found + LR_AT], O[found + LR_READY] = channel, message, at, ready
    O[found + LR_LEAD], O[found + LR_LINKS_N] = lead, n
    base = M[M_SCRATCH]
    copy(M, O, base, found + LR_LINKS, 3 * n)
    return found


@jit
def ready_only(M, found, place):
    """The chain of a row that never waited: the step was reached."""
    O = log_of(M)
    O[found + LR_LINKS_N] = 1
    O[found + LR_LINKS], O[found + LR_LINKS + 1], O[found + LR_LINKS + 2] = RULE_READY, place, 0


@jit
def run_row(P, M, kind, run, channel, message, at, links):
    """A row of the step at which a run is."""
    return row(
        P, M, kind, M[run + R_PERSON], M[run + R_FLOW], M[run + R_STEP], M[run + R_VISIT], channel, message, at,
        M[run + R_READY], links,
    )  # fmt: skip


@jit
def log(M, kind, a, b, c, d, e, f, g):
    """A record of seven numbers, behind the lead that it belongs to."""
    O = log_of(M)
    is_told = kind == L_ISSUE or kind == L_DIARY
    if M[M_LEAD] and is_told:
        log_lead(M)
    at = record(M, kind, 11)
    O[at + 2], O[at + 3], O[at + 4], O[at + 5], O[at + 6], O[at + 7], O[at + 8] = a, b, c, d, e, f, g
    O[at + 9] = M[M_ACCOUNT]
    O[at + 10] = (-3 if M[M_LEAD] else -4 if M[M_PHASE2] else -2) if is_told else 0
