"""G03xx: values, types and units."""

from gridlang.diagnostics.model import Code, Level

WRONG_VALUE = Code(
    "G0301",
    "wrong-value",
    Level.ERROR,
    "`{field}` takes {expects}, not {found}",
    help="{hint}",
)
TOO_MANY_VALUES = Code(
    "G0302",
    "too-many-values",
    Level.ERROR,
    "`{field}` takes one value, not {count}",
    help="keep one of them",
)
NO_CURRENCY = Code(
    "G0303",
    "no-currency",
    Level.ERROR,
    "`{field}` needs a currency",
    why="the plan counts in {currency}",
    help="write `{number} {currency}`",
)
WRONG_CURRENCY = Code(
    "G0304",
    "wrong-currency",
    Level.ERROR,
    "{found} in a plan that counts in {currency}",
    why="amounts of two currencies cannot be added without a rate, and a plan has none",
    help="give the amount in {currency}",
)
BACKWARD_RANGE = Code(
    "G0305",
    "backward-range",
    Level.ERROR,
    "the {what} ends before it begins: {start} .. {end}",
    help="swap the two",
)
OUT_OF_BOUNDS = Code(
    "G0306",
    "out-of-bounds",
    Level.ERROR,
    "`{field}` cannot be {value}: it lies between {low} and {high}",
    help="choose a value in between",
)
UNKNOWN_WORD = Code(
    "G0307",
    "unknown-word",
    Level.ERROR,
    "`{field}` cannot be `{word}`",
    help="it is one of: {words}",
)
UNKNOWN_TYPE = Code(
    "G0308",
    "unknown-type",
    Level.ERROR,
    "there is no type `{name}`",
    help=("did you mean `{near}`?", "The types: {types}"),
)
UNKNOWN_ATTRIBUTE = Code(
    "G0309",
    "unknown-attribute",
    Level.ERROR,
    "nobody has an attribute `{name}`",
    help="{hint}",
)
UNKNOWN_FUNCTION = Code(
    "G0310",
    "unknown-function",
    Level.ERROR,
    "there is no function `{name}`",
    help=("did you mean `{near}`?", "There are: {functions}"),
)
WRONG_ARGUMENTS = Code(
    "G0311",
    "wrong-arguments",
    Level.ERROR,
    "`{function}` is written `{shape}`",
    help="{hint}",
)
MIXED_TYPES = Code(
    "G0312",
    "mixed-types",
    Level.ERROR,
    "{left} ({left_type}) cannot be compared with {right} ({right_type})",
    why="units never mix silently",
    help="{hint}",
)
NOT_A_PREDICATE = Code(
    "G0313",
    "not-a-predicate",
    Level.ERROR,
    "`{text}` is {type}, where a condition is asked for",
    help="compare it with something, or ask `has({text})`",
)
NOT_A_DATE = Code(
    "G0314",
    "not-a-date",
    Level.ERROR,
    "{text} is {type}, where a date is asked for",
    help="give a date, `2027-03-01`, or one from the CRM, `lease_ends - 90d`",
)
NOT_AN_OPTION = Code(
    "G0315",
    "not-an-option",
    Level.ERROR,
    "{attribute} is never {value}",
    help="it is one of: {options}",
)
OPTIONAL_UNASKED = Code(
    "G0316",
    "optional-unasked",
    Level.WARNING,
    "`{name}` may be missing, and a comparison with a missing value is false",
    why="people without {name} silently fall out here",
    help="say that you mean it: `has({name}) and …`",
)
BAD_TEMPLATE = Code(
    "G0317",
    "bad-template",
    Level.ERROR,
    "the template of {what} cannot be read: {reason}",
    help="`{{{{ first_name }}}}` puts in an attribute, `{{% if … %}} … {{% endif %}}` asks",
)
UNKNOWN_IN_TEMPLATE = Code(
    "G0318",
    "unknown-in-template",
    Level.ERROR,
    "the template of {what} uses `{name}`, which nobody has",
    why="the customer would read an empty place in the middle of a sentence",
    help="{hint}",
)
DAYS_OF_UNKNOWN_ZONE = Code(
    "G0319",
    "unknown-zone",
    Level.ERROR,
    'there is no time zone "{name}"',
    help='did you mean "{near}"?',
)
UNKNOWN_CURRENCY = Code(
    "G0320",
    "unknown-currency",
    Level.ERROR,
    "there is no currency `{name}`",
    help="use its three ISO letters: DKK, EUR, USD",
)
UNKNOWN_COUNTRY = Code(
    "G0321",
    "unknown-country",
    Level.ERROR,
    "no public holidays are known for {what}",
    help="{hint}",
)
EMPTY_TEXT_FOR_MISSING = Code(
    "G0322",
    "empty-text",
    Level.ERROR,
    "a missing {name} is nothing to compare with",
    why="it is not an empty text either: somebody without {name} has no value, so the comparison never holds",
    help="write `{has}`",
)
SINGLE_BRACES = Code(
    "G0325",
    "single-braces",
    Level.WARNING,
    "`{{{name}}}` in message `{message}` puts nothing in: it has one pair of braces",
    why="the customer would read the braces",
    help="write `{{{{ {name} }}}}`",
)
LONG_PERIOD = Code(
    "G0327",
    "long-period",
    Level.ERROR,
    "the period is {years} years long",
    why="a plan is reckoned day by day, and nobody plans further than {most} years",
    help="let it end by {end}, and go on with a plan that follows",
)
UNKNOWN_LOCALE = Code(
    "G0326",
    "unknown-locale",
    Level.ERROR,
    "`{name}` is no language",
    help="write its two letters, with a country if it matters: `en`, `da`, `en_GB`",
)
TOO_LARGE = Code(
    "G0324",
    "condition-too-large",
    Level.ERROR,
    "this condition is too large: it has more than {parts} parts or {deep} levels, its `let`s spelled out",
    why="nobody could follow it, and checking it would take for ever",
    help="say it with fewer, or let the CRM work it out and declare the result in `fields person`",
)
LET_CYCLE = Code(
    "G0323",
    "let-cycle",
    Level.ERROR,
    "`{name}` is defined by itself: {cycle}",
    help="let one of them stand on attributes and events alone",
)
