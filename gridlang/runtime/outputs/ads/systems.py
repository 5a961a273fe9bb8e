"""Google Customer Match and Meta Custom Audiences: their columns, and the list beside them that counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs

from gridlang.crm import texts, writing
from gridlang.diagnostics.model import Diagnostic
from gridlang.outputs import OutputFile
from gridlang.runtime.outputs.ads import normal
from gridlang.runtime.outputs.ads.audiences import Audience, audiences
from gridlang.runtime.outputs.ads.options import AudienceOptions, attributes, findings
from gridlang.runtime.rows import Execution, Input
from gridlang.schedule.model import Schedule
from gridlang.settings.options import Options

Values = dict[str, str]

SUMMARY = {
    "file": "the list, in the system's columns",
    "channel": "the audience channel",
    "message": "the message",
    "members": "people in the list",
    "consent_withdrawn": "people who are in the audience and have taken their consent back since: left out",
    "unrecognised": "people without an e-mail address or telephone number that the system could know: left out",
    "place": "file and line in the plan",
    "declaration": "what is declared there",
}
"""The columns of `audiences_NAME.csv`: it names nobody."""


def _google(person: Values) -> dict[str, str]:
    return {
        "Email": normal.digest(person["email"]),
        "Phone": normal.digest(person["phone"]),
        "First Name": normal.digest(normal.name(person["first_name"])),
        "Last Name": normal.digest(normal.name(person["last_name"])),
        "Country": normal.country(person["country"]).upper(),
        "Zip": texts.line(normal.zip_code(person["zip"])),
    }


def _meta(person: Values) -> dict[str, str]:
    return {
        "email": normal.digest(person["email"]),
        "phone": normal.digest(person["phone"].removeprefix("+")),
        "fn": normal.digest(normal.bare(person["first_name"])),
        "ln": normal.digest(normal.bare(person["last_name"])),
        "ct": normal.digest(normal.bare(person["city"])),
        "zip": normal.digest(normal.zip_code(person["zip"])),
        "country": normal.digest(normal.country(person["country"])),
        "dob": normal.digest(normal.birth(person["birth"])),
    }


@attrs.frozen
class Ads:
    """An advertising system as a list of a run."""

    name: str
    doc: str
    cells: Callable[[Values], dict[str, str]]
    columns: tuple[str, ...]
    options: type[Options] = AudienceOptions

    def check(self, schedule: Schedule, options: Any) -> Iterator[Diagnostic]:
        return findings(self.name, schedule, options)

    def made(
        self, schedule: Schedule, execution: Execution, given: Input | None, options: AudienceOptions
    ) -> Iterator[OutputFile]:
        """A list an audience, and `audiences_NAME.csv`. Rows stand in the order of their digests."""
        rows = []
        for audience in audiences(schedule, execution, given) if given is not None else ():
            members = [self._values(schedule, options, each) for each in audience.members]
            known = [each for each in members if each["email"] or each["phone"]]
            cells = sorted({tuple(self.cells(each)[column] for column in self.columns) for each in known})
            stem = f"audience_{self.name}_{audience.channel}_{audience.message}"
            lists = tuple(writing.split(stem, self.columns, list(map(list, cells)), None))
            yield from lists
            rows.append(self._counted(schedule, audience, lists[0].path, len(known)))
        yield from writing.split(f"audiences_{self.name}", list(SUMMARY), rows, None)

    def _values(self, schedule: Schedule, options: AudienceOptions, person: Values) -> Values:
        named = attributes(schedule, options)
        keys = ("email", "phone", "first_name", "last_name", "city", "zip", "country", "birth")
        found = {key: person.get(named[key], "") if key in named else "" for key in keys}
        found["email"] = normal.email(found["email"])
        found["phone"] = normal.phone(found["phone"], options.calling_code)
        return found

    def _counted(self, schedule: Schedule, audience: Audience, path: str, members: int) -> list[str]:
        at = schedule.places[audience.place]
        lost = len(audience.members) - members
        counts = (members, audience.refused, lost)
        return [path, audience.channel, audience.message, *map(str, counts), f"{at.file}:{at.line}", at.declaration]


SYSTEMS = (
    Ads(
        "google_ads",
        "audiences for Google Customer Match: digests of e-mail addresses and telephone numbers",
        _google,
        ("Email", "Phone", "First Name", "Last Name", "Country", "Zip"),
    ),
    Ads(
        "meta_ads",
        "audiences for Meta Custom Audiences: digests of everything",
        _meta,
        ("email", "phone", "fn", "ln", "ct", "zip", "country", "dob"),
    ),
)
