"""Pressure in words: how full the fullest week of each cell is, what stands behind it, and the caps against it."""

from __future__ import annotations

import attrs

from gridlang.schedule.model import Campaign, Channel
from gridlang.schedule.steps import Send
from gridlang.targets.pages.rules import cap as cap_in_words
from gridlang.targets.pages.told import Chip, Context, MarkView, Where
from gridlang.targets.views.anchors import anchor
from gridlang.targets.views.fullest import Made, Touch
from gridlang.targets.views.grid import EVERYBODY
from gridlang.targets.views.pressure import Count, Holding, Part, PressureMatrix, Strained, caps, pressure, room
from gridlang.targets.words import steps as said

PEARLS = 12
"""How many touches a cell draws one by one."""


@attrs.frozen(kw_only=True)
class TouchView:
    """A touch of the week: the day in the campaign's own count, by which channels, and the step it is."""

    day: str
    marks: tuple[MarkView, ...]
    title: str
    link: str
    where: Where


@attrs.frozen(kw_only=True)
class PartView:
    """A campaign's share of a cell. `again` says when more can come, if they can."""

    chip: Chip
    count: str
    touches: tuple[TouchView, ...]
    again: str | None


@attrs.frozen(kw_only=True)
class HoldingView:
    """A cap against what is asked for under it."""

    title: str
    link: str
    says: str
    over: bool


@attrs.frozen(kw_only=True)
class CellView:
    """`most` can come in a week. `pearls`: for each touch that is asked for whether it comes `through` or is `held`.

    `state`: `none`, `calm`, `held` (the caps hold something back) or `free` (no cap that always holds covers it).
    """

    state: str
    most: str
    note: str
    person: str | None
    pearls: tuple[tuple[int, str], ...]
    width: int
    link: str | None


@attrs.frozen(kw_only=True)
class ListView:
    """What stands behind the number of a cell, or of some that are alike."""

    anchor: str
    phase: Chip
    title: str
    segment_name: str
    sum: str
    parts: tuple[PartView, ...]
    holdings: tuple[HoldingView, ...]


@attrs.frozen
class RowView:
    """A phase and its cells."""

    phase: Chip
    cells: tuple[CellView, ...]


@attrs.frozen(kw_only=True)
class TableView:
    """One table; `relations` says for whom it holds, `levels` by name."""

    relations: str
    levels: tuple[str, ...]
    roles: tuple[str, ...]
    rows: tuple[RowView, ...]


@attrs.frozen(kw_only=True)
class SegmentPressure:
    """The tables of a segment; none where nothing personal is sent to anybody in it."""

    segment: str
    name: str
    tables: tuple[TableView, ...]
    lists: tuple[ListView, ...]


@attrs.frozen(kw_only=True)
class CapView:
    """A cap, how many touches it lets through in a week, and in how many cells it holds something back."""

    title: str
    anchor: str
    kind: str
    says: str
    room: str
    cells: tuple[tuple[str, str], ...]
    """What it holds back: cells by their title and the anchor of their list."""
    some: bool
    where: Where


@attrs.frozen
class PressureView:
    """All of it."""

    segments: tuple[SegmentPressure, ...]
    caps: tuple[CapView, ...]


def strain(told: Context) -> PressureView:
    """By segment and relation, as the grid is."""
    every = pressure(told.schedule)
    lists = _Lists(told)
    segments = tuple(
        _segment(told, lists, segment.name, [each for each in every if each.matrix.segment.name == segment.name])
        for segment in told.schedule.segments
    )
    return PressureView(segments, _caps(told, lists))


@attrs.frozen(eq=False)
class _Lists:
    """The lists behind the cells met so far, by their anchor: cells of the same person, or role, with the same
    campaigns share one."""

    told: Context
    behind: dict[str, list[Strained]] = attrs.field(factory=dict)
    known: dict[tuple[object, ...], str] = attrs.field(factory=dict)

    def of(self, cell: Strained) -> str | None:
        if not cell.parts:
            return None
        who = cell.person or cell.role
        key = (cell.segment, cell.phase, cell.person, who, tuple(part.campaign.name for part in cell.parts))
        if key not in self.known:
            place = anchor("pressure", cell.segment, cell.phase, who)
            alike = [each for each in self.behind if each == place or each.startswith(f"{place}-")]
            self.known[key] = f"{place}-{len(alike) + 1}" if alike else place
        cells = self.behind.setdefault(self.known[key], [])
        if cell not in cells:
            cells.append(cell)
        return self.known[key]


def _segment(told: Context, lists: _Lists, segment: str, of: list[PressureMatrix]) -> SegmentPressure:
    tables = tuple(_table(told, lists, each) for each in of)
    mine = [(cells, place) for place, cells in lists.behind.items() if cells[0].segment == segment]
    return SegmentPressure(
        segment=told.names.segment(segment),
        name=segment,
        tables=tables if mine else (),
        lists=tuple(_list(told, cells, place) for cells, place in mine),
    )


def _table(told: Context, lists: _Lists, of: PressureMatrix) -> TableView:
    say, matrix = told.words.say, of.matrix
    relations = told.words.both(told.names.relation(relation) for relation in matrix.relations)
    return TableView(
        relations=say("Relation: %(relations)s", relations=relations) if relations else say("Every relation"),
        levels=matrix.relations,
        roles=tuple(_role(told, role) for role in matrix.roles),
        rows=tuple(
            RowView(told.phase(phase), tuple(_cell(told, cell, lists.of(cell)) for cell in cells))
            for phase, cells in of.rows
        ),
    )


def _role(told: Context, role: str) -> str:
    return told.names.role(role) if role != EVERYBODY else told.words.say("Everybody")


# --- cells ------------------------------------------------------------------------------------------------------------


def _cell(told: Context, cell: Strained, link: str | None) -> CellView:
    pearls = _pearls(cell)
    return CellView(
        state=_state(cell),
        most=_count(told, cell.most),
        note=_note(told, cell),
        person=told.names.person(cell.person) if cell.person and cell.parts else None,
        pearls=tuple((number * 10 + 5, state) for number, state in enumerate(pearls)),
        width=max(1, len(pearls)) * 10,
        link=link,
    )


def _pearls(cell: Strained) -> list[str]:
    """What comes through, then what is held back; of what has no end, one that is held back stands for all."""
    through = cell.most.touches
    held = 1 if cell.asked.more and not cell.most.more else max(0, cell.asked.touches - through)
    return (["through"] * through + ["held"] * held)[:PEARLS]


def _state(cell: Strained) -> str:
    if not cell.parts:
        return "none"
    if cell.most.more or not cell.bounded:
        return "free"
    return "held" if cell.asked.more or cell.most.touches < cell.asked.touches else "calm"


def _count(told: Context, count: Count) -> str:
    return told.words.number(count.touches) + ("+" if count.more else "")


def _note(told: Context, cell: Strained) -> str:
    say = told.words.say
    match _state(cell):
        case "held":
            return say("by the caps") if cell.asked.more else say("of %(number)s", number=_count(told, cell.asked))
        case "free":
            return say("no cap") if not cell.bounded else say("no limit")
        case _:
            return ""


def _sum(told: Context, cell: Strained) -> str:
    """The cell as a sentence."""
    words = told.words
    asked = words.count(
        "The flows ask for %(number)s touch in a week.",
        "The flows ask for %(number)s touches in a week.",
        cell.asked.touches,
    )
    more = [words.say("More can come.")] if cell.asked.more else []
    return " ".join([asked, *more, _bound(told, cell)])


def _bound(told: Context, cell: Strained) -> str:
    words = told.words
    if not cell.bounded:
        return words.say("No cap that always holds covers them.")
    if cell.most.more:
        return words.say("The caps cover only a part of them.")
    if _state(cell) == "held":
        return words.count("The caps let %(number)s through.", "The caps let %(number)s through.", cell.most.touches)
    return words.say("They fit under the caps.")


# --- what stands behind a cell ----------------------------------------------------------------------------------------


def _list(told: Context, cells: list[Strained], place: str) -> ListView:
    cell = cells[0]
    return ListView(
        anchor=place,
        phase=told.phase(cell.phase),
        title=_title(told, cells),
        segment_name=cell.segment,
        sum=_sum(told, cell),
        parts=tuple(_part(told, part) for part in cell.parts),
        holdings=tuple(_holding(told, each) for each in cell.holdings),
    )


def _title(told: Context, cells: list[Strained]) -> str:
    """`Father · target and approver`."""
    roles = told.words.both(dict.fromkeys(_role(told, cell.role) for cell in cells))
    return f"{told.names.person(cells[0].person)} · {roles}" if cells[0].person else roles


def _part(told: Context, part: Part) -> PartView:
    return PartView(
        chip=told.campaign(part.campaign),
        count=_count(told, part.count),
        touches=tuple(_touch(told, part.campaign, made) for made in part.fullest.touches),
        again=_again(told, part),
    )


def _again(told: Context, part: Part) -> str | None:
    if part.again:
        return told.words.say("Again each time: %(event)s", event=told.names.event(part.again))
    return told.words.say("And so on, as often as there is an answer") if part.fullest.endless else None


def _touch(told: Context, campaign: Campaign, made: Made) -> TouchView:
    step = made.step
    return TouchView(
        day=told.words.say("day %(number)s", number=told.words.number(made.day + 1)),
        marks=tuple(told.mark(channel) for channel in _channels(step)),
        title=said.title(told.names, step),
        link=anchor("step", campaign.name, step.id),
        where=told.where(step.place),
    )


def _channels(step: Touch) -> tuple[str, ...]:
    return step.channels if isinstance(step, Send) else (step.channel,)


def _holding(told: Context, holding: Holding) -> HoldingView:
    words = told.words
    return HoldingView(
        title=told.names.label(holding.owner),
        link=_cap_anchor(holding.owner),
        says=words.say(
            "%(asked)s asked for, room for %(room)s",
            asked=_count(told, holding.asked),
            room=words.number(holding.room),
        ),
        over=holding.asked.more or holding.asked.touches > holding.room,
    )


# --- caps -------------------------------------------------------------------------------------------------------------


def _cap_anchor(owner: object) -> str:
    name = getattr(owner, "name", "")
    return anchor("cap", "channel" if isinstance(owner, Channel) else "rule", name)


def _caps(told: Context, lists: _Lists) -> tuple[CapView, ...]:
    """Those of the plan, and those of the library under which anything comes."""
    met = {_cap_anchor(each.owner) for cells in lists.behind.values() for each in cells[0].holdings}
    return tuple(
        CapView(
            title=told.names.label(owner),
            anchor=_cap_anchor(owner),
            kind=told.words.say("Channel") if isinstance(owner, Channel) else told.words.say("Rule"),
            says=cap_in_words(told, cap),
            room=told.words.number(room(cap)),
            cells=_strained(told, lists, owner),
            some=not isinstance(owner, Channel) and owner.when is not None,
            where=told.where(cap.place),
        )
        for owner, cap in caps(told.schedule)
        if not told.names.from_library(owner.place) or _cap_anchor(owner) in met
    )


def _strained(told: Context, lists: _Lists, owner: object) -> tuple[tuple[str, str], ...]:
    return tuple(
        (" · ".join((*_segment_of(told, cells[0]), told.names.phase(cells[0].phase), _title(told, cells))), place)
        for place, cells in lists.behind.items()
        for each in cells[0].holdings
        if each.owner is owner and (each.asked.more or each.asked.touches > each.room)
    )


def _segment_of(told: Context, cell: Strained) -> tuple[str, ...]:
    """Said only where there are several."""
    return (told.names.segment(cell.segment),) if len(told.schedule.segments) > 1 else ()
