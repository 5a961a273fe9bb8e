"""G01xx: what a text says that no plan can say. Each message gives the way out in the words of the author."""

from __future__ import annotations

from gridlang.diagnostics.model import Code, Edit, Fix, Level
from gridlang.source import Span

ERROR = Level.ERROR


def replacing(span: Span, text: str) -> Fix:
    """The way out that writes something else here."""
    return Fix(f"write `{text}`" if text else "remove it", (Edit(span, text),))


def putting(text: str, place: Span, at: int) -> Fix:
    """The way out that puts something in at an offset of the text of `place`."""
    return Fix(f"put in `{text.strip()}`", (Edit(place.within(at, at), text),))


# --- the general case ------------------------------------------------------------------------------------------------

UNEXPECTED = Code("G0101", "unexpected", ERROR, "{found} cannot stand here", help="{expected}")
ENDS_EARLY = Code("G0102", "ends-early", ERROR, "the file ends in the middle of {what}", help="{expected}")
INCOMPLETE = Code("G0103", "incomplete", ERROR, "{found} cannot stand here: {what} is not complete", help="{usage}")

# --- braces and quotes -----------------------------------------------------------------------------------------------

UNCLOSED_TEXT = Code(
    "G0104",
    "unclosed-text",
    ERROR,
    "the {what} that starts here has no closing quote",
    why="A text ends on the line on which it begins; a new line in it is written `\\n`.",
    help='add `"` after `{after}`',
)
UNCLOSED_BLOCK = Code(
    "G0105",
    "unclosed-block",
    ERROR,
    "{block}, opened at line {line}, is never closed",
    help="a `}}` is missing{where}",
)
STRAY_BRACE = Code(
    "G0106",
    "stray-brace",
    ERROR,
    "this `}}` closes nothing",
    help="remove it, or look for a `}}` too many in the declaration before it",
)
OUTSIDE_BLOCK = Code(
    "G0107",
    "outside-block",
    ERROR,
    "`{words}` stands outside any block",
    why="Fields and steps belong to a declaration, between its braces.",
    help="{help}",
)

# --- names and words -------------------------------------------------------------------------------------------------

MISSING_COLON = Code("G0110", "missing-colon", ERROR, "`{name}` needs a colon", help="write `{name}: {value}`")
LONE_WORD = Code(
    "G0109",
    "lone-word",
    ERROR,
    "`{word}` stands alone",
    help="a field is written `{word}: …`, an edge `{word} -> …`, and several values have commas between them",
)
TWO_LABELS = Code(
    "G0108",
    "two-labels",
    ERROR,
    "an arrow carries one word, and `{words}` are two",
    why="between persons it says how strong the influence is: weak, normal or strong; between phases, what moves",
    help="write `-> {target}: {last}`; several events have commas between them",
)
TWO_WORDS = Code(
    "G0111",
    "two-words",
    ERROR,
    "a name is one word, and `{words}` is {count}",
    help=(
        "write `{joined}`{or_title}",
        "a title stands in quotes: write `{header}`",
    ),
)
LIST_DASH = Code(
    "G0112",
    "list-dash",
    ERROR,
    "steps and fields are not list items{more}",
    help="remove the `{mark}`",
)
IF_THEN = Code(
    "G0113",
    "if-then",
    ERROR,
    "there is no `if`: a flow decides in a diamond",
    why="So that every answer has its arrow, also for those of whom we know nothing.",
    help='write `choose "{question}" {{ {condition}  otherwise -> stop }}`',
)
SLASHES = Code(
    "G0114",
    "slashes",
    ERROR,
    "a remark starts with `#`{more}",
    help="write `# {words}`, or `/// {words}` to document the next declaration",
)
TWICE = Code("G0115", "said-twice", ERROR, "the {words} is given twice", help="keep one")
CHAINED_EDGE = Code("G0116", "chained-edge", ERROR, "one arrow for each edge", help="write {edges}")
NOT_A_TYPE = Code("G0117", "not-a-type", ERROR, "`{words}` is no type", help="a type is one word, such as `Text?`")
ARM_ARROW = Code(
    "G0118",
    "arm-without-arrow",
    ERROR,
    "an arrow is missing after `{condition}`",
    help="an arm is a condition and what then: `{condition} -> {then}`",
)
LOST_DOC = Code(
    "G0119",
    "lost-doc",
    Level.WARNING,
    "this `///` text belongs to nothing",
    why="A `///` text belongs to the declaration, the item or the step right behind it, and reaches the outputs there.",
    help="move it to what it is about, or make it a remark with `#`",
)

# --- signs from elsewhere: told once for each file -------------------------------------------------------------------

ODD_QUOTES = Code("G0120", "typographic-quotes", ERROR, "these are not plain quotes{more}", help="write `{instead}`")
ODD_SIGN = Code("G0121", "other-sign", ERROR, "`{sign}` is written `{instead}` here{more}", help="write `{instead}`")
SEMICOLON = Code("G0122", "semicolon", ERROR, "nothing needs a `;` at its end{more}", help="remove it")
SQUARE = Code(
    "G0123", "square-brackets", ERROR, "a list has no brackets{more}", help="write its values with commas between them"
)
INVISIBLE = Code(
    "G0124", "invisible", ERROR, "a character that nobody can see stands here ({code}){more}", help="remove it"
)
UNKNOWN_SIGN = Code("G0125", "unknown-sign", ERROR, "`{sign}` has no meaning in a plan", help="{help}")

# --- values ----------------------------------------------------------------------------------------------------------

UNKNOWN_ESCAPE = Code(
    "G0130",
    "unknown-escape",
    ERROR,
    "`{escape}` means nothing in a text",
    help='the escapes are `\\"` for a quote, `\\\\` for a backslash and `\\n` for a new line',
)
LONG_NUMBER = Code(
    "G0131", "long-number", ERROR, "a number has at most {limit} digits", help="look for digits too many"
)
NO_DAY = Code("G0132", "no-such-day", ERROR, "{month} {year} has {days} days", help="did you mean `{near}`?")
NO_MONTH = Code("G0133", "no-such-month", ERROR, "there is no month {month}", help="dates are year-month-day")
NO_YEAR = Code("G0134", "no-such-year", ERROR, "there is no year 0", help="years have four digits: `2027-03-01`")
NO_TIME = Code("G0135", "no-such-time", ERROR, "there is no {time} on a clock", help="times run from 00:00 to 24:00")
LONG_DURATION = Code(
    "G0136", "long-duration", ERROR, "no plan looks further than {limit} years", help="look for digits too many"
)
WHICH_DATE = Code(
    "G0137",
    "which-date",
    ERROR,
    "is this {first} or {second}?",
    help="dates are year-month-day: `{one}` or `{other}`",
)
DATE_ORDER = Code("G0138", "date-order", ERROR, "dates are year-month-day, in full", help="write `{date}`")
WHICH_UNIT = Code("G0139", "which-unit", ERROR, "minutes or months?", help="write `{minutes}` or `{months}`")
LOOSE_UNIT = Code("G0140", "loose-unit", ERROR, "a duration is a number and its unit", help="write `{duration}`{more}")
GROUPED = Code(
    "G0141", "grouped-digits", ERROR, "{marks} do not group digits here", help="write `{instead}`, or no mark at all"
)
COMMA_DECIMAL = Code("G0142", "decimal-comma", ERROR, "decimals stand behind a point", help="write `{instead}`")
CURRENCY = Code(
    "G0143", "currency", ERROR, "a currency is three capital letters behind a space", help="write `{instead}`"
)
RANGE_DASH = Code("G0144", "range-dash", ERROR, "a range is written with two dots", help="write `{instead}`")
BARE_PERIOD = Code(
    "G0145",
    "bare-period",
    ERROR,
    "`per {period}` leaves open which {period} is meant",
    help="write `per calendar {period}`, or a duration that runs along with the clock, such as `per 7d`",
)
CLOCK_TIME = Code(
    "G0146", "clock-time", ERROR, "a time is hours and minutes on the clock of 24 hours", help="write `{instead}`"
)
NO_CURRENCY = Code(
    "G0147",
    "amount-without-currency",
    ERROR,
    "`{amount}` has no currency",
    help="add the plan's currency, as `{amount} GBP`",
)
UNQUOTED = Code("G0148", "unquoted", ERROR, "{what} stands in quotes", help="write `{instead}`")
HOW_OFTEN = Code("G0149", "how-often", ERROR, "how often is written with `per`", help="write `{instead}`")

# --- sentences from elsewhere ----------------------------------------------------------------------------------------

IS_WORD = Code("G0150", "is-word", ERROR, "`{word}` does not compare", help="write `{instead}`")
COMMA_AT_END = Code(
    "G0151",
    "comma-at-end",
    ERROR,
    "nothing follows this comma",
    why="A comma stands between two values of one field; the next field needs none before it.",
    help="remove the `,` at the end of line {line}",
)
MISSING_COMMA = Code(
    "G0152",
    "missing-comma",
    ERROR,
    "a comma is missing before `{word}`",
    help="write `{before}, {word}`",
)
OPEN_BRACKET = Code(
    "G0153",
    "open-bracket",
    ERROR,
    "`{call}` is not closed",
    help="a `)` is missing at the end of line {line}: `{call})`",
)
SEND_TO = Code(
    "G0154",
    "send-to",
    ERROR,
    "a step does not say to whom",
    why="Who gets it is the campaign's `role`: so that every step of a campaign speaks with the same person.",
    help="remove `{words}`, and write `role: {role}` in the campaign",
)
WAIT_FOR_TIME = Code(
    "G0155",
    "wait-for-time",
    ERROR,
    "`wait for` waits for an event, and `{duration}` is a time",
    help="write `wait {duration}`",
)
GOTO = Code(
    "G0156", "goto", ERROR, "the arrow already goes there", help="write `-> {label}`: a label needs no `{word}`"
)
OTHER_WORDS = Code("G0158", "other-words", ERROR, "a plan has other words for `{words}`", help="write `{instead}`")
INNER_QUOTES = Code(
    "G0159",
    "inner-quotes",
    ERROR,
    "the text ends at this quote, and goes on",
    help="a quote inside a text is written `\\\"`, or use `'`",
)
STEP_OUTSIDE = Code(
    "G0160",
    "step-outside-flow",
    ERROR,
    "the step `{verb}` stands outside a flow",
    why="What happens stands in the flowchart; the campaign's fields say where and when.",
    help="put the steps into `flow {{ … }}`",
)
BLOCK_COLON = Code(
    "G0161",
    "block-colon",
    ERROR,
    "`{name}` is a block, and stands between braces",
    help="write `{name} {{ … }}`: without a colon",
)
NOT_JSON = Code(
    "G0163",
    "json",
    ERROR,
    "this looks like JSON",
    help="a plan has declarations: `campaign spring {{ phase: contact  flow {{ … }} }}`",
)
QUOTED_NAME = Code(
    "G0162",
    "quoted-name",
    ERROR,
    "names of fields have no quotes{more}",
    help="write `{name}: …`",
)
MISSPELT = Code("G0157", "misspelt-word", ERROR, "`{word}` has no meaning here", help="did you mean `{meant}`?")

# --- limits ----------------------------------------------------------------------------------------------------------

DEEP_BLOCKS = Code(
    "G0190",
    "too-deep",
    ERROR,
    "more than {limit} blocks stand in each other here",
    help="look for a `}}` that is missing before this place",
)
DEEP_EXPRESSION = Code(
    "G0191",
    "long-expression",
    ERROR,
    "this expression is nested more than {limit} deep",
    help="name a part of it with `let`",
)
LARGE_FILE = Code(
    "G0192",
    "large-file",
    ERROR,
    "this file has {size} million characters, and {limit} million is the most",
    help="spread the plan over several files of the folder: they see each other",
)
