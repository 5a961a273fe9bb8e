"""`advance`: a world lived on by the kernel, in the place of the reference's own `execution.advance`.

What a state keeps, what an edit changes, what is late or withdrawn (R25, R26) is decided on the world before and after,
by `gridlang.runtime.state`: the engine only lets the time between pass. Accounts for which it holds nothing are left as
they are.
"""

from __future__ import annotations

import numpy as np

from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.crew import Crew
from gridlang.runtime.engine.desk import Asked
from gridlang.runtime.engine.driving import HAPPENED, Driver, Log, Memory
from gridlang.runtime.engine.lowering import Stretch
from gridlang.runtime.engine.lowering.state import Restored, lower_world
from gridlang.runtime.engine.meeting import meet
from gridlang.runtime.engine.replaying import replay
from gridlang.runtime.engine.returning import take_back
from gridlang.runtime.reference.execution import Progress
from gridlang.runtime.reference.world import World
from gridlang.runtime.state.upcoming import own_moments
from gridlang.schedule import clock


def advance(
    world: World,
    until: int,
    start: int,
    entries: dict[str, str] | None = None,
    progress: Progress | None = None,
) -> None:
    """Live every moment before `until`, as `gridlang.runtime.reference.execution.advance` does.

    Raises `lowering.Refused`, with nothing changed, for what is beyond the engine.
    """
    assert not entries, "a state puts nobody into a phase"
    looked_at = world.moments.until(until)
    if looked_at:
        _live(world, looked_at, until, start, progress)
    world.lived = start if world.lived is None else world.lived
    world.since = world.lived if world.since is None else world.since


def _live(world: World, looked_at: dict[str, int], until: int, since: int, progress: Progress | None) -> None:
    accounts = [account for account in world.accounts if account.id in looked_at]
    restored = lower_world(world, accounts, looked_at, since, until)
    logs = _logs(world, restored, since)
    world.moments.forget(until)
    replay(world, restored, logs)
    for _, log in logs:
        take_back(world, restored, log)
    for account in filter(None, (*accounts, world.mass)):
        for moment in own_moments(account):
            world.moments.add(moment, account)
    if progress is not None:
        progress(until - since, world.moments.horizon - since, world.record.rows)


def _logs(world: World, restored: Restored, since: int) -> list[tuple[Stretch, Log]]:
    """What accounts leave: first those that ask nothing of the desk, then the others, then the plan itself."""
    lowered, memory = restored.lowered, Memory()
    driver = Driver(lowered, restored.stretch, memory)
    logs = [(restored.stretch, log) for log in driver.logs()]
    with Crew() as crew:
        met = meet(lowered, [Asked.of(driver)], crew, _handed(world, since))
    asking, answers = met.told(0, memory)
    logs += [(asking.stretch, log) for log in asking.logs(answers)]
    if world.mass is not None:
        happened = [log.mass[:, HAPPENED] for _, log in logs]
        logs.append((restored.stretch, driver.flights(np.concatenate([_NOTHING, *happened]))))
    return logs


_NOTHING = np.zeros((0, len(HAPPENED)), np.int64)


def _handed(world: World, since: int) -> Array:
    """What the desk has handed out so far (R18), for `kernel.meeting.put_before`."""
    teams = list(world.plan.schedule.teams)
    today = clock.local(since, world.plan.timing.zone).date()
    found: list[int] = []
    for number, team in enumerate(teams):
        for moment in world.desk.handed.get(team.name, ()):
            found += [number, moment, -1, 1]
        load = world.desk.loads.get((team.name, today), {})
        for place, member in enumerate(team.members):
            found += [number, clock.day_number(today), place, load.get(member, 0)]
    return np.array(found, np.int64)
