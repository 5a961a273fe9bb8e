"""The names of a plan, and the declarations behind them: attributes, media, events, the journey, the people."""

from __future__ import annotations

import itertools

from hypothesis import strategies as st

from gridlang.syntax import nodes as n
from tests.laws.plans_strategy.conditions import conditions
from tests.laws.plans_strategy.making import (
    DOCS,
    NOWHERE,
    TITLES,
    block,
    edge,
    field,
    hours,
    length,
    money,
    name,
    number,
    rate,
    ref,
    refs,
    text,
)
from tests.laws.plans_strategy.words import PLAIN, Arrow, Attribute, Channel, Event, Words, names, some

LIBRARY = (
    Channel("email", "person", ("email",)),
    Channel("letter", "person", ("letter",)),
    Channel("phone", "person", ("phone",)),
    Channel("web", "mass", ("web",), inbound=True),
)
LIBRARY_EVENTS = (
    Event("replied", ("email", "letter")),
    Event("visited", ("web",)),
    Event(
        "purchase", ("web", "phone", "letter"), (Attribute("amount", "Money", True), Attribute("items", "Int", True))
    ),
)


@st.composite
def _attributes(draw: st.DrawFn, prefix: str, least: int, most: int) -> tuple[Attribute, ...]:
    found = []
    for word in draw(names(prefix, least, most)):
        type = draw(st.sampled_from(PLAIN))
        options = draw(st.sampled_from([("a", "b"), ("Å", "b c", 'd"e')])) if type == "OneOf" else ()
        optional = type not in ("List", "Bool") and draw(st.booleans())
        found.append(Attribute(word, type, optional, options))
    return tuple(found)


def _typed(attribute: Attribute, doc: str | None) -> n.Field:
    """`name: Type?`: a type of one word is read as a reference."""
    if attribute.type == "List":
        value: n.Expression = n.TypeName(name("List"), NOWHERE, (n.TypeName(name("Channel"), NOWHERE),))
    elif attribute.type == "OneOf":
        options = tuple(text(option) for option in attribute.options)
        value = n.TypeName(name("OneOf"), NOWHERE, options, attribute.optional)
    elif attribute.optional:
        value = n.TypeName(name(attribute.type), NOWHERE, (), True)
    else:
        value = ref(attribute.type)
    return field(attribute.name, value, doc=doc)


@st.composite
def people_fields(draw: st.DrawFn, words: Words) -> list[n.Declaration]:
    """Attributes of persons and accounts; the library's channels need the first four."""
    words.attributes = draw(_attributes("p", 2, 6))
    words.of_account = draw(_attributes("a", 0, 2))
    reached = [Attribute(word, "Text", True) for word in ("email", "mobile", "address")]
    reached.append(Attribute("consent", "List", False))
    shown = [_typed(attribute, draw(DOCS)) for attribute in (*reached, *words.attributes)]
    found: list[n.Declaration] = [block("fields", "person", *shown)]
    if words.of_account:
        found.append(block("fields", "account", *(_typed(attribute, None) for attribute in words.of_account)))
    return found


@st.composite
def channels(draw: st.DrawFn, words: Words) -> list[n.Declaration]:
    """Media of one's own, some of which start from the library's; a mass medium, and one that a rule may forbid."""
    found: list[n.Declaration] = []
    own: list[Channel] = []
    for word in draw(names("c", 1, 3)):
        parent = draw(st.sampled_from([None, None, "meeting", "phone", "email"]))
        reach = "person" if parent else draw(st.sampled_from(["person", "person", "audience"]))
        items = [] if parent else [field("reach", ref(reach))]
        items += draw(_channel_rules())
        own.append(Channel(word, reach, (word, parent) if parent else (word,)))
        found.append(block("channel", word, *items, parent=parent, title=draw(TITLES), doc=draw(DOCS)))
    medium = Channel("airwaves", draw(st.sampled_from(["mass", "earned"])), ("airwaves",))
    found.append(block("channel", medium.name, field("reach", ref(medium.reach)), field("lead", length("2w"))))
    found.append(block("channel", "forbidden", field("reach", ref("person"))))
    words.channels = (*own, medium, *LIBRARY)
    return found


@st.composite
def _channel_rules(draw: st.DrawFn) -> list[n.Field]:
    """What holds on a medium; it is open at ten and at half past eleven on working days."""
    days = [ref("workdays")], [n.Range(ref("monday"), ref("friday"), NOWHERE)], [*refs(["monday", "tuesday", "friday"])]
    pool = [
        field("address", ref(draw(st.sampled_from(["email", "mobile"])))),
        field("consent", draw(st.sampled_from([ref("required"), ref("no")]))),
        field("hours", draw(st.sampled_from([hours("09:00", "17:00"), hours("08:30", "12:00")]))),
        field("days", *draw(st.sampled_from(days))),
        field("quiet", hours("20:00", "07:00"), hours("12:30", "13:00")),
        field("cap", rate(draw(st.integers(1, 4)), draw(st.sampled_from(["7d", "week", "1mo"])))),
        field("on_cap", ref(draw(st.sampled_from(["wait", "skip"])))),
        field("patience", length("21d")),
        field("lead", length(draw(st.sampled_from(["2d", "1 workday"])))),
        field("cost", draw(st.sampled_from([money(3), money(12_500)]))),
    ]
    return draw(st.lists(st.sampled_from(pool), max_size=4, unique_by=lambda found: found.name.text))


@st.composite
def events(draw: st.DrawFn, words: Words) -> list[n.Declaration]:
    """Events from the media, with what they carry, some of them purchases; and moments that are worked out."""
    found: list[n.Declaration] = []
    own: list[Event] = []
    sources = [channel.name for channel in words.channels]
    for word in draw(names("e", 1, 4)):
        come = tuple(draw(st.lists(st.sampled_from(sources), min_size=1, max_size=2, unique=True)))
        carries = draw(_attributes("payload", 0, 2))
        bought = draw(st.integers(0, 3)) == 0
        own.append(Event(word, come, carries, ("purchase",) if bought else ()))
        items: list[n.Item] = [field("from", *refs(come))]
        if carries:
            items.append(block("carries", None, *(_typed(each, draw(DOCS)) for each in carries)))
        parent = "purchase" if bought else None
        found.append(block("event", word, *items, parent=parent, title=draw(TITLES), doc=draw(DOCS)))
    words.events = (*own, *LIBRARY_EVENTS)
    derived = draw(names("when", 0, 2))
    days = [each.name for each in words.attributes if each.type == "Date"]
    for word in derived:
        moment: n.Expression = draw(conditions(words))
        if days and draw(st.booleans()):
            moment = n.Sum(draw(st.sampled_from(["-", "+"])), ref(draw(st.sampled_from(days))), length("90d"), NOWHERE)
        found.append(block("event", word, field("when", moment), title=draw(TITLES)))
    words.derived = derived
    return found


@st.composite
def journey(draw: st.DrawFn, words: Words) -> list[n.Declaration]:
    """Two to four phases in a ring, with a few more arrows; events on some of them."""
    phases = draw(names("phase", 2, 4))
    pairs = [(phases[at], phases[(at + 1) % len(phases)]) for at in range(len(phases))]
    others = [(one, other) for one in phases for other in phases if one != other and (one, other) not in pairs]
    pairs += draw(st.lists(st.sampled_from(others), max_size=2, unique=True)) if others else []
    happen = [event.name for event in words.events] + [*words.derived]
    arrows = [Arrow(source, target, tuple(draw(some(happen, 2)))) for source, target in pairs]
    words.phases, words.arrows = phases, tuple(arrows)
    shown: list[n.Item] = [block("phase", phase, *draw(_phase(words)), title=draw(TITLES)) for phase in phases]
    shown += [edge([arrow.source], [arrow.target], arrow.events) for arrow in arrows]
    start = field("start", ref(phases[0]))
    resting = [field("resting", *refs(phases[1:]))] if draw(st.booleans()) else []
    return [block("journey", "way", start, *resting, *shown, title=draw(TITLES), doc=draw(DOCS))]


@st.composite
def _phase(draw: st.DrawFn, words: Words) -> list[n.Field]:
    needs = [field("needs", text("To be seen"), *refs(words.needs))] if draw(st.booleans()) else []
    return [field("purpose", text('Åbn "øjnene"')), *needs] if draw(st.booleans()) else needs


@st.composite
def people(draw: st.DrawFn, words: Words) -> list[n.Declaration]:
    """Needs, barriers, persons, segments; the last segment takes whoever is left."""
    found: list[n.Declaration] = [
        *(block("need", word, title=draw(TITLES)) for word in words.needs),
        *(block("barrier", word, title=draw(TITLES)) for word in words.barriers),
    ]
    words.persons = draw(names("someone", 1, 3))
    for word in words.persons:
        pool = [
            field("when", draw(conditions(words))),
            field("known", ref(draw(st.sampled_from(["yes", "no"])))),
            field("motive", *refs(words.needs), text("Peace")),
            field("criteria", text("price"), text("plads")),
            field("attitude", text('vil være "eksperten"')),
        ]
        items = draw(st.lists(st.sampled_from(pool), max_size=3, unique_by=lambda each: each.name.text))
        found.append(block("person", word, *items, title=draw(TITLES), doc=draw(DOCS)))
    own = draw(names("segment", 0, 2))
    for word in own:
        items = [field("where", draw(conditions(words))), field("size", number(draw(st.integers(1, 60_000))))]
        items += [field("persona", text("Somebody who, {{ likely }}, has no time"))] if draw(st.booleans()) else []
        found.append(block("segment", word, *items, title=draw(TITLES), doc=draw(DOCS)))
    words.segments = (*own, "others")
    return [*found, block("segment", "others", field("where", ref("otherwise")))]


@st.composite
def maps(draw: st.DrawFn, words: Words) -> list[n.Declaration]:
    """Maps on which somebody approves and each influences the next."""
    found: list[n.Declaration] = []
    for word in draw(names("map", 1, 2)):
        on_it = words.persons
        roles = [["approver"], *(draw(some(["target", "user", "influencer"])) or ["user"] for _ in on_it[1:])]
        parts = [field(person, *refs(role)) for person, role in zip(on_it, roles, strict=True)]
        influence = [
            edge([other], [person], draw(st.sampled_from([[], ["strong"], ["weak"]])))
            for person, other in itertools.pairwise(on_it)
        ]
        items: list[n.Item] = [field("phase", *refs(words.phases[: draw(st.integers(1, len(words.phases)))]))]
        items += [field("segment", *refs(words.segments))] if draw(st.booleans()) else []
        pool = [
            field("barriers", *refs(words.barriers), text("Tid")),
            field("needs", text("Ro"), *refs(words.needs)),
            field("triggers", text("Ser filmen")),
        ]
        items += draw(st.lists(st.sampled_from(pool), max_size=3, unique_by=lambda each: each.name.text))
        items.append(block("roles", None, *parts))
        items += [block("influence", None, *influence)] if influence else []
        found.append(block("map", word, *items, title=draw(TITLES), doc=draw(DOCS)))
        words.maps = (*words.maps, (word, on_it[0]))
    return found
