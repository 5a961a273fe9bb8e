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
ONE_WAY_ONLY = Code(
    "G0512",
    "one-arrow",
    Level.ERROR,
    "an arrow between persons carries one strength, not {count} labels",
    help="write `mother -> father: strong`",
)
JOURNEY_OF_NOTHING = Code(
    "G0516",
    "journey-of-nothing",
    Level.ERROR,
    "the journey `{name}` has no phases",
    help='declare them inside it: `phase awareness "Awareness" {{ … }}`, or start from one of the library: `journey '
    "{name}: std.journeys.marketing_grid {{ … }}`",
)
SEGMENT_OF_ANOTHER = Code(
    "G0517",
    "segment-of-another-folder",
    Level.ERROR,
    "`{name}` is a segment of another folder, and nobody in this plan belongs to it",
    why="an account belongs to the first segment that takes it, so which ones there are and in which order is each "
    "plan's own",
    help="start your own from it: `segment {short}: {name} {{}}`, and write `{short}` here",
)
