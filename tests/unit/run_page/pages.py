"""The pages of the example plans' runs, made once."""

from __future__ import annotations

from functools import cache

import attrs
from lxml import html

from gridlang.run_page import files
from gridlang.runtime.figures import Figures, figures
from gridlang.runtime.rows import Execution
from gridlang.schedule.model import Schedule
from tests.unit.examples import plans

EXAMPLES = ("canteen_dishwasher", "family_car", "holiday_trip", "record_shop")


@cache
def executed(name: str) -> Execution:
    return plans.executed(name)


@cache
def figured(name: str) -> Figures:
    return figures(plans.compiled(name).schedule, executed(name))


@cache
def page(name: str) -> str:
    return made(plans.compiled(name).schedule, executed(name))


def made(schedule: Schedule, execution: Execution) -> str:
    (file,) = files(schedule, execution)
    assert file.path == "run.html"
    return file.content.decode()


@cache
def tree(name: str) -> html.HtmlElement:
    return html.document_fromstring(page(name))


def in_language(schedule: Schedule, locale: str) -> Schedule:
    return attrs.evolve(schedule, plan=attrs.evolve(schedule.plan, locale=locale))
