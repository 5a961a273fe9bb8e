"""Whole plans: one file of nodes, in which everything is used as the checker wants it."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import strategies as st

from gridlang.syntax import nodes as n
from gridlang.syntax import printing
from tests.laws.plans_strategy import vocabulary
from tests.laws.plans_strategy.conditions import conditions, of_event
from tests.laws.plans_strategy.flows import campaign_flow, mass_flow, reusable_flows
from tests.laws.plans_strategy.making import (
    DOCS,
    NOWHERE,
    TITLES,
    block,
    call,
    compare,
    date,
    field,
    hours,
    length,
    money,
    number,
    rate,
    ref,
    refs,
    text,
)
from tests.laws.plans_strategy.words import Words, names, some


@attrs.frozen
class Plan:
    """A generated plan: its nodes, and what is printed of them."""

    file: n.File
    text: str

    def __repr__(self) -> str:
        return self.text


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A well-typed plan. The order of its declarations means nothing, but for that of its segments."""
    words = Words(needs=draw(names("need", 0, 2)), barriers=draw(names("barrier", 0, 2)))
    found = draw(vocabulary.people_fields(words))
    found += draw(vocabulary.channels(words))
    found += draw(vocabulary.events(words))
    found += draw(vocabulary.journey(words))
    found += draw(_lets(words))
    found += draw(vocabulary.people(words))
    found += draw(vocabulary.maps(words))
    found += draw(_house(words))
    found += draw(_messages(words))
    found += draw(_rules(words))
    found += draw(_relations(words))
    found += draw(reusable_flows(words))
    found += draw(_campaigns(words))
    found += draw(_kpis(words))
    first = draw(_plan(words))
    file = n.File(NOWHERE.source, (first, *found))
    return Plan(file, printing.print_file(file))


@st.composite
def _plan(draw: st.DrawFn, words: Words) -> n.Declaration:
    items = [
        field("period", n.Range(date(dt.date(2027, 1, 4)), date(dt.date(2027, 12, 31)), NOWHERE)),
        field("timezone", text(draw(st.sampled_from(["Europe/Copenhagen", "America/New_York", "UTC"])))),
        field("locale", ref(draw(st.sampled_from(["da", "en"])))),
        field("currency", ref("DKK")),
        field("calendar", ref("ours")),
        field("journey", ref("way")),
    ]
    items += [field("relations", ref("ties"))] if words.levels else []
    items += [field("budget", money(2_000_000))] if draw(st.booleans()) else []
    items += [field("seed", ref("drawn"))] if draw(st.booleans()) else []
    return block("plan", "generated", *items, title="Generated", doc=draw(DOCS))


@st.composite
def _lets(draw: st.DrawFn, words: Words) -> list[n.Declaration]:
    named = draw(names("let", 0, 2))
    found: list[n.Declaration] = [n.Let(n.Name(word, NOWHERE), draw(conditions(words)), NOWHERE) for word in named]
    words.lets = named
    return found


@st.composite
def _house(draw: st.DrawFn, words: Words) -> list[n.Declaration]:
    """The calendar and the teams."""
    words.days = ("fair",)
    closed = field("closed", date(dt.date(2027, 12, 24)), n.Range(_day(7, 5), _day(7, 9), NOWHERE))
    pool = [closed, field("open", _day(12, 25)), field("blackout", _day(7, 26), _day(7, 27))]
    items: list[n.Item] = [*draw(st.lists(st.sampled_from(pool), max_size=3, unique_by=lambda each: each.name.text))]
    abroad = draw(st.booleans())
    items += [field("country", text("GB")), field("region", text("SCT"))] if abroad else []
    items.append(block("day", "fair", field("dates", _day(4, 13))))
    items += [block("blackout", "summer", field("dates", _day(7, 12)), title="Ferie")] if draw(st.booleans()) else []
    parent = None if abroad else "std.calendars.denmark"
    found: list[n.Declaration] = [block("calendar", "ours", *items, parent=parent, doc=draw(DOCS))]
    words.teams = draw(names("team", 1, 2))
    for word in words.teams:
        pool = [
            field("hours", hours("08:00", "12:00"), hours("13:00", "17:00")),
            field("days", ref("workdays")),
            field("capacity", rate(draw(st.sampled_from([1, 25])), "day")),
        ]
        more = draw(st.lists(st.sampled_from(pool), max_size=3, unique_by=lambda each: each.name.text))
        found.append(block("team", word, field("members", text("a@example.dk"), text("b@example.dk")), *more))
    return found


def _day(month: int, day: int) -> n.Date:
    return date(dt.date(2027, month, day))


@st.composite
def _messages(draw: st.DrawFn, words: Words) -> list[n.Declaration]:
    """Messages with every sort of text, their templates over declared attributes."""
    words.messages = draw(names("m", 1, 4))
    known = [attribute.name for attribute in words.attributes] + ["email", "id"]
    known += [f"account.{attribute.name}" for attribute in words.of_account]
    return [block("message", word, *draw(_wordings(words, known)), title=draw(TITLES)) for word in words.messages]


@st.composite
def _wordings(draw: st.DrawFn, words: Words, known: list[str]) -> list[n.Item]:
    used = draw(st.sampled_from(known))
    templates = [f"Kære {{{{ {used} }}}}", f'{{% if {used} %}}a{{% endif %}}\n- "b"', "Plain"]
    items: list[n.Item] = [field("subject", text(draw(st.sampled_from(templates))))]
    pool: list[n.Item] = [
        field("body", text(draw(st.sampled_from(templates)))),
        field("script", text('Ring og sig: "hej"')),
        field("draft", ref("no")),
        block("language", "de", field("subject", text("Grüß {{ id }}"))),
        *([field("wakes", *refs(words.needs))] if words.needs else []),
        *([field("answers", *refs(words.barriers))] if words.barriers else []),
    ]
    more = draw(st.lists(st.sampled_from(range(len(pool))), max_size=4, unique=True))
    return items + [pool[at] for at in sorted(more)]


@st.composite
def _rules(draw: st.DrawFn, words: Words) -> list[n.Declaration]:
    found: list[n.Declaration] = []
    for word in draw(names("rule", 0, 2)):
        own = [channel.name for channel in words.channels]
        across = draw(st.sampled_from([(), ("all",), tuple(own[:2])]))
        cap = rate(
            draw(st.integers(1, 5)), draw(st.sampled_from(["7d", "day", "month"])), across, account=draw(st.booleans())
        )
        pool = [
            field("channel", *refs(draw(some(own)) or own[:1])),
            field("phase", *refs(words.phases[:2])),
            field("role", *refs(["target", "user"])),
            field("segment", ref("others")),
            field("cap", cap),
            field("quiet", hours("12:30", "13:30")),
            field("when", draw(conditions(words))),
            field("forbid", ref("forbidden")),
        ]
        if len(words.messages) > 1:
            pool.append(field("order", compare(ref(words.messages[0]), "before", ref(words.messages[1]))))
        items = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=5, unique_by=lambda each: each.name.text))
        found.append(block("rule", word, *items, title=draw(TITLES), doc=draw(DOCS)))
    return found


@st.composite
def _relations(draw: st.DrawFn, words: Words) -> list[n.Declaration]:
    if not draw(st.booleans()):
        return []
    words.levels = ("stranger", "friend", "regular")
    often = compare(call("count", ref("purchase")), ">=", number(2))
    when = [field("when", draw(st.sampled_from([often, draw(of_event(words))])))]
    every = [field("contact_every", length("3mo"))]
    levels = [
        block("level", "stranger", title="Stranger"),
        block("level", "friend", *when, *(every if draw(st.booleans()) else []), title=draw(TITLES)),
        block("level", "regular", field("when", often), title=draw(TITLES)),
    ]
    return [block("relations", "ties", *levels, doc=draw(DOCS))]


@st.composite
def _campaigns(draw: st.DrawFn, words: Words) -> list[n.Declaration]:
    found: list[n.Declaration] = []
    for word in draw(names("campaign", 1, 4)):
        phases = tuple(draw(some(words.phases, 2)))
        mass = draw(st.integers(0, 4)) == 0
        flow = draw(mass_flow(words) if mass else campaign_flow(words, phases))
        items = draw(_coordinates(words, phases))
        found.append(block("campaign", word, *items, flow, title=draw(TITLES), doc=draw(DOCS)))
    return found


@st.composite
def _coordinates(draw: st.DrawFn, words: Words, phases: tuple[str, ...]) -> list[n.Field]:
    events = [event.name for event in words.events] + [*words.derived]
    days = [each.name for each in words.attributes if each.type == "Date"]
    starts: list[n.Expression] = [
        _day(2, 1),
        n.Range(_day(2, 1), _day(5, 31), NOWHERE),
        ref(draw(st.sampled_from(events))),
    ]
    starts += [n.Sum("-", ref(day), length("90d"), NOWHERE) for day in days]
    goal = draw(st.sampled_from([ref("purchase"), n.Within(ref("purchase"), length("90d"), NOWHERE)]))
    roles = [*refs(["target", "user"])], [ref(".".join(words.maps[0]))], [*refs(["influencer"])]
    pool = [
        field("segment", *refs(draw(some(words.segments)) or ["others"])),
        field("role", *draw(st.sampled_from(roles))),
        field("starts", draw(st.sampled_from(starts))),
        field("goal", goal),
        field("priority", number(draw(st.integers(0, 100)))),
        field("holdout", number(10, percent=True)),
        field("owner", ref(words.teams[0])),
        field("reentry", draw(st.sampled_from([ref("always"), ref("once"), n.After(length("30d"), NOWHERE)]))),
        field("patience", length("10d")),
    ]
    if words.levels:
        levels = [ref("friend")], [n.Range(ref("stranger"), ref("friend"), NOWHERE)]
        pool.append(field("relation", *draw(st.sampled_from(levels))))
    chosen = draw(st.lists(st.sampled_from(pool), max_size=5, unique_by=lambda each: each.name.text))
    return [*([field("phase", *refs(phases))] if phases else []), *chosen]


@st.composite
def _kpis(draw: st.DrawFn, words: Words) -> list[n.Declaration]:
    found: list[n.Declaration] = []
    for word in draw(names("kpi", 0, 2)):
        pool = [
            field("aim", rate(300, draw(st.sampled_from(["quarter", "week"])))),
            field("responsible", ref(words.teams[0])),
            field("reward", text("Kage")),
        ]
        items = draw(st.lists(st.sampled_from(pool), max_size=3, unique_by=lambda each: each.name.text))
        event = draw(st.sampled_from(words.events)).name
        found.append(block("kpi", word, field("counts", ref(event)), *items, title=draw(TITLES)))
    return found
