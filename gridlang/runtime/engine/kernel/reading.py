"""The log, read: how many records of each kind, and their numbers as tables."""

from __future__ import annotations

import numpy as np

from gridlang.runtime.engine.kernel.jit import jit_whole
from gridlang.runtime.engine.kernel.layout import *

ROW_WIDTH = 20
"""person, flow, step, visit, channel, message, at, ready, lead, X0 .. X5, first link, links, turn."""


@jit_whole
def counts(O, end):
    """How many records of each kind; behind them how many links."""
    found = np.zeros(L_ACCOUNT + 2, np.int64)
    at = LOG_BEGINS
    while at < end:
        kind = O[at]
        found[kind] += 1
        if L_TOUCH <= kind <= L_SKIP:
            found[L_ACCOUNT + 1] += O[at + LR_LINKS_N]
        at += O[at + 1]
    return found


@jit_whole
def rows(O, end, wanted, n, links, first_link):
    """The records of one kind of row, (n, ROW_WIDTH); their links go into `links` from `first_link` on."""
    found = np.zeros((n, ROW_WIDTH), np.int64)
    at, row, turn, leads, link = LOG_BEGINS, 0, 0, 0, first_link
    while at < end:
        kind = O[at]
        leads += kind == L_LEAD
        turn += 1
        if kind == wanted:
            for number in range(15):
                found[row, number] = O[at + 2 + number]
            if found[row, 8] == -3:
                found[row, 8] = leads - 1
            count = O[at + LR_LINKS_N]
            found[row, 15], found[row, 16], found[row, 17] = link, count, turn
            for number in range(count):
                for part in range(3):
                    links[link, part] = O[at + LR_LINKS + 3 * number + part]
                link += 1
            row += 1
        at += O[at + 1]
    return found


@jit_whole
def records(O, end, wanted, n, width):
    """The records of another kind; behind their numbers the last lead before them (-1: none), and their turn."""
    found = np.zeros((n, width + 2), np.int64)
    at, row, leads, turn = LOG_BEGINS, 0, 0, 0
    while at < end:
        kind = O[at]
        leads += kind == L_LEAD
        turn += 1
        if kind == wanted:
            for number in range(width):
                found[row, number] = O[at + 2 + number]
            found[row, width], found[row, width + 1] = leads - 1, turn
            row += 1
        at += O[at + 1]
    return found
