"""The way into the kernel: accounts one after the other, the plan itself, and the desk where accounts meet."""

from __future__ import annotations

import numpy as np

from gridlang.runtime.engine.kernel import keeping
from gridlang.runtime.engine.kernel.account import live, live_mass, prepare
from gridlang.runtime.engine.kernel.jit import jit, jit_whole, numbers
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.meeting import meet


@jit
def run_accounts(P, W, M, told, at, last, mode, arrows):
    """Live the accounts from at[0] up to, not with, `last`; rows go into the log from at[1] on, what is asked of the
    desk goes to its attempts from at[2] on.

    An account that asks leaves no rows until the desk has answered (MODE_TOLD); what it would leave is kept behind
    at[3], and put back if it finds room everywhere. `told`: for each account, where the answers to it begin. `at` says
    how far it came, also when memory was too small (MemoryError): from there it can go on. Stops early when the log is
    three quarters full.
    """
    full = W[W_LOG_SIZE] - W[W_LOG_SIZE] // 4
    while at[0] < last and at[1] <= full:
        account = at[0]
        if mode == MODE_TOLD and keeping.has_room(W, told, account):
            keeping.put_back(W, told, at, account, arrows)
            at[0] += 1
            continue
        prepare(P, W, M, W[W_MEMORY_SIZE], account, 1, mode, 0)
        M[M_OUT], M[M_ASKS_OUT], M[M_TOLD] = at[1], at[2], told[account] if mode == MODE_TOLD else 0
        live(P, M)
        if M[M_ASKS_OUT] > at[2]:
            keeping.keep(P, W, M, at, account)
            at[2] = M[M_ASKS_OUT]
        else:
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
    prepare(P, W, M, W[W_MEMORY_SIZE], account, 1, MODE_FREE, 1)
    M[M_OUT] = at[1]
    live_mass(P, M, events, events_n)
    at[1] = M[M_OUT]
    count_arrows(M, arrows)


@jit_whole
def drive(wanted, worlds, told, at, last, mode, arrows, rows, world, most_members):
    """The one way into the kernel, compiled once: accounts of the first world live, the plan itself does, or the desk
    meets.

    Of the desk it gives what `meet` does; of the others nothing. `told`: for accounts, where the desk's answers to each
    begin; for the desk, what was handed out before. `at`: for the desk, how many accounts worlds before each have.
    """
    W = worlds[0]
    P, M = numbers(W[W_PLAN]), numbers(W[W_MEMORY])
    if wanted == RUN_ACCOUNTS:
        run_accounts(P, W, M, told, at, last, mode, arrows)
    elif wanted == RUN_MASS:
        run_mass(P, W, M, numbers(rows.ctypes.data), len(rows), at, last, arrows)
    else:
        return meet(worlds, told, rows, world, at, most_members)
    return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64)
