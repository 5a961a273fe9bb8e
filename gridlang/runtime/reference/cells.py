"""R1, R4: which segment an account is in, what its people play, and in which campaigns' cells they stand."""

from __future__ import annotations

from gridlang.runtime.reference import relations, runs
from gridlang.runtime.reference.people import Account, Person
from gridlang.runtime.reference.predicates import View
from gridlang.runtime.reference.world import World
from gridlang.schedule import model

TARGET = "target"


def place_in_segment(world: World, account: Account, now: int) -> None:
    """R1: the first segment, in order of declaration, whose `where` holds for one of the account's targets.

    Asked when the account enters the plan and when it enters a phase; `account.phase` is that phase.
    """
    for person in account.people:
        person.figures = figures(world, person, now)
    account.segment = next(
        (
            segment
            for segment, where in world.plan.segments
            if where is None or any(where(View(account, each, now), None) for each in targets(world, account, segment))
        ),
        None,
    )
    note_level(account, now)


def note_level(account: Account, now: int) -> None:
    """Remember on which level the account stands from now on, for `contact_every` (R28); without a segment on none."""
    level = account.relation if account.segment else None
    if not account.levels or account.levels[-1][1] != level:
        account.levels.append((now, level))


def figures(world: World, person: Person, now: int) -> tuple[str, ...]:
    """The persons of maps that a contact plays: whose `when` holds, or whose name is in its roles."""
    view = View(person.account, person, now)
    return tuple(
        figure.name
        for figure, when in world.plan.figures
        if figure.name in person.contact.roles or (when is not None and when(view, None))
    )


def targets(world: World, account: Account, segment: model.Segment) -> list[Person]:
    """The persons with role target by that segment's map of the account's phase; without a map, anybody."""
    if world.plan.map_of(segment.name, account.phase) is None:
        return account.people
    return [person for person in account.people if TARGET in roles(world, person, segment.name)]


def roles(world: World, person: Person, segment: str) -> tuple[str, ...]:
    """A contact's roles: those of the persons it plays on the map of its segment and phase, and those of its row."""
    chart = world.plan.map_of(segment, person.account.phase)
    on_map = [role for part in chart.parts if part.person in person.figures for role in part.roles] if chart else []
    known = {role.name for role in world.plan.schedule.roles}
    own = [role for role in person.contact.roles if role in known]
    return tuple(dict.fromkeys((*on_map, *own)))


def stand(world: World, account: Account, now: int) -> None:
    """R4: runs of campaigns that no longer stand there end, campaigns that newly stand there start, others go on."""
    relations.ask_again(world, account, now)
    if account.moved:
        account.moved = False
        changes = [(person, person.standing, _standing(world, person)) for person in account.people]
        for person, _, after in changes:
            person.standing = after
        for person, before, after in changes:
            for index in before:
                if index not in after:
                    runs.leave_cell(world, person, index, now)
        for person, before, after in changes:
            for index in after:
                if index not in before:
                    runs.arrive(world, person, index, now)
        runs.ask_touches_again(account, now)
        if world.diary is not None and account is not world.mass:
            world.diary.stands(account, now)


def _standing(world: World, person: Person) -> tuple[int, ...]:
    """The campaigns in whose cell this person stands; none for an account that no segment takes."""
    account = person.account
    if account is world.mass:
        return tuple(flow.index for flow in world.plan.flows if flow.campaign.mass)
    if account.segment is None:
        person.roles = ()
        return ()
    person.roles = roles(world, person, account.segment.name)
    chart = world.plan.map_of(account.segment.name, account.phase)
    return tuple(
        flow.index
        for flow in world.plan.flows
        if not flow.campaign.mass
        and _stands_at(flow.campaign, account.segment.name, account)
        and _addresses(flow.campaign, person, chart)
    )


def _stands_at(campaign: model.Campaign, segment: str, account: Account) -> bool:
    return (
        (not campaign.segments or segment in campaign.segments)
        and (not campaign.phases or account.phase in campaign.phases)
        and (not campaign.relations or account.relation in campaign.relations)
    )


def _addresses(campaign: model.Campaign, person: Person, chart: model.Map | None) -> bool:
    """By role, or as the person of a map (`first_talk.mother`); without either, everybody."""
    if not campaign.roles and not campaign.addressed:
        return True
    if any(role in campaign.roles for role in person.roles):
        return True
    return chart is not None and any(
        chart.name == name and figure in person.figures for name, figure in campaign.addressed
    )
