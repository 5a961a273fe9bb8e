"""Where everything stands in the arrays of the kernel: all of them hold int64 and nothing else.

`P` is the plan (tables one after the other, their offsets in its head), `M` the memory of the account that lives, `O`
the log of rows. What the account may ask of the world stands at the addresses of `W`: what is known of persons, of
accounts and of events (a row each), the bytes of names, the answers of the desk.
"""

from __future__ import annotations

MISS = -(1 << 62)
"""A value that is missing; a moment that never was."""
FAR = 1 << 61
"""A moment that never comes."""
DAY = 86_400
MIN_DAY, MAX_DAY = -719_162, 2_932_896
FIRST_WALL, LAST_WALL = -62_135_596_800, 253_402_300_799

# --- the head of P: sizes, moments, and where tables begin -----------------------------------------------------------
(
    H_HORIZON, H_START, H_PERIOD_END, H_CLOSES, H_ZONE,
    H_FLOWS, H_EVENTS, H_CAPS, H_RULES, H_CHANNELS, H_TEAMS, H_PREDICATES, H_DATES, H_SEGMENTS, H_PHASES,
    H_FIGURES, H_RELATIONS, H_VISITS, H_SILENT,
    P_CALENDAR, P_NAMES, P_EDGES, P_FLOWS, P_CHANNELS, P_RULES, P_CAPS, P_TEAMS,
    P_SEGMENTS, P_FIGURES, P_RELATIONS, P_MAP_OF, P_MAP_ROLES, P_CELLS, P_PREDICATES, P_DATES, P_NAME_PREDICATES,
    P_NAME_DATES, P_NAME_STARTS, P_CAP_CHANNELS, P_RELATION_POINTS, P_RELATION_POINTS_N, P_STEP_TEXTS, P_MEMBERS,
    H_START_PHASE, H_JOURNEY_PLACE, H_PLAN_PLACE, H_TARGET, P_ORDERS, H_SEED, H_SEED_N, H_PLAN, H_PLAN_N,
    P_CHANNEL_IS, H_TOTAL_STEPS, P_MASS_FLOWS, H_MASS_FLOWS, H_PERSON_SIZE,
    H_SALES, HEAD,
) = range(59)  # fmt: skip

# --- zones -----------------------------------------------------------------------------------------------------------
Z_N, Z_TIMES, Z_OFFSETS, Z_WALLS_0, Z_WALLS_1, Z_SETTLED, Z_FIRST_DAY, Z_DAYS, Z_END, ZONE = range(10)
UNSETTLED = 1 << 40
"""Of a day: the clock changes on it, on the day before or after, or it is in no table."""
CYCLE = 146_097 * DAY
"""400 years: the calendar and every rule of daylight saving come again."""

# --- the calendar: weekend (bits), first special day, how many; then workday (0, 1) and blackout (-1, or index) a day
K_WEEKEND, K_FIRST, K_DAYS, K_WORK, K_BLACKOUT, K_STRETCHES, CALENDAR = range(7)
"""Stretches of blackouts: last day, place."""

# --- units of durations ----------------------------------------------------------------------------------------------
U_MIN, U_H, U_D, U_W, U_MO, U_Y, U_WORKDAYS = range(7)
C_DAY, C_WEEK, C_MONTH, C_QUARTER, C_YEAR = range(5)

# --- names of events -------------------------------------------------------------------------------------------------
(
    N_LINEAGE,
    N_LINEAGE_N,
    N_SLOTS,
    N_SLOTS_N,
    N_NUMBER,
    N_RELATION,
    N_RULE,
    N_MASS,
    N_GIVEN,
    N_WITHDRAWN,
    N_CONTACTED,
    N_MEASURED,
    N_MEASURED_N,
    N_STARTS,
    NAME,
) = range(15)

# --- flows and steps -------------------------------------------------------------------------------------------------
(
    F_STEPS, F_PRIORITY, F_PATIENCE, F_PATIENCE_UNIT, F_STARTS, F_START_EVENT, F_START_DATE, F_UNTIL,
    F_REENTRY, F_REENTRY_AMOUNT, F_REENTRY_UNIT, F_HOLDOUT, F_PLACE, F_GOAL, F_GOAL_AMOUNT, F_GOAL_UNIT,
    F_JUMPS, F_REPEATS, F_BASE, F_NAME, F_NAME_N, F_HOLDOUT_STEP, F_NFC, F_NFC_N, F_RELATIONS, F_ROLES,
    F_ADDRESSED, F_ADDRESSED_N, F_HOLDOUT_NUMBER, F_ARROW, FLOW,
) = range(31)  # fmt: skip
STARTS_NONE, STARTS_EVENT, STARTS_DATE = range(3)
REENTRY_ALWAYS, REENTRY_ONCE, REENTRY_AFTER = range(3)

(
    S_VERB, S_PLACE, S_NEXT, S_REPEAT, S_JUMPS, S_JUMPS_N, S_ID, S_ID_N, S_NFC, S_NFC_N, S_ARROW,
    S_A, S_B, S_C, S_D, S_E, S_F, S_G, S_H, STEP,
) = range(20)  # fmt: skip
(
    V_SEND, V_TASK, V_SHOW, V_NOTIFY, V_WAIT, V_WAIT_UNTIL, V_WAIT_FOR, V_ASK, V_CHOOSE, V_SPLIT, V_REPEAT, V_MOVE,
    V_STOP, V_JUMP,
) = range(14)  # fmt: skip
# send: A channels, B how many, C message, D at (seconds or -1), E duration, F its unit (-1 none), G else (-2 none)
# task: A channel, B message, C team, D due, E unit, F arms (outcome, next), G how many, H overdue (-2 none)
# show: A channel, B message   notify: A team   wait: A duration, B unit
# wait until: A 0 weekday, 1 days, 2 date; B weekday or days or program; C how many days; D at
# wait for: A slot, B role (-1), C within, D unit
# ask: A within, B unit, C arms (n, next, slots ...), D how many, E nothing, F of account
# choose: A arms (program, next), B how many, C otherwise
# split: A arms (share, next), B how many
# repeat: A every, B unit, C body, D weekday (-1), E at (-1), F first day (MISS), G number
# move: A phase   jump: A times, B otherwise, C number

# --- channels, hours, rules, caps, teams -----------------------------------------------------------------------------
(
    C_LEAD, C_LEAD_UNIT, C_PATIENCE, C_PATIENCE_UNIT, C_PLACE, C_SKIPS, C_HOURS, C_HOURS_N, C_DAYS, C_DAYS_MASK,
    C_DAYS_PLACE, C_QUIET, C_QUIET_N, C_CONSENT, C_CONSENT_COLUMN, C_ADDRESS_COLUMN, C_CAPS, C_CAPS_N, C_QUIET_RULES,
    C_QUIET_RULES_N, C_FORBID, C_FORBID_N, C_PERSONAL, C_AUDIENCE, C_TURNING, C_TURNING_N, CHANNEL,
) = range(27)  # fmt: skip
D_ANY, D_WEEKDAYS, D_WORKDAYS = range(3)
W_START, W_END, W_PLACE, HOURS = range(4)
R_PHASES, R_SEGMENTS, R_ROLES, R_WHEN, R_PLACE, R_QUIET, R_QUIET_N, R_POINTS, R_POINTS_N, RULE = range(10)
(
    Q_COUNT, Q_AMOUNT, Q_UNIT, Q_CALENDAR, Q_PLACE, Q_ACCOUNT, Q_RULE, CAP,
) = range(8)  # fmt: skip
(
    G_HOURS, G_HOURS_N, G_DAYS, G_DAYS_MASK, G_DAYS_PLACE, G_CAPACITY, G_CALENDAR, G_AMOUNT, G_UNIT, G_PLACE, G_ASKED,
    G_MEMBERS, TEAM,
) = range(13)  # fmt: skip
A_PROGRAM, A_POINTS, A_POINTS_N, A_NAME, ASKED = range(5)

# --- expressions -----------------------------------------------------------------------------------------------------
(
    X_END, X_CONST, X_PERSON, X_ACCOUNT, X_NOT, X_ALL, X_ANY, X_COMPARE, X_NOW, X_SINCE, X_AGE, X_EVER, X_COUNT,
    X_LAST, X_HAS, X_SUM, X_SHIFT, X_AMONG, X_BETWEEN, X_SCALE, X_LISTED, X_MOMENT, X_HELD, X_EVENT, X_AGED, X_LATER,
    X_DECIDES,
) = range(27)  # fmt: skip
"""X_DECIDES: a value whose truth is the first number decides, and what is so far behind as the second says goes on with
it; else it goes. X_HELD, X_EVENT: in a `where` that is a program, a value that stood on the stack before it looked at
events, and the answer of an atom."""
EQ, NE, LT, LE, GT, GE = range(6)
T_COUNT, T_MOMENT, T_SINCE, T_AGE, T_WHERE, POINT = 0, 1, 2, 3, 4, 7
"""When a predicate may turn: kind; owner is account; slot, of a moment its column; atom; amount or program;
unit or program. Of T_WHERE, which tells a moment by each event: how many values are held, their program, its own."""

# --- rows of S, T and E ----------------------------------------------------------------------------------------------
(
    SP_ZONE, SP_FIGURES, SP_ROLES, SP_SALES, SP_RAW, SP_RAW_N, SP_NFC, SP_NFC_N, SP_STATIC,
) = range(9)  # fmt: skip
(
    TA_ENTRY, TA_PEOPLE, TA_PEOPLE_N, TA_EVENTS, TA_EVENTS_N, TA_PHASE, TA_RAW, TA_RAW_N, TA_NUMBER, TA_FIRST,
    TA_ABSENT, TA_STATE, TA_STATIC,
) = range(13)  # fmt: skip
"""TA_NUMBER, TA_FIRST: the number of the account and of its first person among all (of the plan itself: -1). TA_ABSENT:
how many rows behind its people are of those who are known from before, and have no row today. TA_STATE: where the state
of the account begins (`kernel.restoring`); 0: it has none."""
(
    EV_AT, EV_PERSON, EV_NAME, EV_OUTCOME, EV_OUTCOME_NAME, EV_STEP, EV_TASK_0, EV_TASK_1, EV_NUMBER, EV_CONSENT,
    EV_COUNTED, EV_STATIC,
) = range(12)  # fmt: skip
"""EV_TASK_0: -1 no task, -2 one that no row can have. Consent: -1 all, -2 no channel of the plan.
EV_COUNTED: whether an earlier run has counted it against caps (R15)."""

# --- M: the account --------------------------------------------------------------------------------------------------
(
    M_TOP, M_OUT, M_ACCOUNT, M_PHASE, M_SEGMENT, M_RELATION, M_RELATION_TURNS, M_RELATION_ASKED, M_ASKED_AGAIN,
    M_MOVED, M_READ, M_ENTERED, M_PEOPLE, M_FIRST, M_EVENTS_FIRST, M_EVENTS_LAST, M_HAPPENED, M_UNSTARTED, M_HANDOUTS,
    M_IS_MASS, M_LEAD, M_LEAD_SET, M_LINKS, M_SPARE, M_ATTEMPT, M_PERSONS, M_VISITED, M_COUNTED, M_HEADS, M_TOUCHED,
    M_GOALS, M_STACK,
    M_SCRATCH, M_SCRATCH_END, M_PHASE2, M_RUNS, M_MEMBER, M_DECIDED, M_WAITS_AT, M_WAITS, M_PEAKS,
    M_NOW, M_LEAD_0, M_LEAD_1, M_LEAD_2, M_LEAD_3, M_LEAD_4, M_LEAD_5, M_POPS,
    M_LEVELS, M_LEVELS_ROOM, M_LEVELS_AT, M_TOUCHED_LIST, M_TOUCHED_ROOM, M_TOUCHED_AT,
    M_TAKEN, M_TAKEN_ROOM, M_TAKEN_AT, M_PERSON_ROWS, M_ACCOUNT_ROW, M_EVENT_ROWS, M_BYTES, M_FULL, M_LOG,
    M_LOG_SIZE, M_ROW, M_ASKS, M_ASKS_SIZE, M_ASKS_OUT, M_STARTS, M_EVERYBODY, M_STATE, M_OLD_EVENTS,
    M_OLD_HANDOUTS, M_HANDED, M_AUDIENCES, M_TURN, M_EVENT_AT, M_EVENTS_END,
    M_CHANGES, M_RELATED, MEMORY,
) = range(82)  # fmt: skip
"""M_TOUCHED: which predicates must be asked again; M_TOUCHED_LIST: when anybody was reached (R28); M_STARTS: how many
starts are planned; M_TAKEN: arrows that runs took; M_PERSON_ROWS to M_LOG, M_ASKS, M_STATE: addresses; M_EVERYBODY:
people, then those who are absent; M_NOW to M_POPS: its turn at the desk; M_ATTEMPT: how many places it found there, of
which the desk has given it the first M_DECIDED; M_WAITS_AT, M_WAITS: at which team it is taken to find none, so many
times more; M_HANDED, M_AUDIENCES: how many tasks and audiences so far; the first M_OLD_HANDOUTS tasks and M_OLD_EVENTS
events are old."""
# a person: fixed fields, then arrays
(
    PN_FIGURES, PN_ROLES, PN_CONSENTS, PN_GOALS, PN_AUDIENCES, PN_STARTS, PN_STANDING_N, PN_STANDING_OLD_N, PN_DATED,
    PN_LIVED, PN_FIXED,
) = range(11)  # fmt: skip
"""PN_LIVED: up to which moment they lived in earlier runs; MISS: in none."""
# arrays of a person: standing, standing before, ended, starts, run, visits, slots' heads, truths, turns, caps, received

# an event that happened
O_AT, O_PERSON, O_NAME, O_ROW, O_TAKEN, O_NUMBER, O_NEXT, OCCURRENCE = range(8)
# a run
(
    R_FLOW, R_PERSON, R_ACTIVE, R_STARTED, R_STEP, R_READY, R_VISIT, R_FRESH, R_STIRRED, R_WAKE, R_SPINS,
    R_LAST_CONTACT, R_USED, R_TURNING, R_WAITING, R_W_CHANNEL, R_W_EARLIEST, R_W_MOMENT, R_W_DEADLINE, R_W_DESK,
    R_W_READY, R_CHAIN, R_HANDOUT, R_JUMPS, R_REPEATS, R_NEXT, R_ASKED, R_ASKED_OF, RUN,
) = range(29)  # fmt: skip
REPEAT_TURN = 4
"""Of a repeat in a run: begun, reached, series (wall clock or MISS), number."""
# a task handed out
(
    HO_PERSON,
    HO_FLOW,
    HO_STEP,
    HO_VISIT,
    HO_READY,
    HO_DUE,
    HO_CLOSED,
    HO_RUN,
    HO_ROW,
    HO_ID_0,
    HO_ID_1,
    HO_OUTCOME,
    HO_NEXT,
    HO_NUMBER,
    HO_PRIORITY,
    HO_TEXT,
    HO_WITHDRAWN,
    HO_OFFERED,
    HANDOUT,
) = range(19)
"""HO_NUMBER: of the account's, in the order in which they were handed out; HO_TEXT: which column of the texts that name
steps (`P_STEP_TEXTS`) means it; HO_OFFERED: the list of the outcomes that it offers, 0: those of its step."""
# somebody in an audience
AU_FLOW, AU_UNTIL, AU_NUMBER, AU_ROW, AU_NEXT, AUDIENCE = range(6)
# a goal that can still be reached
GO_FLOW, GO_UNTIL, GO_NEXT, GO_EVENT, GOAL = range(5)
# --- O: records ------------------------------------------------------------------------------------------------------
(
    L_END, L_TOUCH, L_TASK, L_NOTICE, L_AUDIENCE, L_SKIP, L_MOVE, L_SILENCE, L_ORDER, L_ISSUE, L_LEAD, L_MASS,
    L_GOALS, L_PEAK, L_HAPPENED, L_ACCOUNT, L_DIARY, L_STATE, L_KINDS,
) = range(19)  # fmt: skip
# every record: kind, length; rows: person, campaign, step, visit, channel, message, at, ready, lead, then their own,
# then how many links and the links.
(
    LR_KIND, LR_LENGTH, LR_PERSON, LR_FLOW, LR_STEP, LR_VISIT, LR_CHANNEL, LR_MESSAGE, LR_AT, LR_READY, LR_LEAD,
    LR_X0, LR_X1, LR_X2, LR_X3, LR_X4, LR_X5, LR_LINKS_N, LR_LINKS,
) = range(19)  # fmt: skip
# task: X0 team, X1 known member, X2 deadline, X3 closed, X4 outcome, X5 withdrawn
# audience: X0 until, X1 end    skip: X0 reason
ISSUE_SPINNING_RUN, ISSUE_SPINNING_PHASE, ISSUE_LATE, ISSUE_UNASKED, ISSUE_OFFERED = range(5)
DIARY_CELL, DIARY_BEGINS, DIARY_ENDS, DIARY_AUDIENCE = range(4)
"""A cell: person, figures, segment, phase, relation. A run begins, or ends: person, campaign, whether it left its cell.
Somebody leaves an audience: its number."""
(
    RULE_READY, RULE_LEAD, RULE_AT, RULE_HOURS, RULE_DAYS, RULE_QUIET, RULE_BLACKOUT, RULE_FORBID, RULE_CAP, RULE_DESK,
    RULE_CAPACITY, RULE_CONSENT, RULE_ADDRESS, RULE_PATIENCE, RULE_HOLDOUT, RULE_PERIOD_OVER, RULE_EVENT, RULE_MOVE,
    RULE_ENTRY,
) = range(19)  # fmt: skip
REASON_CONSENT, REASON_ADDRESS, REASON_CAP, REASON_PATIENCE, REASON_HOLDOUT, REASON_PERIOD_OVER = range(6)
# --- where the arrays of a person begin, in P ------------------------------------------------------------------------
(
    PO_STANDING, PO_OLD, PO_ENDED, PO_STARTS, PO_RUNS, PO_VISITS, PO_HEADS, PO_TRUTHS, PO_TURNS, PO_CAPS, PO_RECEIVED,
    PO_PEAKS, P_TEMPLATE, H_SLOTS, P_ATOMS, P_SILENCES, H_ORDER_RULES, P_SLOT_OF, H_PERSON_COLUMNS, H_ACCOUNT_COLUMNS,
    H_EVENT_COLUMNS, H_KEEPS, H_FIGURES_ASKED, H_STACK, P_LISTS, H_LEVEL_ALONE, H_FIRST_DAY, H_DAYS, H_MONTHS, P_MONTHS,
    P_MONTH_BEGINS, HEAD_ALL,
) = range(HEAD, HEAD + 32)  # fmt: skip
"""P_MONTHS: of each day from H_FIRST_DAY on its month, counted from the first, times 32, and its day in it;
P_MONTH_BEGINS: the first day of each month, and of the one behind the last."""
AT_EVENT, AT_ACCOUNT, AT_COLUMN, ATOM = range(4)
"""An atom: a column of E; for derived events a column of T (1) or of S (0), and which. A `where` that is a program: -1;
how many values are held for it; the program."""
UNANSWERED = -3
"""As the member of a task: whom the desk names for the first place that its account found there; -4: for the second;
and on."""
A_TURN, A_BEFORE, A_TEAM, A_TAKES, A_KNOWN, A_ROW, A_ACCOUNT, ATTEMPT = 0, 8, 9, 10, 11, 12, 13, 14
"""An attempt at the desk: its turn, how many places the account found before, team, whether one would be taken (NONE:
the account was taken to find none), the member known to take it (-1: the least busy, -2: the team has none), the row of
T, the account's number."""
NONE = -1
TURN = 8
"""The order of the desk: moment, the six numbers of R17, how many turns of the account came in this second."""
A_ASKER, A_LIFE = A_ROW, A_ACCOUNT
"""What stands there at the desk itself: which of all accounts that ask it is, and in which of its lives."""
X_TURN, X_UNTIL, FULL = 0, 8, 9
"""A time in which a team has no place: the turn from which on, and the moment before which."""
LOG_BEGINS = 1
"""A record never stands at 0: that is "not written"."""

# --- arrows of flowcharts: a step's first counter, and behind it -----------------------------------------------------
ARROW_NEXT, ARROW_ELSE = 0, 1
"""Of send; of task `next`, `overdue`, then its outcomes; of a counted arrow `again`, `else`."""
ARROW_OVERDUE, ARROW_OUTCOMES = 1, 2
ARROW_REST, ARROW_ARMS = 0, 1
"""Of ask `nothing`, then every event of its arms; of choose `otherwise`, of split `next`, then the arms."""
LIVE, LIVE_AGAIN, TELL, LIVE_MASS, MEET = range(5)
"""What is wanted of the kernel."""
ASKING = 5
"""Who is lived again: row of T, number among those who ask, how many places it was given, at which team it is taken to
find none, how often."""
AWAY = 3
"""Who was turned away: its number among those who ask, and the last two."""

# --- W: the addresses of the world, and the sizes of what may be too small -------------------------------------------
(
    W_PLAN, W_PEOPLE, W_ACCOUNTS, W_EVENTS, W_BYTES, W_ANSWERS, W_MEMORY, W_MEMORY_SIZE, W_LOG, W_LOG_SIZE,
    W_ASKS, W_ASKS_SIZE, W_STATE, W_KEPT, W_KEPT_SIZE, W_KEPT_AT, W_FULL, WORLD,
) = range(18)  # fmt: skip
"""W_KEPT: room for what accounts that ask leave (`kernel.keeping`), W_KEPT_AT: the address of what each has left, 0:
nothing. W_FULL: when teams were full (`kernel.desk`)."""
NUMBER, HALF = 8, 4
"""Bytes of a number, and of half a one."""

# --- D: the desk (`kernel.meeting`) ----------------------------------------------------------------------------------
(
    D_FIRST, D_FIRST_N, D_FIRST_AT, D_FIRST_LAST, D_FIRST_SAID, D_LATER, D_LATER_N, D_LATER_AT, D_LATER_SAID, D_HEAP,
    D_HEAP_N, D_LIFE, D_DECIDED, D_TEAMS, D_LOADS, D_MEMBERS, D_BUSY, D_AGAIN, D_AGAIN_N, D_FULL, DESK,
) = range(21)  # fmt: skip
"""Addresses and numbers. The next attempts of first lives in order, how many, how far the desk is, whether they are the
last, what it said; those of later lives, how many, how many are in the heap or decided, what it said; the heap of their
rows. Of each account that asks: its life that counts, how many places it was given. What is counted of each team; the
loads of its members, how many a team has room for; places that roll. Who is to be lived again; when teams were full."""
UNIT_ENDS, UNIT_TAKEN, DAY_NUMBER, DAY_ENDS, BUSY_AT, BUSY_ROOM, BUSY_FIRST, BUSY, WAITING, CALLED, COUNTS = range(11)
"""What is counted of each team: of the calendar's unit of its capacity, when it ends and how many places are taken in
it; of the day on which the loads of its members are counted, which it is and when it ends; of a window that rolls,
where the ring stands of moments at which places become free, how long it is, where it begins, how many there are; how
many have found it full since it is; how many who waited were called for the places that it has."""
X_TIMES, X_BEGINS, X_ROOM, TIMES = range(4)
"""At the head of W_FULL, for each team: how many times it was full, where they begin, for how many there is room."""
