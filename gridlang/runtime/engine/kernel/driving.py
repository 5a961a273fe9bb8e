"""The way into the kernel: accounts one after the other, the plan itself, and the desk where accounts meet."""

from __future__ import annotations

from gridlang.runtime.engine.kernel.account import live, live_mass, prepare
from gridlang.runtime.engine.kernel.jit import jit, jit_whole, numbers
from gridlang.runtime.engine.kernel.keeping import keep, name_members, put_back
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.meeting import meet, put_before


@jit
def live_all(P, W, M, at, last, arrows):
    """Live the accounts from at[0] up to, not with, `last`; rows go into the log from at[1] on, what is asked of the
    desk goes to its attempts from at[2] on.

    An account that asks leaves no rows until the desk has answered: what it would leave is kept behind at[3]. `at` says
    how far it came, also when memory was too small (MemoryError): from there it can go on. Stops early when the log is
    three quarters full.
    """
    full = W[W_LOG_SIZE] - W[W_LOG_SIZE] // 4
    while at[0] < last and at[1] <= full:
        prepare(P, W, M, W[W_MEMORY_SIZE], at[0], 0)
        M[M_OUT], M[M_ASKS_OUT] = at[1], at[2]
        live(P, M)
        if M[M_ASKS_OUT] > at[2]:
            keep(P, W, M, at, at[1], at[0], 0)
            at[2] = M[M_ASKS_OUT]
        else:
            at[1] = M[M_OUT]
            count_arrows(M, arrows)
        at[0] += 1


@jit
def live_again(worlds, M, at, rows, n):
    """Live those whom the desk has turned away, from the at[0]th on of n rows (`ASKING`). What they leave is kept, what they ask of the desk now goes to its attempts;
    the log serves each in turn."""
    while at[0] < n:
        row = ASKING * at[0]
        W, asker = numbers(worlds + NUMBER * WORLD * rows[row]), rows[row + 2]
        P = numbers(W[W_PLAN])
        prepare(P, W, M, W[W_MEMORY_SIZE], rows[row + 1], 0)
        M[M_ROW], M[M_OUT], M[M_ASKS_OUT] = asker, LOG_BEGINS, at[2]
        M[M_DECIDED], M[M_WAITS_AT], M[M_WAITS] = rows[row + 3], rows[row + 4], rows[row + 5]
        live(P, M)
        keep(P, W, M, at, LOG_BEGINS, asker, 1)
        at[2] = M[M_ASKS_OUT]
        at[0] += 1


@jit
def tell(P, W, M, told, at, last, arrows):
    """Write what accounts leave to whom the desk has answered, as `live_all` does: what is kept of them; who is not
    kept is lived once more. `told`: for each account, where the answers to it begin."""
    full = W[W_LOG_SIZE] - W[W_LOG_SIZE] // 4
    while at[0] < last and at[1] <= full:
        begin = at[1]
        if not put_back(W, at, at[0], arrows):
            prepare(P, W, M, W[W_MEMORY_SIZE], at[0], 0)
            M[M_OUT], M[M_DECIDED] = begin, FAR
            live(P, M)
            at[1] = M[M_OUT]
            count_arrows(M, arrows)
        name_members(W, begin, at[1], told[at[0]])
        at[0] += 1


@jit
def count_arrows(M, arrows):
    """What the account's runs took."""
    for number in range(M[M_TAKEN]):
        arrows[M[M[M_TAKEN_AT] + number]] += 1


@jit
def run_mass(P, W, M, events, events_n, at, account, arrows):
    """Live the plan itself, to whom events of accounts happened: pairs of (moment, name), in order."""
    prepare(P, W, M, W[W_MEMORY_SIZE], account, 1)
    M[M_OUT] = at[1]
    live_mass(P, M, events, events_n)
    at[1] = M[M_OUT]
    count_arrows(M, arrows)


@jit_whole
def drive(wanted, worlds, desk, told, at, last, arrows, rows):
    """The one way into the kernel, compiled once. `wanted`: the accounts of the first world live (LIVE), those live
    again whom the desk has turned away (`rows`, of all worlds: LIVE_AGAIN), accounts are told what the desk has answered
    (TELL), the plan itself lives (`rows`: what happened to it: LIVE_MASS), or the desk decides (`rows`: what was handed
    out before: MEET)."""
    first, given = worlds.ctypes.data, numbers(rows.ctypes.data)
    W, D = numbers(first), numbers(desk.ctypes.data)
    P, M = numbers(W[W_PLAN]), numbers(W[W_MEMORY])
    if wanted == LIVE:
        live_all(P, W, M, at, last, arrows)
    elif wanted == LIVE_AGAIN:
        live_again(first, M, at, given, len(rows) // ASKING)
    elif wanted == TELL:
        tell(P, W, M, told, at, last, arrows)
    elif wanted == LIVE_MASS:
        run_mass(P, W, M, given, len(rows) // 2, at, last, arrows)
    else:
        put_before(P, D, given, len(rows))
        meet(P, D)
