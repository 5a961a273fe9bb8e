"""gridlang: the compiler for integrated marketing plans.

A plan goes one way through this house:

    source -> syntax -> semantics -> analysis -> schedule -> targets
                                                    \\-> runtime (executes a schedule)

Every stage is a function of what it is given, `stage(frozen input) -> Outcome[frozen output]`: a user's mistake is a
finding in the outcome, an exception is our own. What each folder holds, in the order of the way:

    source.py       a text and the places in it
    quantities.py   durations, money, rates: what plans count in
    records.py      what nodes and schedule records have in common
    formulas.py     cells that a spreadsheet would work out, made harmless
    outputs.py      what targets and runs hand over: files as bytes
    diagnostics/    findings: their model, their codes as data, their renderers
    settings/       `grid.toml` beside a plan: its tables, typed by whoever they are for
    syntax/         from text to nodes, by the grammar in grammar/; the only place that knows the parser
    semantics/      from nodes to a checked plan: kinds of declarations, names, types, flows; and its lowering
    analysis/       what a plan leaves open: a file a rule
    schedule/       the schedule: the contract between compiling and executing, with its JSON, clocks and calendars
    crm/            task lists as other systems take them: a file a system
    rehearsal/      the plan tried on invented people: what no flowchart shows
    linting/        what becomes of warnings: allowed by a remark, weighed by settings, known from before, mended
    compiler.py     all stages in a row: a folder in, a schedule out
    targets/        what a schedule is built into: a folder a target (page, calendar, task lists)
    runtime/        what a schedule does: inputs, the reference interpreter, outputs, because-chains, a plan's tests
    run_page/       a run as a page for people: figures and drawings, and nobody in it
    tracing/        from a line of an output back to its place in the plan
    manual/         the pages of `grid explain` and the reference, made of what the compiler knows
    files/          the disk: reading plans and tables, writing outputs whole
    store.py        the folder of a state: held by one run at a time, whole whatever happens
    resources.py    what comes with the program: grammar, library, the plan to begin with
    cache.py        what was worked out before, kept by content
    editor/         the language server: a file a feature, thin over what a plan was understood as
    cli/            the command `grid`: a file a command; the only place that prints and exits

Where to add: a kind of declaration is a file in `semantics/kinds/`, a finding a code in `diagnostics/codes/`, a rule a
file in `analysis/rules/`, a target a folder in `targets/`, a command a file in `cli/commands/`. All are found by being
there, and the tests in tests/shape/ say what is missing.
"""

__version__ = "0.1.0"
