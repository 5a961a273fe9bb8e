"""G05xx: journeys, maps, channels, rules and consent."""

from gridlang.diagnostics.model import Code, Level

CHANNEL_CAP_ACROSS = Code(
    "G0501",
    "channel-cap-across",
    Level.ERROR,
    "the cap of channel `{channel}` cannot count other channels",
    why="a channel's cap is about its own touches",
    help="put it in a rule: `rule … {{ cap: 3 per 7d across all }}`",
)
UNKNOWN_PHASE = Code(
    "G0502",
    "unknown-phase",
    Level.ERROR,
    "the journey has no phase `{name}`",
    help="{hint}",
)
UNKNOWN_LEVEL = Code(
    "G0503",
    "unknown-level",
    Level.ERROR,
    "the plan's relations have no level `{name}`",
    help="{hint}",
)
UNKNOWN_PERSON_OF_MAP = Code(
    "G0504",
    "unknown-person-of-map",
    Level.ERROR,
    "nobody called `{name}` is on this map",
    help="{hint}",
)
NO_APPROVER = Code(
    "G0505",
    "no-approver",
    Level.ERROR,
    "nobody on the map `{map}` approves",
    why="all influence ends at whoever takes the decision; without one it leads nowhere",
    help="give one person the role `approver`{elsewhere}",
)
UNKNOWN_STRENGTH = Code(
    "G0506",
    "unknown-strength",
    Level.ERROR,
    "influence is weak, normal or strong, not `{word}`",
    help="leave it out for normal",
)
NO_START = Code(
    "G0507",
    "no-start",
    Level.ERROR,
    "the journey `{name}` has no phase to start in",
    help="add `start: PHASE`",
)
FORBIDDEN_CONTACT = Code(
    "G0508",
    "forbidden-contact",
    Level.ERROR,
    "{channel} is not allowed in {where} (rule `{rule}`, {place}{title})",
    why="the plan itself says that these people must not be contacted so",
    help="use another channel, or move the account on first",
)
NO_ADDRESS = Code(
    "G0509",
    "no-address",
    Level.ERROR,
    "nobody has a `{attribute}`, the address of {channel}",
    why="no message could ever arrive",
    help="declare it: `fields person {{ {attribute}: Text? }}`, or give the channel another `address`",
)
NO_CONSENT = Code(
    "G0510",
    "no-consent",
    Level.ERROR,
    "{channel} asks for consent, and nobody has an attribute `{attribute}` that says who gave it",
    why="without consent nothing may be sent",
    help="declare it: `fields person {{ {attribute}: List<Channel> }}`",
)
NEVER_OPEN = Code(
    "G0511",
    "never-open",
    Level.ERROR,
    "{what} is never open",
    why="hours, days and quiet hours leave no moment of the week, so every touch would wait until it is skipped",
    help="widen the hours ({hours}) or shorten the quiet ones ({quiet})",
)
ONE_WAY_ONLY = Code(
    "G0512",
    "one-arrow",
    Level.ERROR,
    "an arrow between persons carries one strength, not {count} labels",
    help="write `mother -> father: strong`",
)
WRONG_REACH = Code(
    "G0513",
    "wrong-reach",
    Level.ERROR,
    "`{verb}` cannot use {channel}, which reaches {reach}",
    help="{hint}",
)
SEND_BESIDE_SHOW = Code(
    "G0514",
    "send-beside-show",
    Level.ERROR,
    "`{verb}` stands in a campaign that shows on mass media",
    why="a campaign with `show` is one run for the whole plan, for nobody in particular",
    help="give the {verb} a campaign of its own, at the same place in the grid",
)
NO_TEXT = Code(
    "G0515",
    "no-text",
    Level.ERROR,
    "the message `{message}` has no {what}, and {channel} needs one ({place})",
    help='add `{what}: "…"` to it, or mark it `draft: yes` while it is written',
)
JOURNEY_OF_NOTHING = Code(
    "G0516",
    "journey-of-nothing",
    Level.ERROR,
    "the journey `{name}` has no phases",
    help='declare them inside it: `phase awareness "Awareness" {{ … }}`, or start from one of the library: `journey '
    "{name}: std.journeys.marketing_grid {{ … }}`",
)
