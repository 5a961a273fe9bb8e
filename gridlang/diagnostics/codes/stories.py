"""G08xx: tests of a plan."""

from gridlang.diagnostics.model import Code, Level

UNKNOWN_PERSON = Code(
    "G0801",
    "unknown-person-of-test",
    Level.ERROR,
    "nobody called `{name}` is in this test",
    help="{hint}",
)
UNKNOWN_ATTRIBUTE = Code(
    "G0802",
    "unknown-attribute-of-test",
    Level.ERROR,
    "nobody has an attribute `{name}`",
    help=("did you mean `{near}`?", "Attributes are declared in `fields person`: {known}"),
)
WRONG_ATTRIBUTE = Code(
    "G0803",
    "wrong-attribute-of-test",
    Level.ERROR,
    "`{name}` is {type}, and cannot be {found}",
    help="{hint}",
)
UNKNOWN_STEP = Code(
    "G0804",
    "unknown-step-of-test",
    Level.ERROR,
    "no task of the plan is the step `{name}`",
    help=("did you mean `{near}`?", "Tasks that can be answered: {known}"),
)
UNKNOWN_OUTCOME = Code(
    "G0805",
    "unknown-outcome-of-test",
    Level.ERROR,
    "the task `{step}` has no outcome `{name}`",
    help=("did you mean `{near}`?", "Its outcomes: {known}"),
)
EXPECTED_WHAT = Code(
    "G0806",
    "expected-what",
    Level.ERROR,
    "what is expected here is not clear: `{verb}` {shape}",
    help="write `{example}`",
)
NO_PERSONS = Code(
    "G0807",
    "nobody-in-test",
    Level.ERROR,
    "nobody is in this test",
    why="a plan does nothing without people",
    help='add somebody: `person per {{ first_name: "Per" … }}`',
)
MISSING_ATTRIBUTE = Code(
    "G0809",
    "missing-attribute-of-test",
    Level.ERROR,
    "`{person}` has no {names}",
    why="the CRM knows it of everybody, and a row without it would be refused",
    help="give it a value, or let it be missing: `{first}: {type}?` in `fields person`",
)
UNKNOWN_REASON = Code(
    "G0808",
    "unknown-reason",
    Level.ERROR,
    "no contact is skipped because of `{name}`",
    help=("did you mean `{near}`?", "Reasons are: {known}"),
)
STORY_TWICE = Code(
    "G0810",
    "test-twice",
    Level.ERROR,
    "another test has the same title ({place})",
    why="a report of tests could not say which of them fails",
    help="say in its title what is different in it",
)
