"""What accounts leave, read: its records by kind, as tables."""

from __future__ import annotations

import numpy as np

from gridlang.runtime.engine.kernel.jit import halves, jit, jit_whole, numbers
from gridlang.runtime.engine.kernel.keeping import K_RECORDS, KEPT, name_members, put_back
from gridlang.runtime.engine.kernel.layout import *

ROW_WIDTH = 18
"""person, flow, step, visit, channel, message, at, ready, lead, X0 .. X5, first link, links, turn."""
WIDTHS = np.array([0, *([ROW_WIDTH] * 5), 10, 6, 11, 11, 8, 11, 5, 4, 4, 6, 11, 1], np.int64)
"""Numbers of a record of each kind in its table: its own; but of a row's, those above. A state has many."""
LINKS = L_KINDS


@jit_whole
def counts(log, end, kept):
    """How many records of each kind stand in the log and in what is kept of accounts (addresses, `kernel.keeping`);
    behind them how many links. Of states, how many numbers in all."""
    found = np.zeros(LINKS + 1, np.int64)
    count(numbers(log.ctypes.data), LOG_BEGINS, end, found)
    for place in kept:
        count(halves(place), KEPT, KEPT + halves(place)[K_RECORDS], found)
    return found


@jit
def count(O, at, end, found):
    """Of the records from `at` up to `end`."""
    while at < end:
        kind = O[at]
        found[kind] += O[at + 1] if kind == L_STATE else 1
        if L_TOUCH <= kind <= L_SKIP:
            found[LINKS] += O[at + LR_LINKS_N]
        at += O[at + 1]


@jit_whole
def sort_out(log, end, kept, told, answers, arrows, begins, found, links):
    """Each record of the log and of what is kept to the table of its kind, which begins in `found` at `begins`; the
    links of rows to `links` (n, 3). Of what is kept, the desk's answers name the members, those to each account from
    `told` on, and arrows are counted.

    A row of touches, tasks, notices, audiences and skips has ROW_WIDTH numbers. Of other records the two that say kind
    and length become the last lead before it (-1: none) and its turn, and stand at the end.
    """
    at, most = np.zeros(3, np.int64), 0
    put(numbers(log.ctypes.data), LOG_BEGINS, end, begins, found, links, at)
    for place in kept:
        most = max(most, halves(place)[K_RECORDS])
    records = np.empty(most, np.int64)
    for number in range(len(kept)):
        account = numbers(records.ctypes.data)
        n = put_back(kept[number], account, arrows)
        name_members(account, 0, n, answers, told[number])
        put(account, 0, n, begins, found, links, at)


@jit
def put(O, record, end, begins, found, links, at):
    """Of the records up to `end`; `at`: how many turns, leads and links came before."""
    turn, leads, link = at[0], at[1], at[2]
    while record < end:
        kind, length = O[record], O[record + 1]
        leads += kind == L_LEAD
        turn += 1
        to = begins[kind]
        if L_TOUCH <= kind <= L_SKIP:
            begins[kind] += ROW_WIDTH
            for number in range(15):
                found[to + number] = O[record + 2 + number]
            if found[to + 8] == -3:
                found[to + 8] = leads - 1
            n = O[record + LR_LINKS_N]
            found[to + 15], found[to + 16], found[to + 17] = link, n, turn
            for number in range(n):
                for part in range(3):
                    links[link, part] = O[record + LR_LINKS + 3 * number + part]
                link += 1
        else:
            begins[kind] += length
            for number in range(length - 2):
                found[to + number] = O[record + 2 + number]
            found[to + length - 2], found[to + length - 1] = leads - 1, turn
        record += length
    at[0], at[1], at[2] = turn, leads, link
