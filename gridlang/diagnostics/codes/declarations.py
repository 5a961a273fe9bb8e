"""G02xx: declarations, their fields and their names."""

from gridlang.diagnostics.model import Code, Level

UNKNOWN_KIND = Code(
    "G0201",
    "unknown-kind",
    Level.ERROR,
    "there is no kind of declaration called `{kind}`",
    help="did you mean `{near}`?",
)
UNKNOWN_FIELD = Code(
    "G0202",
    "unknown-field",
    Level.ERROR,
    "a {kind} has no field `{field}`",
    help=("did you mean `{near}`?", "{elsewhere}", "A {kind} has: {fields}"),
)
MISSING_FIELD = Code(
    "G0203",
    "missing-field",
    Level.ERROR,
    "{kind} {name} has no `{field}`",
    why="{doc}",
    help="add `{field}: …`: {expects}",
)
FIELD_TWICE = Code(
    "G0204",
    "field-twice",
    Level.ERROR,
    "`{field}` is given twice in {kind} {name}",
    help="keep one; several values stand in one list, separated by commas",
)
BLOCK_TWICE = Code(
    "G0222",
    "block-twice",
    Level.ERROR,
    "`{block}` is already in this {kind} ({place})",
    why="one of the two would count for nothing",
    help="put everything into one of them",
)
UNKNOWN_BLOCK = Code(
    "G0205",
    "unknown-block",
    Level.ERROR,
    "a {kind} has no block `{block}`",
    help="did you mean `{near}`?",
)
MISPLACED_ITEM = Code(
    "G0206",
    "misplaced-item",
    Level.ERROR,
    "{what} has no place in a {kind}",
    help="{hint}",
)
MISSING_NAME = Code(
    "G0207",
    "missing-name",
    Level.ERROR,
    "this {kind} has no name",
    why="other declarations and the outputs refer to it by its name",
    help="give it one: `{kind} some_name {{ … }}`",
)
FIELDS_TWICE = Code(
    "G0223",
    "fields-twice",
    Level.ERROR,
    "`fields {name}` stands in this folder already ({place})",
    why="what the CRM knows is read in one place",
    help="write these lines into it",
)
NAME_TWICE = Code(
    "G0208",
    "name-twice",
    Level.ERROR,
    "`{name}` is already a {kind} ({place})",
    why="names of one kind are unique in a plan, so that everybody means the same by it",
    help="call this one `{free}`, or build on the other: `{kind} {free}: {name} {{ … }}`",
)
UNKNOWN_NAME = Code(
    "G0209",
    "unknown-name",
    Level.ERROR,
    "there is no {kind} `{name}`",
    help="{hint}",
)
WRONG_CASE = Code(
    "G0210",
    "wrong-case",
    Level.ERROR,
    "there is no {kind} `{name}`: names are case-sensitive",
    help="write `{near}` ({place})",
)
PARENT_CYCLE = Code(
    "G0211",
    "parent-cycle",
    Level.ERROR,
    "{kind} `{name}` starts from itself: {cycle}",
    why="nobody could say what such a {kind} holds",
    help="let one of them stand alone",
)
NO_PLAN = Code(
    "G0212",
    "no-plan",
    Level.ERROR,
    "no `plan` is declared in {folder}",
    why="a plan says the period, the currency and the journey that everything else depends on",
    help='add one: `plan my_plan "My plan" {{ period: 2027-01-01 .. 2027-12-31  timezone: "Europe/Copenhagen"  … }}`',
)
TWO_PLANS = Code(
    "G0213",
    "two-plans",
    Level.ERROR,
    "a second plan, `{name}`, in one folder (the first is `{first}`, {place})",
    why="a folder is a plan: all its files see each other, so two plans could not be told apart",
    help='move one of them to a folder of its own; what both need goes into a third that they `use "../…"`',
)
IMPORT_CYCLE = Code(
    "G0214",
    "import-cycle",
    Level.ERROR,
    "these folders import each other: {cycle}",
    why="neither could be understood before the other",
    help="move what both need into a folder that both import",
)
USE_TWICE = Code(
    "G0215",
    "use-twice",
    Level.ERROR,
    "`{name}` already names an imported folder ({place})",
    help='give this one another name: `use "{path}" as …`',
)
USE_FILE = Code(
    "G0216",
    "use-file",
    Level.ERROR,
    '`use "{path}"` names a file',
    why="files in one folder already see each other",
    help='delete the line; to take from another plan, name its folder: `use "../house" as house`',
)
UNUSABLE_FOLDER = Code(
    "G0217",
    "unusable-folder",
    Level.ERROR,
    'nothing can be imported from "{path}": {reason}',
    help="{hint}",
)
HIDES_LIBRARY = Code(
    "G0218",
    "hides-library",
    Level.NOTE,
    "the {kind} `{name}` of this folder hides the library's",
    help="the library's is still there as `{qualified}`",
)
RESERVED_NAME = Code(
    "G0219",
    "reserved-name",
    Level.ERROR,
    "`{name}` is a column that every row has already",
    why="`{name}` means {meaning}",
    help="delete the line, or call your attribute something else",
)
LONG_LINEAGE = Code(
    "G0221",
    "long-lineage",
    Level.ERROR,
    "{kind} `{name}` starts from more than {limit} others in a row",
    why="nobody could say what such a {kind} holds",
    help="let it start from one that stands nearer to the root",
)
MISSING_TITLE = Code(
    "G0220",
    "missing-title",
    Level.ERROR,
    "this {kind} has no title",
    help='say what it expects: `{kind} "What must hold" {{ … }}`',
)
