"""L03xx: remarks that allow a finding, `# grid: allow(rule) reason`."""

from __future__ import annotations

from gridlang.diagnostics.model import Code, Level

NO_REASON = Code(
    "L0301",
    "allowed-without-reason",
    Level.WARNING,
    "this remark allows `{rule}` and does not say why",
    why="whoever reads the plan next cannot tell a decision from an oversight, so without a reason nothing is allowed",
    help="write the reason behind it: `# grid: allow({rule}) decided with sales, until the spring`",
)
IDLE_ALLOWANCE = Code(
    "L0302",
    "idle-allowance",
    Level.WARNING,
    "nothing here is found that `allow({rule})` would allow",
    why="a remark that stays behind hides the next finding of that rule, which nobody has decided on",
    help="remove it",
)
UNKNOWN_ALLOWED = Code(
    "L0303",
    "unknown-allowed",
    Level.WARNING,
    "no warning or note is called `{rule}`",
    why="a remark allows findings by the names of their rules; an error cannot be allowed",
    help="{near}",
)
ODD_REMARK = Code(
    "L0304",
    "odd-grid-remark",
    Level.WARNING,
    "a remark that begins with `grid:` is for the compiler, and it does not know `{words}`",
    why="what was meant by it does not happen",
    help="write `# grid: allow(rule) reason`, or a remark without `grid:`",
)
