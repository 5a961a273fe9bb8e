"""The year: a row a campaign, flights as bars, and the days on which nothing is sent or nobody works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from gridlang.schedule.model import Campaign, Stretch
from gridlang.targets.drawing import measure
from gridlang.targets.drawing.picture import Box, Circle, Group, Mark, Path, Picture, Shape, line, polygon
from gridlang.targets.views.anchors import anchor
from gridlang.targets.views.phases import style
from gridlang.targets.views.year import Flight, flights, run_of
from gridlang.targets.words.names import Names

_LABELS, _WIDTH, _NARROWEST = 230.0, 930.0, 0.5
"""Room for the names at the left; room for the days; the fewest pixels a day gets."""
_HEAD, _ROW, _BAR, _SIZE = 44.0, 30.0, 16.0, 12.0


@attrs.frozen
class Scale:
    """Days on the drawing, from the first to the last of the period."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def width(self) -> float:
        return max(_WIDTH, self.days * _NARROWEST)

    def x(self, day: dt.date) -> float:
        """The left edge of a day, kept inside the period."""
        inside = min(max((day - self.first).days, 0), self.days)
        return round(_LABELS + inside * self.width / self.days, 1)

    def shows(self, first: dt.date, last: dt.date) -> bool:
        return first <= self.last and last >= self.first


def timeline(names: Names) -> Picture:
    """Campaigns in order of declaration; what a person sets off runs as a thin arrow, since it has dates of its own."""
    plan = names.schedule.plan
    scale = Scale(dt.date.fromisoformat(plan.starts), dt.date.fromisoformat(plan.ends))
    lanes = _lanes(names)
    rows = [(campaign, lanes.get(campaign.name, [])) for campaign in names.schedule.campaigns]
    height = _HEAD + sum(max(1, len(flown)) for _, flown in rows) * _ROW + 12
    groups: list[Group] = [
        _days_off(names, scale, height),
        _head(names, scale, height),
        *_holidays(names, scale),
    ]
    top = _HEAD
    for campaign, flown in rows:
        groups.append(_row(names, scale, campaign, flown, top))
        top += _ROW * max(1, len(flown))
    return Picture(
        id="timeline",
        title=names.words.say("The calendar of the plan"),
        description=names.words.say("All dates stand in the tables under the drawing."),
        width=_LABELS + scale.width + 14,
        height=height,
        groups=tuple(groups),
    )


def _lanes(names: Names) -> dict[str, list[list[Flight]]]:
    """By campaign: its flights in as few rows as keep them apart."""
    found: dict[str, list[list[Flight]]] = {}
    for flight in flights(names.schedule):
        lanes = found.setdefault(flight.campaign.name, [])
        free = next((lane for lane in lanes if lane[-1].last < flight.first), None)
        if free is None:
            lanes.append([flight])
        else:
            free.append(flight)
    return found


def _head(names: Names, scale: Scale, height: float) -> Group:
    """Months, or quarters or years where months would be too narrow to name."""
    shapes: list[Shape] = []
    for first, following, text in _spans(names, scale):
        left, right = scale.x(first), scale.x(following)
        shapes.append(Path(d=f"M{left:g},14V{height:g}", style="month"))
        if measure.width(text, _SIZE) + 6 < right - left:
            shapes.append(line(text, left + 5, 26, _SIZE, style="detail", anchor="start"))
    shapes.append(Path(d=f"M{_LABELS:g},{_HEAD - 4:g}H{_LABELS + scale.width:g}", style="rule"))
    return Group(shapes=tuple(shapes), style="months")


def _spans(names: Names, scale: Scale) -> list[tuple[dt.date, dt.date, str]]:
    words = names.words
    spans: list[tuple[dt.date, dt.date, str]] = []
    for months, fields in ((1, "MMM"), (3, "QQQ"), (12, "y")):
        spans.clear()
        start = scale.first.replace(day=1, month=(scale.first.month - 1) // months * months + 1)
        while start <= scale.last:
            carry, month = divmod(start.month - 1 + months, 12)
            following = start.replace(year=start.year + carry, month=month + 1)
            new_year = months < 12 and (start.month == 1 or not spans) and scale.first.year != scale.last.year
            text = words.skeleton(start, f"{fields}y" if new_year else fields)
            spans.append((start, following, text))
            start = following
        whole = [span for span in spans if span[0] >= scale.first and span[1] <= scale.last] or spans
        if all(measure.width(text, _SIZE) + 6 < scale.x(after) - scale.x(first) for first, after, text in whole):
            return spans
    return spans


def _days_off(names: Names, scale: Scale, height: float) -> Group:
    calendar = names.schedule.calendar
    shapes: list[Shape] = []
    for stretches, kind in ((calendar.closed, "closed"), (calendar.blackout, "blackout")):
        for stretch in stretches:
            first, last = _range(stretch)
            if scale.shows(first, last):
                left, right = scale.x(first), scale.x(last + dt.timedelta(days=1))
                shapes.append(
                    Box(x=left, y=_HEAD - 4, width=max(right - left, 2), height=height - _HEAD + 4, style=kind)
                )
    return Group(shapes=tuple(shapes), style="days-off")


def _range(stretch: Stretch) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(stretch.start), dt.date.fromisoformat(stretch.end)


def _holidays(names: Names, scale: Scale) -> Iterator[Group]:
    for holiday in names.schedule.calendar.holidays:
        day = dt.date.fromisoformat(holiday.date)
        if scale.shows(day, day):
            x = (scale.x(day) + scale.x(day + dt.timedelta(days=1))) / 2
            yield Group(
                shapes=(Circle(x=x, y=_HEAD - 9, radius=2.6, style="holiday"),),
                title=f"{names.words.date(day)}: {holiday.name}",
                style="holidays",
            )


def _row(names: Names, scale: Scale, campaign: Campaign, lanes: list[list[Flight]], top: float) -> Group:
    label = measure.wrap(names.label(campaign), _LABELS - 24, _SIZE, lines=1)
    shapes: list[Shape] = [line(label[0] if label else "", 6, top + 19, _SIZE, anchor="start")]
    if not lanes:
        shapes += _running(names, scale, campaign, top)
    for number, lane in enumerate(lanes):
        for flight in lane:
            shapes += _bar(names, scale, flight, top + number * _ROW)
    return Group(
        shapes=tuple(shapes),
        style=f"run {style(names.schedule, campaign.phases)}",
        link=anchor("campaign", campaign.name),
        title=names.label(campaign),
    )


def _running(names: Names, scale: Scale, campaign: Campaign, top: float) -> list[Shape]:
    """From the first to the last day on which somebody can come in; each person has their own dates."""
    first, last = run_of(names.schedule, campaign)
    left, right = scale.x(first), scale.x(last + dt.timedelta(days=1))
    middle = top + _ROW / 2
    head = Path(d=polygon((right, middle), (right - 7, middle - 4), (right - 7, middle + 4)), style="tip")
    return [Path(d=f"M{left:g},{middle:g}H{max(right - 4, left):g}", style="running"), head]


def _bar(names: Names, scale: Scale, flight: Flight, top: float) -> list[Shape]:
    left, right = scale.x(flight.first), scale.x(flight.last + dt.timedelta(days=1))
    y = top + (_ROW - _BAR) / 2
    shapes: list[Shape] = [Box(x=left, y=y, width=max(right - left, 3), height=_BAR, style="flight", radius=3)]
    if flight.order_by is not None:
        booked = scale.x(flight.order_by)
        shapes.insert(0, Path(d=f"M{booked:g},{y + _BAR / 2:g}H{left:g}", style="booking"))
    text = names.channel(flight.show.channel)
    if measure.width(text, 11) + 26 < right - left:
        shapes.append(Mark(x=left + 4, y=y + 2, size=12, name=names.mark(flight.show.channel), style="sign inside"))
        shapes.append(line(text, left + 20, y + 12, 11, style="inside", anchor="start"))
    elif right + measure.width(text, 11) + 6 < _LABELS + scale.width:
        shapes.append(line(text, right + 5, y + 12, 11, style="beside", anchor="start"))
    return shapes
