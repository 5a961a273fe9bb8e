"""The log, read: its records by kind, as tables."""

from __future__ import annotations

import numpy as np

from gridlang.runtime.engine.kernel.jit import jit_whole
from gridlang.runtime.engine.kernel.layout import *

ROW_WIDTH = 18
"""person, flow, step, visit, channel, message, at, ready, lead, X0 .. X5, first link, links, turn."""
WIDTHS = np.array([0, *([ROW_WIDTH] * 5), 10, 6, 11, 11, 8, 11, 5, 4, 4, 6, 11, 1], np.int64)
"""Numbers of a record of each kind in its table: its own; but of a row's, those above. A state has many."""
LINKS = L_KINDS


@jit_whole
def counts(O, end):
    """How many records of each kind; behind them how many links. Of states, how many numbers in all."""
    found = np.zeros(LINKS + 1, np.int64)
    at = LOG_BEGINS
    while at < end:
        kind = O[at]
        found[kind] += O[at + 1] if kind == L_STATE else 1
        if L_TOUCH <= kind <= L_SKIP:
            found[LINKS] += O[at + LR_LINKS_N]
        at += O[at + 1]
    return found


@jit_whole
def sort_out(O, end, begins, found, links):
    """Each record to the table of its kind, which begins in `found` at `begins`; the links of rows to `links` (n, 3).

    A row of touches, tasks, notices, audiences and skips has ROW_WIDTH numbers. Of other records the two that say kind
    and length become the last lead before it (-1: none) and its turn, and stand at the end.
    """
    at, turn, leads, link = LOG_BEGINS, 0, 0, 0
    while at < end:
        kind, length = O[at], O[at + 1]
        leads += kind == L_LEAD
        turn += 1
        to = begins[kind]
        if L_TOUCH <= kind <= L_SKIP:
            begins[kind] += ROW_WIDTH
            for number in range(15):
                found[to + number] = O[at + 2 + number]
            if found[to + 8] == -3:
                found[to + 8] = leads - 1
            count = O[at + LR_LINKS_N]
            found[to + 15], found[to + 16], found[to + 17] = link, count, turn
            for number in range(count):
                for part in range(3):
                    links[link, part] = O[at + LR_LINKS + 3 * number + part]
                link += 1
        else:
            begins[kind] += length
            for number in range(length - 2):
                found[to + number] = O[at + 2 + number]
            found[to + length - 2], found[to + length - 1] = leads - 1, turn
        at += length
