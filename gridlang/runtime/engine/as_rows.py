"""The tables of the engine as the rows of `gridlang.runtime.rows`, in their final order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

import attrs

from gridlang.runtime.engine import stamps
from gridlang.runtime.engine.columns import values_at
from gridlang.runtime.engine.lowering import Lowered
from gridlang.runtime.engine.results import NEVER, REASONS, RULES, STATES, Part, Rows, Stamp, Whole
from gridlang.runtime.engine.writing.reports import reports
from gridlang.runtime.reference import identity
from gridlang.runtime.reference.people import Account, Person
from gridlang.runtime.reference.timing import local_text
from gridlang.runtime.reference.wording import Wordings
from gridlang.runtime.rows import (
    AudienceRow,
    Because,
    Contact,
    Execution,
    Issue,
    MoveRow,
    Origin,
    SkipRow,
    TaskRow,
    Touch,
)
from gridlang.schedule import clock
from gridlang.schedule import steps as st


def as_execution(lowered: Lowered, parts: Sequence[Part], whole: Whole) -> Execution:
    """Everything a run gives, as rows."""
    telling = Telling(lowered)
    touches = telling.ordered(parts, lambda part: part.touches, telling.touch)
    tasks = telling.ordered(parts, lambda part: part.tasks.rows, telling.task)
    audiences = telling.ordered(parts, lambda part: part.audiences.rows, telling.audience)
    skips = telling.ordered(parts, lambda part: part.skips.rows, telling.skip)
    told = sorted([*zip(whole.stamps, whole.issues, strict=True), *telling.failures(parts)], key=lambda each: each[0])
    return Execution(
        touches=tuple(touches),
        tasks=tuple(tasks),
        audiences=tuple(audiences),
        moves=tuple(moves(lowered, parts)),
        skips=tuple(skips),
        reports=reports(lowered.plan.schedule, lowered.columns, parts, whole),
        issues=(*lowered.columns.issues, *(issue for _, issue in told)),
        counts=whole.counts,
    )


@attrs.define(eq=False)
class Telling:
    """Makes rows: names for numbers, texts of templates."""

    lowered: Lowered
    wordings: Wordings = attrs.field(init=False)
    _failed: list[tuple[str, str]] = attrs.field(factory=list)
    people: dict[int, Person] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.wordings = Wordings(self.lowered.plan.messages, lambda name, reason: self._failed.append((name, reason)))

    def ordered(self, parts: Sequence[Part], table: Any, make: Any) -> Iterator[Any]:
        """The rows of a table of all parts, by moment and R17."""
        campaigns = self.lowered.plan.schedule.campaigns

        def key(each: tuple[Part, int]) -> tuple[int, ...]:
            rows: Rows = table(each[0])
            n = each[1]
            campaign = int(rows.campaign[n])
            own = (int(column[n]) for column in (rows.ready, rows.campaign, rows.step, rows.person, rows.visit))
            return (int(rows.at[n]), -campaigns[campaign].priority, *own)

        found = [(part, number) for part in parts for number in range(len(table(part).at))]
        return (make(part, number) for part, number in sorted(found, key=key))

    # --- rows --------------------------------------------------------------------------------------------------------

    def _common(self, part: Part, rows: Rows, n: int) -> dict[str, Any]:
        """What every row has."""
        schedule, columns = self.lowered.plan.schedule, self.lowered.columns
        campaign = schedule.campaigns[int(rows.campaign[n])]
        step = campaign.steps[int(rows.step[n])].id if rows.step[n] >= 0 else "holdout"
        person, visit = int(rows.person[n]), int(rows.visit[n])
        contact = columns.people.ids[person] if person >= 0 else ""
        account = columns.accounts.ids[int(columns.people.account[person])] if person >= 0 else ""
        message = int(rows.message[n])
        return {
            "id": identity.row_id(schedule.plan.name, contact, campaign.name, step, visit),
            "contact": contact,
            "account": account,
            "channel": schedule.channels[int(rows.channel[n])].name if rows.channel[n] >= 0 else "",
            "message": schedule.messages[message].name if message >= 0 else "",
            "campaign": campaign.name,
            "step": step,
            "visit": visit,
            "because": _chain(part, rows, n),
        }

    def touch(self, part: Part, n: int) -> Touch:
        rows, common = part.touches, self._common(part, part.touches, n)
        person, due = self._person(int(rows.person[n])), int(rows.at[n])
        subject = self.wordings.text(common["message"], "subject", person)
        return Touch(**common, subject=subject, due=due, local=local_text(due, person.zone))

    def task(self, part: Part, n: int) -> TaskRow:
        tasks, rows = part.tasks, part.tasks.rows
        common, schedule = self._common(part, rows, n), self.lowered.plan.schedule
        person, due = self._person(int(rows.person[n])), int(rows.at[n])
        step = schedule.campaigns[int(rows.campaign[n])].steps[int(rows.step[n])]
        team, member = schedule.teams[int(tasks.team[n])], int(tasks.member[n])
        notice, closed, deadline = bool(tasks.notice[n]), int(tasks.closed[n]), int(tasks.deadline[n])
        outcome = int(tasks.outcome[n])
        return TaskRow(
            **common,
            subject=self._subject(step, common["message"], person),
            due=due,
            local=local_text(due, person.zone),
            team=team.name,
            member=team.members[member] if member >= 0 else "",
            deadline=None if notice else deadline,
            script="" if notice else self.wordings.text(common["message"] or None, "script", person),
            outcomes=tuple(word for arm in step.arms for word in arm.outcomes) if isinstance(step, st.Task) else (),
            state=cast(Any, STATES[int(tasks.state[n])]),
            outcome=str(self.lowered.columns.events.outcome.values[outcome]) if outcome >= 0 else "",
            closed=None if closed == NEVER else closed,
            kind="notice" if notice else "task",
        )

    def _subject(self, step: st.Step, message: str, person: Person) -> str:
        if isinstance(step, st.Notify):
            return self.wordings.render(step.text, self._notice_name(step), person)
        return self.wordings.text(message or None, "subject", person)

    def _notice_name(self, step: st.Notify) -> str:
        campaigns = self.lowered.plan.schedule.campaigns
        campaign = next(each for each in campaigns if any(step is one for one in each.steps))
        return f"notify {step.team} in {campaign.name}"

    def audience(self, part: Part, n: int) -> AudienceRow:
        rows, end = part.audiences.rows, int(part.audiences.end[n])
        return AudienceRow(**self._common(part, rows, n), start=int(rows.at[n]), end=None if end == NEVER else end)

    def skip(self, part: Part, n: int) -> SkipRow:
        rows = part.skips.rows
        reason = cast(Any, REASONS[int(part.skips.reason[n])])
        return SkipRow(**self._common(part, rows, n), at=int(rows.at[n]), reason=reason)

    def _person(self, number: int) -> Person:
        """A person as templates see them."""
        found = self.people.get(number)
        if found is None:
            found = self.people[number] = person_of(self.lowered, number)
        return found

    # --- templates that fail -----------------------------------------------------------------------------------------

    def failures(self, parts: Sequence[Part]) -> Iterator[tuple[Stamp, Issue]]:
        """Each template that fails, told where it first did in the order of execution."""
        if not self._failed:
            return
        again = Telling(self.lowered)
        for stamp, part, is_task, number in sorted(self._made(parts), key=lambda each: each[0]):
            before = len(again._failed)
            again.task(part, number) if is_task else again.touch(part, number)
            for name, reason in again._failed[before:]:
                yield stamp, Issue(code="template_failed", reason=f"{name}: {reason}", at=stamp[0], refused=False)

    def _made(self, parts: Sequence[Part]) -> Iterator[tuple[Stamp, Part, bool, int]]:
        for part in parts:
            for is_task, rows in ((False, part.touches), (True, part.tasks.rows)):
                for number in range(len(rows.at)):
                    yield stamps.of_row(self.lowered, part, rows, number), part, is_task, number


def person_of(lowered: Lowered, number: int) -> Person:
    """A person of the columns, as the reference knows them; -1: the plan itself."""
    people, accounts = lowered.columns.people, lowered.columns.accounts
    if number < 0:
        nobody = Account("", {}, 0)
        return Person(Contact(id="", account="", origin=Origin("", 0)), nobody, lowered.plan.timing.zone, {})

    given, home = str(people.timezone.value(number)), int(people.account[number])
    zone = given if clock.known_zone(given) else lowered.plan.timing.zone
    account = Account(accounts.ids[home], values_at(accounts.attributes, home), 0)
    reserved = {"language": people.language, "since": people.since, "salesperson": people.salesperson}
    own = values_at({**people.attributes, **reserved, "roles": people.roles}, number)
    own = {"roles": (), **own, "id": people.ids[number], "timezone": zone}
    contact = Contact(id=people.ids[number], account=account.id, language=own.get("language"), origin=Origin("", 0))
    return Person(contact, account, zone, own)


def _chain(part: Part, rows: Rows, n: int) -> tuple[Because, ...]:
    first, links = int(rows.chain[n]), part.links
    return tuple(
        Because(RULES[int(links.rule[each])], int(links.place[each]), int(links.delay[each]))
        for each in range(first, first + int(rows.links[n]))
    )


def moves(lowered: Lowered, parts: Sequence[Part]) -> list[MoveRow]:
    """The moves of all parts, in their order."""
    schedule, ids = lowered.plan.schedule, lowered.columns.accounts.ids
    phases, events = schedule.journey.phases, list(lowered.names.events)
    found: list[tuple[int, int, MoveRow]] = []
    for part in parts:
        moves = part.moves
        for n in range(len(moves.at)):
            why, rule = "entry", "entry"
            if moves.event[n] >= 0:
                why, rule = events[int(moves.event[n])], "event"
            elif moves.campaign[n] >= 0:
                campaign = schedule.campaigns[int(moves.campaign[n])]
                why, rule = f"move {campaign.name} {campaign.steps[int(moves.step[n])].id}", "move"
            at, account = int(moves.at[n]), int(moves.account[n])
            row = MoveRow(
                account=ids[account],
                source=phases[int(moves.source[n])].name if moves.source[n] >= 0 else "",
                target=phases[int(moves.target[n])].name,
                at=at,
                why=why,
                because=(Because(rule, int(moves.place[n])),),
            )
            found.append((at, account, row))
    return [row for _, _, row in sorted(found, key=lambda each: each[:2])]
