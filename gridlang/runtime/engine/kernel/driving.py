"""The way into the kernel: accounts one after the other, the plan itself, and the desk where accounts meet."""

from __future__ import annotations

from gridlang.runtime.engine.kernel.account import live, live_mass, prepare
from gridlang.runtime.engine.kernel.jit import jit, jit_whole, numbers
from gridlang.runtime.engine.kernel.keeping import keep, name_members
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.meeting import meet, put_before
from gridlang.runtime.engine.kernel.world import log_of


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
            keep(P, W, M, at, at[1], at[0])
            at[2] = M[M_ASKS_OUT]
        else:
            at[1] = M[M_OUT]
            count_arrows(M, arrows)
        at[0] += 1


@jit
def live_again(P, W, M, at, rows, n):
    """Live those whom the desk has turned away, from the at[0]th on of n rows (`ASKING`). What they leave is kept, what
    they ask of the desk now goes to its attempts; the log serves each in turn."""
    while at[0] < n:
        row = ASKING * at[0]
        prepare(P, W, M, W[W_MEMORY_SIZE], rows[row], 0)
        M[M_ROW], M[M_OUT], M[M_ASKS_OUT] = rows[row + 1], LOG_BEGINS, at[2]
        M[M_DECIDED], M[M_WAITS_AT], M[M_WAITS] = rows[row + 2], rows[row + 3], rows[row + 4]
        live(P, M)
        keep(P, W, M, at, LOG_BEGINS, rows[row + 1])
        at[2] = M[M_ASKS_OUT]
        at[0] += 1


@jit
def tell(P, W, M, told, at, last, arrows):
    """Live those once more whom the desk has answered and of whom nothing is kept, as `live_all` does. `told`: for each
    account, where the answers to it begin."""
    full, kept = W[W_LOG_SIZE] - W[W_LOG_SIZE] // 4, numbers(W[W_KEPT_AT])
    while at[0] < last and at[1] <= full:
        if kept[at[0]] == 0:
            prepare(P, W, M, W[W_MEMORY_SIZE], at[0], 0)
            M[M_OUT], M[M_DECIDED] = at[1], FAR
            live(P, M)
            name_members(log_of(M), at[1], M[M_OUT], numbers(W[W_ANSWERS]), told[at[0]])
            at[1] = M[M_OUT]
            count_arrows(M, arrows)
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
def drive(wanted, world, desk, told, at, last, arrows, rows):
    """The one way into the kernel, compiled once.

    LIVE: the accounts of a world live. LIVE_AGAIN: those whom the desk has turned away, `rows`. TELL: those to whom it
    has answered and who are not kept. LIVE_MASS: the plan itself; `rows` is what happened to it. MEET: the desk
    decides; `rows` is what was handed out before.
    """
    W, D, given = numbers(world.ctypes.data), numbers(desk.ctypes.data), numbers(rows.ctypes.data)
    P, M = numbers(W[W_PLAN]), numbers(W[W_MEMORY])
    if wanted == LIVE:
        live_all(P, W, M, at, last, arrows)
    elif wanted == LIVE_AGAIN:
        live_again(P, W, M, at, given, len(rows) // ASKING)
    elif wanted == TELL:
        tell(P, W, M, told, at, last, arrows)
    elif wanted == LIVE_MASS:
        run_mass(P, W, M, given, len(rows) // 2, at, last, arrows)
    else:
        put_before(P, D, given, len(rows))
        meet(P, D)
