"""L02xx: what a rehearsal of the plan with invented people has shown."""

from gridlang.diagnostics.model import Code, Level

RUNS_INTO_CAP = Code(
    "L0201",
    "runs-into-cap",
    Level.WARNING,
    "the plan runs into its own cap {rate}: this {verb} {effect}",
    why="{path}",
    help="put a wait before it, lower what comes before, or raise the cap ({place})",
)
