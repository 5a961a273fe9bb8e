"""What an account may ask of the world: the rows of its people, its own, its events and names."""

from __future__ import annotations

from gridlang.runtime.engine.kernel.jit import jit, numbers
from gridlang.runtime.engine.kernel.layout import *


@jit
def stand_in(P, W, M, account):
    """Where the rows of an account stand; `account` counts the rows of this world."""
    M[M_ROW] = account
    M[M_ACCOUNT_ROW] = W[W_ACCOUNTS] + NUMBER * account * P[H_ACCOUNT_COLUMNS]
    M[M_ACCOUNT], M[M_FIRST] = of_account(M, TA_NUMBER), of_account(M, TA_FIRST)
    M[M_PEOPLE] = of_account(M, TA_PEOPLE_N)
    M[M_EVERYBODY] = M[M_PEOPLE] + of_account(M, TA_ABSENT)
    M[M_STATE] = W[W_STATE] + NUMBER * of_account(M, TA_STATE)
    M[M_PERSON_ROWS] = W[W_PEOPLE] + NUMBER * of_account(M, TA_PEOPLE) * P[H_PERSON_COLUMNS]
    M[M_EVENT_ROWS], M[M_BYTES], M[M_FULL] = W[W_EVENTS], W[W_BYTES], W[W_FULL]
    M[M_LOG], M[M_LOG_SIZE] = W[W_LOG], W[W_LOG_SIZE]
    M[M_ASKS], M[M_ASKS_SIZE] = W[W_ASKS], W[W_ASKS_SIZE]


@jit
def of_account(M, column):
    """A column of the account's row."""
    return numbers(M[M_ACCOUNT_ROW])[column]


@jit
def of_person(P, M, person, column):
    """A column of the row of one of its people, counted from its first."""
    return numbers(M[M_PERSON_ROWS])[person * P[H_PERSON_COLUMNS] + column]


@jit
def of_event(P, M, row, column):
    """A column of an event's row."""
    return numbers(M[M_EVENT_ROWS])[row * P[H_EVENT_COLUMNS] + column]


@jit
def log_of(M):
    """The log of rows."""
    return numbers(M[M_LOG])
