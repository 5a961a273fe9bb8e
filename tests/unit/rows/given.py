"""Little files of people and events for the sample schedule."""

from __future__ import annotations

from gridlang.diagnostics import Diagnostic
from gridlang.runtime.inputs import InputFile, InputFiles, InputTable, read
from gridlang.runtime.rows import Contact, Happening, Input, Issue
from gridlang.schedule.model import Schedule
from tests.unit.schedule.sample import schedule

PERSONS = "id,account,first_name,household_role,children"
PER = "p1,h1,Per,father,2"
EVENTS = "contact,at,event"


def csv(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def read_files(
    persons: bytes | InputTable = b"",
    events: bytes | InputTable | None = None,
    accounts: bytes | InputTable | None = None,
    plan: Schedule | None = None,
) -> tuple[Input, tuple[Diagnostic, ...]]:
    outcome = read(
        plan or schedule(),
        InputFiles(
            persons=_file("persons.csv", persons),
            events=_file("events.csv", events),
            accounts=_file("accounts.csv", accounts),
        ),
    )
    return outcome.value, outcome.problems


def _file(name: str, content: bytes | InputTable | None) -> InputTable | None:
    return InputFile(name, content) if isinstance(content, bytes) else content


def people(*rows: str, header: str = PERSONS) -> tuple[tuple[Contact, ...], tuple[Issue, ...]]:
    """Contacts and issues of rows under a header."""
    value, problems = read_files(csv(header, *rows))
    assert not problems
    return value.contacts, value.issues


def happenings(*rows: str, header: str = EVENTS, person: str = PER) -> tuple[tuple[Happening, ...], tuple[Issue, ...]]:
    """Events and their issues, of rows about Per (p1)."""
    value, problems = read_files(csv(PERSONS, person), csv(header, *rows))
    assert not problems
    return value.happenings, tuple(issue for issue in value.issues if issue.file == "events.csv")
