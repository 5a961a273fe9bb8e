"""G04xx: flows, their steps and arms."""

from gridlang.diagnostics.model import Code, Level

UNKNOWN_VERB = Code(
    "G0401",
    "unknown-verb",
    Level.ERROR,
    "a step cannot begin with `{word}`",
    help="{hint}",
)
UNKNOWN_LABEL = Code(
    "G0402",
    "unknown-label",
    Level.ERROR,
    "no step `{name}` in this flow",
    help="{hint} Labels live only inside their own flow",
)
LABEL_TWICE = Code(
    "G0403",
    "label-twice",
    Level.ERROR,
    "`{name}` already names a step of this flow ({place})",
    help="call this one something else",
)
EMPTY_FLOW = Code(
    "G0404",
    "empty-flow",
    Level.ERROR,
    "campaign `{name}` has no flow",
    why="nobody could say what happens in its cell of the grid",
    help="add one: `flow {{ send email some_message }}`",
)
MESSAGE_AS_TEXT = Code(
    "G0405",
    "message-as-text",
    Level.ERROR,
    "`{verb}` takes the name of a message, not its text",
    why="a message has a name so that pages, task lists and statistics can speak of it",
    help='create it: `message {name} {text} {{ body: "…" }}`, and write `{verb} {channel} {name}`',
)
SWAPPED = Code(
    "G0406",
    "swapped",
    Level.ERROR,
    "first the channel, then the message",
    help="write `{verb} {channel} {message}`",
)
NO_TIME_LIMIT = Code(
    "G0407",
    "no-time-limit",
    Level.ERROR,
    "how long do we wait for an answer to {question}?",
    why="without an end people would stay here for ever",
    help="add a time, `within 5d`, and an arm `nothing -> …`",
)
NO_NOTHING = Code(
    "G0408",
    "no-nothing",
    Level.ERROR,
    "{question} says nothing about people who do not answer",
    why="most people do not answer, and would be stuck here",
    help="add an arm `nothing -> …`",
)
SHARES = Code(
    "G0410",
    "shares",
    Level.ERROR,
    "the shares sum to {total} %",
    why="{why}",
    help="{hint}",
)
SHARE_EXPECTED = Code(
    "G0411",
    "share-expected",
    Level.ERROR,
    "an arm of a `split` is a share, not {found}",
    help="write `50% -> …`; to ask about attributes use `choose`",
)
ARM_TWICE = Code(
    "G0412",
    "arm-twice",
    Level.ERROR,
    "`{event}` already has an arm ({place}){because}",
    why="an answer must lead to one place",
    help="keep one of the two arms",
)
ARM_AFTER_OTHERWISE = Code(
    "G0413",
    "arm-after-otherwise",
    Level.ERROR,
    "nobody reaches this arm: `otherwise` before it takes everybody",
    help="put `otherwise` last",
)
EVENT_EXPECTED = Code(
    "G0414",
    "event-expected",
    Level.ERROR,
    "an arm here is the name of {what}, not {found}",
    help="{hint}",
)
NO_TEAM = Code(
    "G0415",
    "no-team",
    Level.ERROR,
    "who does this task?",
    why="work that belongs to nobody is not done",
    help="add `by TEAM`. {teams}",
)
NO_DUE = Code(
    "G0416",
    "no-due",
    Level.ERROR,
    "when must this task be done?",
    help="add `due 2 workdays`",
)
NO_FLIGHT = Code(
    "G0417",
    "no-flight",
    Level.ERROR,
    "how long is {message} shown?",
    help="add `for 3w`",
)
UNKNOWN_DAY = Code(
    "G0418",
    "unknown-day",
    Level.ERROR,
    "`{name}` is no weekday, no named day of the calendar and no date",
    help="{hint}",
)
FLOW_CYCLE = Code(
    "G0419",
    "flow-cycle",
    Level.ERROR,
    "the flow `{name}` runs itself: {cycle}",
    why="it would never end",
    help="use a label and an arrow back instead",
)
FLOW_TOO_LARGE = Code(
    "G0420",
    "flow-too-large",
    Level.ERROR,
    "campaign `{name}` grows to more than {limit} steps",
    why="flows that run flows multiply",
    help="run fewer of them",
)
DEEP_FLOW = Code(
    "G0429",
    "deep-flow",
    Level.ERROR,
    "more than {limit} flows run each other here, one inside the other",
    why="nobody could follow what happens to a customer through so many",
    help="run `{name}` from fewer flows",
)
WRONG_FLOW_ARGUMENTS = Code(
    "G0421",
    "flow-arguments",
    Level.ERROR,
    "flow `{name}` {problem}",
    help="it is written `run {shape}`",
)
UNNAMED_QUESTION = Code(
    "G0422",
    "unnamed-question",
    Level.ERROR,
    "this `{verb}` asks no question",
    why="a diamond is read by people: what is decided here?",
    help='write it: `{verb} "Is he ready?" …`',
)
EQUAL_IDENTITY = Code(
    "G0423",
    "equal-identity",
    Level.ERROR,
    "two steps of this flow are both `{id}` ({place})",
    why="the plan could not tell who has had which, and an edit might send one of them again",
    help="give each a label: `second: {text}`",
)
EVENT_IN_CHOOSE = Code(
    "G0426",
    "event-in-choose",
    Level.ERROR,
    "`{name}` {what}, and `choose` decides at once by what is known of somebody",
    why="an answer needs time to come",
    help='ask for it: `ask "{question}" within 7d {{ … }}`',
)
YES_OR_NO = Code(
    "G0427",
    "yes-or-no",
    Level.ERROR,
    "`{name}` is nothing that somebody does",
    why="a flowchart follows what happens, and nobody answers a diamond",
    help="an arm is the event that answers: `replied -> …`, `nothing -> …`",
)
UNREACHABLE_JUMP = Code(
    "G0428",
    "unreachable-jump",
    Level.ERROR,
    "nobody goes on to `{label}` here{because}",
    why="people who read the flowchart would count on it",
    help="{hint}",
)
EMPTY_REPEAT = Code(
    "G0424",
    "empty-repeat",
    Level.ERROR,
    "nothing is repeated here",
    help="put the steps of a turn into the braces",
)
COUNTED_ZERO = Code(
    "G0425",
    "counted-zero",
    Level.ERROR,
    "`max {count} times` is no number of times",
    help="give a number from 1 to 1000",
)
