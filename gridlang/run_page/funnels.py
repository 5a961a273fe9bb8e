"""Each campaign's flowchart as a funnel: how many runs went along each arrow, and what became of each step."""

from __future__ import annotations

from collections import Counter

import attrs

from gridlang.run_page import small
from gridlang.run_page.arrows import Ends, taken_along, weight
from gridlang.runtime.figures import Figures
from gridlang.runtime.rows import BEGINS
from gridlang.schedule.model import Campaign
from gridlang.schedule.steps import Move, Repeat, Step, Stop
from gridlang.targets.drawing.picture import Note
from gridlang.targets.pages.told import Chip, Context, Where
from gridlang.targets.views import flow as views
from gridlang.targets.views.anchors import anchor
from gridlang.targets.words import phrases
from gridlang.targets.words import steps as said
from gridlang.targets.words.reasons import REASONS


@attrs.frozen(kw_only=True)
class OnwardView:
    """An arrow out of a step: on what, whereto, how many runs took it, and what share of those that went on."""

    on: str
    to: str
    link: str | None
    runs: str
    share: str


@attrs.frozen(kw_only=True)
class StepView:
    """A step with what became of it: `made` and `skipped` in words, `rest` the runs that went nowhere from it."""

    number: int
    anchor: str
    kind: str
    title: str
    reached: str
    made: str
    skipped: str
    onward: tuple[OnwardView, ...]
    rest: str | None
    where: Where


@attrs.frozen(kw_only=True)
class FunnelView:
    """A campaign; `empty` where no run of it began."""

    campaign: Campaign
    chip: Chip
    anchor: str
    phases: tuple[Chip, ...]
    begun: str
    goal: str | None
    held_out: str | None
    empty: bool
    notes: dict[Ends, Note]
    steps: tuple[StepView, ...]
    where: Where


def funnels(told: Context, figures: Figures) -> tuple[FunnelView, ...]:
    """In order of declaration."""
    made, skipped = _by_step(figures)
    return tuple(_Funnel.of(told, figures, campaign, made, skipped).view() for campaign in told.schedule.campaigns)


Rows = dict[tuple[str, str], Counter[str]]


def _by_step(figures: Figures) -> tuple[Rows, Rows]:
    """By campaign and step: rows made, by kind; rows skipped, by reason."""
    made: Rows = {}
    skipped: Rows = {}
    for key, rows in figures.made.items():
        made.setdefault((key.campaign, key.step), Counter())[key.kind] += rows
    for refused, rows in figures.skipped.items():
        skipped.setdefault((refused.campaign, refused.step), Counter())[refused.reason] += rows
    return made, skipped


@attrs.frozen
class _Funnel:
    """A campaign with its graph and what went through it."""

    told: Context
    figures: Figures
    campaign: Campaign
    graph: views.Flow
    taken: dict[Ends, int]
    made: Rows
    skipped: Rows

    @classmethod
    def of(cls, told: Context, figures: Figures, campaign: Campaign, made: Rows, skipped: Rows) -> _Funnel:
        graph = views.flow(campaign)
        return cls(told, figures, campaign, graph, taken_along(campaign, graph, figures), made, skipped)

    def count(self, runs: int) -> str:
        """Runs in words; those of a campaign that is one run for the plan are nobody's."""
        return self.told.words.number(runs) if self.campaign.mass else small.people(self.told.words, runs)

    def view(self) -> FunnelView:
        told, campaign = self.told, self.campaign
        begun = self.figures.counts.arrows.get((campaign.name, *BEGINS), 0)
        held_out = self.skipped.get((campaign.name, "holdout"), Counter())["holdout"]
        return FunnelView(
            campaign=campaign,
            chip=told.campaign(campaign),
            anchor=anchor("campaign", campaign.name),
            phases=tuple(told.phase(phase) for phase in campaign.phases),
            begun=self.count(begun),
            goal=self._goal(),
            held_out=small.people(told.words, held_out) if held_out else None,
            empty=not begun,
            notes=self._notes() if begun else {},
            steps=tuple(self._step(number, step) for number, step in enumerate(campaign.steps, 1)) if begun else (),
            where=told.where(campaign.place),
        )

    def _goal(self) -> str | None:
        if self.campaign.goal is None:
            return None
        reached, runs = self.figures.counts.goals.get(self.campaign.name, (0, 0))
        return small.counted(self.told.words, reached, runs)

    def _arrows(self, source: str) -> list[views.Arrow]:
        return [arrow for arrow in self.graph.arrows if arrow.source == source]

    def _leaving(self, source: str) -> int:
        return sum(self.taken[arrow.source, arrow.target] for arrow in self._arrows(source))

    def _share(self, runs: int, source: str) -> str:
        """Where the ways part, the share of those who went on."""
        if len(self._arrows(source)) == 1:
            return ""
        return small.share(self.told.words, runs, self._leaving(source))

    def _notes(self) -> dict[Ends, Note]:
        most = max(self.taken.values(), default=0)
        return {
            ends: Note(" · ".join(filter(None, (self.count(runs), self._share(runs, ends[0])))), weight(runs, most))
            for ends, runs in self.taken.items()
        }

    def _step(self, number: int, step: Step) -> StepView:
        told, reached = self.told, self._reached(step)
        rest = reached - self._leaving(step.id)
        return StepView(
            number=number,
            anchor=anchor("step", self.campaign.name, step.id),
            kind=said.kind(told.names, step),
            title=said.title(told.names, step),
            reached=self.count(reached),
            made=_made(told, self.made.get((self.campaign.name, step.id), Counter())),
            skipped=reasons(told, self.skipped.get((self.campaign.name, step.id), Counter())),
            onward=tuple(self._onward(arrow) for arrow in self._arrows(step.id)),
            rest=self.count(rest) if rest > 0 and not isinstance(step, Move | Stop) else None,
            where=told.where(step.place),
        )

    def _reached(self, step: Step) -> int:
        """How often a step was entered; a `repeat` counts its turns."""
        if isinstance(step, Repeat):
            return self._leaving(step.id)
        return sum(self.taken[arrow.source, arrow.target] for arrow in self.graph.arrows if arrow.target == step.id)

    def _onward(self, arrow: views.Arrow) -> OnwardView:
        told, runs = self.told, self.taken[arrow.source, arrow.target]
        to, link = told.words.say("the end"), None
        for number, step in enumerate(self.campaign.steps, 1):
            if step.id == arrow.target:
                to = f"{number}. {said.kind(told.names, step)}: {said.title(told.names, step)}"
                link = anchor("step", self.campaign.name, step.id)
        return OnwardView(
            on=told.words.either(filter(None, (said.meaning(told.names, meaning) for meaning in arrow.meanings))),
            to=to,
            link=link,
            runs=self.count(runs),
            share=self._share(runs, arrow.source),
        )


def _made(told: Context, made: Counter[str]) -> str:
    return told.words.both(told.words.count(*_KINDS[kind], made[kind]) for kind in _KINDS if made[kind])


_KINDS = {
    "touch": phrases("%(number)s sent", "%(number)s sent"),
    "task": phrases("%(number)s handed out", "%(number)s handed out"),
    "notice": phrases("%(number)s told", "%(number)s told"),
    "audience": phrases("%(number)s put in", "%(number)s put in"),
}


def reasons(told: Context, skipped: Counter[str]) -> str:
    """`12 no consent and 1–4 no address`."""
    say = told.words.say
    return told.words.both(
        f"{small.people(told.words, skipped[reason])} {say(text)}"
        for reason, text in REASONS.items()
        if skipped[reason]
    )
