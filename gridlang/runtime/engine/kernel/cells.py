"""R1, R4, R5: segment, roles and level, and in which campaigns' cells people stand."""

from __future__ import annotations

from gridlang.runtime.engine.kernel import runs
from gridlang.runtime.engine.kernel.asking import evaluate, next_change, person_at, truth
from gridlang.runtime.engine.kernel.jit import jit
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.memory import copy, push
from gridlang.runtime.engine.kernel.rows import log
from gridlang.runtime.engine.kernel.world import of_person


@jit
def place_in_segment(P, M, now):
    """R1: the first segment whose `where` holds for one of the account's targets."""
    for person in range(M[M_PEOPLE]):
        M[person_at(P, M, person) + PN_FIGURES] = figures(P, M, person, now)
    M[M_SEGMENT] = -1
    M[M_CHANGES] += 1
    for segment in range(P[H_SEGMENTS]):
        program = P[P[P_SEGMENTS] + segment]
        if program < 0 or has_target(P, M, segment, program, now):
            M[M_SEGMENT] = segment
            break
    note_level(P, M, now)


@jit
def has_target(P, M, segment, program, now):
    """Whether `where` holds for one of those with role target by the segment's map; without a map, for anybody."""
    chart = map_of(P, M, segment)
    for person in range(M[M_PEOPLE]):
        if chart >= 0 and not (P[H_TARGET] >= 0 and (roles(P, M, person, segment) >> P[H_TARGET]) & 1):
            continue
        if truth(evaluate(P, M, program, person, now)):
            return True
    return False


@jit
def map_of(P, M, segment):
    return P[P[P_MAP_OF] + segment * P[H_PHASES] + M[M_PHASE]]


@jit
def note_level(P, M, now):
    """Remember the level from now on, for `contact_every` (R28); without a segment there is none."""
    if P[H_SILENT]:
        level = M[M_RELATION] if M[M_SEGMENT] >= 0 else -1
        n = M[M_LEVELS]
        if n == 0 or M[M[M_LEVELS_AT] + n - 1] != level:
            push(M, M_LEVELS, now)
            push(M, M_LEVELS, level)


@jit
def figures(P, M, person, now):
    """The persons of maps that a contact plays, as bits."""
    found = of_person(P, M, person, SP_FIGURES)
    for number in range(P[H_FIGURES_ASKED]):
        asked = P[P_FIGURES] + 2 * number
        figure = P[asked]
        if (found >> figure) & 1 == 0 and truth(evaluate(P, M, P[asked + 1], person, now)):
            found |= 1 << figure
    return found


@jit
def roles(P, M, person, segment):
    """Roles as bits: those of the figures on the map of the segment and phase, and those of the row."""
    found, chart = of_person(P, M, person, SP_ROLES), map_of(P, M, segment)
    if chart >= 0:
        played, figure = M[person_at(P, M, person) + PN_FIGURES], P[P_MAP_ROLES] + chart * P[H_FIGURES]
        while played:
            if played & 1:
                found |= P[figure]
            played >>= 1
            figure += 1
    return found


@jit
def ask_level(P, M, now):
    """R5: the highest level whose predicate holds, and when it can be lost or won without an event."""
    M[M_RELATION_ASKED], M[M_RELATION] = 0, -1
    M[M_CHANGES] += 1
    if M[M_RELATED] == 0 and P[H_LEVEL_ALONE] != MISS:
        M[M_RELATION], M[M_RELATION_TURNS] = P[H_LEVEL_ALONE], FAR
        return
    for level in range(P[H_RELATIONS] - 1, -1, -1):
        program = P[P[P_RELATIONS] + level]
        if program < 0 or truth(evaluate(P, M, program, -1, now)):
            M[M_RELATION] = level
            break
    M[M_RELATION_TURNS] = next_change(P, M, P[P_RELATION_POINTS], P[P_RELATION_POINTS_N], -1, now)


@jit
def ask_level_again(P, M, now):
    if M[M_RELATION_ASKED] or M[M_RELATION_TURNS] <= now:
        before = M[M_RELATION]
        ask_level(P, M, now)
        if M[M_RELATION] != before:
            M[M_MOVED] = 1
            note_level(P, M, now)


@jit
def stand(P, M, now):
    """R4: runs of campaigns that no longer stand there end, campaigns that newly stand there start, others go on."""
    ask_level_again(P, M, now)
    if M[M_MOVED] == 0:
        return
    M[M_MOVED] = 0
    M[M_CHANGES] += 1
    for person in range(M[M_PEOPLE]):
        standing(P, M, person)
    for person in range(M[M_PEOPLE]):
        at = person_at(P, M, person)
        for number in range(M[at + PN_STANDING_OLD_N]):
            flow = M[at + P[PO_OLD] + number]
            if not is_in(M, at + P[PO_STANDING], M[at + PN_STANDING_N], flow):
                runs.leave_cell(P, M, person, flow, now)
    for person in range(M[M_PEOPLE]):
        at = person_at(P, M, person)
        for number in range(M[at + PN_STANDING_N]):
            flow = M[at + P[PO_STANDING] + number]
            if not is_in(M, at + P[PO_OLD], M[at + PN_STANDING_OLD_N], flow):
                runs.arrive(P, M, person, flow, now)
    runs.ask_touches_again(M, now)
    if P[H_KEEPS] and not M[M_IS_MASS]:
        for person in range(M[M_PEOPLE]):
            played = M[person_at(P, M, person) + PN_FIGURES]
            log(M, L_DIARY, DIARY_CELL, now, person, played, M[M_SEGMENT], M[M_PHASE], M[M_RELATION])


@jit
def is_in(M, at, n, value):
    for number in range(n):
        if M[at + number] == value:
            return True
    return False


@jit
def standing(P, M, person):
    """The campaigns in whose cell a person stands; what it was is kept beside it."""
    at = person_at(P, M, person)
    before, after = at + P[PO_OLD], at + P[PO_STANDING]
    n = M[at + PN_STANDING_N]
    copy(M, M, after, before, n)
    M[at + PN_STANDING_OLD_N], M[at + PN_STANDING_N] = n, 0
    if M[M_IS_MASS]:
        for number in range(P[H_MASS_FLOWS]):
            M[after + number] = P[P[P_MASS_FLOWS] + number]
        M[at + PN_STANDING_N] = P[H_MASS_FLOWS]
        return
    if M[M_SEGMENT] < 0:
        M[at + PN_ROLES] = 0
        return
    M[at + PN_ROLES] = roles(P, M, person, M[M_SEGMENT])
    cell = P[P_CELLS] + 2 * (M[M_SEGMENT] * P[H_PHASES] + M[M_PHASE])
    found, chart = 0, map_of(P, M, M[M_SEGMENT])
    for number in range(P[cell + 1]):
        flow = P[P[cell] + number]
        if stands(P, M, at, flow, chart):
            M[after + found] = flow
            found += 1
    M[at + PN_STANDING_N] = found


@jit
def stands(P, M, at, flow, chart):
    """By relation, and by role or as the person of a map; without either, everybody."""
    entry = P[P_FLOWS] + flow * FLOW
    if P[entry + F_RELATIONS] >= 0 and (M[M_RELATION] < 0 or P[P[entry + F_RELATIONS] + M[M_RELATION]] == 0):
        return False
    if P[entry + F_ROLES] < 0 and P[entry + F_ADDRESSED_N] == 0:
        return True
    if P[entry + F_ROLES] >= 0 and P[entry + F_ROLES] & M[at + PN_ROLES]:
        return True
    for number in range(P[entry + F_ADDRESSED_N]):
        pair = P[entry + F_ADDRESSED] + 2 * number
        if P[pair] == chart and (M[at + PN_FIGURES] >> P[pair + 1]) & 1:
            return True
    return False
