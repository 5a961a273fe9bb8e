"""Files as the world writes them: encodings, line ends, quotes, broken lines."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable

import pyarrow
import pyarrow.parquet
import pytest

from gridlang.diagnostics import Diagnostic
from gridlang.runtime.inputs import InputFile, InputRows
from gridlang.runtime.rows import Issue
from tests.unit.rows.given import PER, PERSONS, csv, people, read_files


def refused(issues: Iterable[Issue]) -> list[tuple[int | None, str]]:
    return [(issue.row, issue.code) for issue in issues if issue.refused]


def codes(problems: Iterable[Diagnostic]) -> list[str]:
    return [problem.code.id for problem in problems]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    plain = csv(PERSONS, PER, "p2,h1,Hanne,mother,2")
    marked = b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n")
    old = plain.replace(b"\n", b"\r")
    assert read_files(plain) == read_files(marked) == read_files(old)


def test_white_space_around_cells_and_unicode_spelling_do_not_count() -> None:
    contacts, issues = people(" p1 , h1 ,  Søren , father , 2 ")
    assert not issues
    assert (contacts[0].id, contacts[0].account) == ("p1", "h1")
    contacts, _ = people("p1,h1,Ame\u0301lie,mother,1")
    assert contacts[0].attributes["first_name"] == "Amélie"


def test_a_byte_that_is_not_utf8_costs_its_row_and_is_named() -> None:
    value, problems = read_files(csv(PERSONS, PER) + "p2,h1,Søren,father,1\n".encode("latin-1"))
    assert not problems
    assert [contact.id for contact in value.contacts] == ["p1"]
    (issue,) = value.issues
    assert (issue.file, issue.row, issue.code) == ("persons.csv", 2, "unreadable_text")
    assert "0xF8" in issue.reason


def test_a_nul_byte_costs_its_row() -> None:
    value, _ = read_files(csv(PERSONS, PER, "p2,h1,A\0B,father,1"))
    assert refused(value.issues) == [(2, "unreadable_text")]


def test_a_file_in_utf16_is_one_clear_word() -> None:
    value, problems = read_files(csv(PERSONS, PER).decode().encode("utf-16-le"))
    assert codes(problems) == ["G0704"]
    assert "UTF-16" in problems[0].message
    assert not value.contacts


def test_a_quote_that_never_closes_costs_one_row() -> None:
    contacts, issues = people(PER, 'p2,h1,"Hanne,mother,2', "p3,h1,Ida,child,0", "p4,h1,Ib,child,0")
    assert [contact.id for contact in contacts] == ["p1", "p3", "p4"]
    assert refused(issues) == [(2, "broken_row")]
    assert "never closes" in issues[0].reason


def test_two_open_quotes_do_not_swallow_what_is_between() -> None:
    contacts, issues = people('p1,h1,"Per,father,2', "p2,h1,Hanne,mother,2", 'p3,h1,"Ida,child,0', "p4,h1,Ib,child,0")
    assert [contact.id for contact in contacts] == ["p2", "p4"]
    assert refused(issues) == [(1, "broken_row"), (3, "broken_row")]
    assert "behind a closing quote" in issues[0].reason


def test_a_quoted_cell_may_hold_commas_quotes_and_lines() -> None:
    contacts, issues = people('p1,h1,"Per ""Pelle"", far\ni huset",father,2', "p2,h1,Hanne,mother,2")
    assert not issues
    assert contacts[0].attributes["first_name"] == 'Per "Pelle", far\ni huset'
    assert contacts[1].origin.row == 2


@pytest.mark.parametrize(("row", "word"), [("p1,h1,Per,father", "few"), ("p1,h1,Per,father,2,x", "many")])
def test_a_row_with_another_number_of_cells_is_refused(row: str, word: str) -> None:
    contacts, issues = people(row)
    assert not contacts
    assert refused(issues) == [(1, "wrong_cell_count")]
    assert word in issues[0].reason


def test_blank_lines_are_no_rows_and_keep_the_count() -> None:
    contacts, issues = people("", PER, "", "p2,h1,Hanne,mother,two", "")
    assert len(contacts) == 1
    assert refused(issues) == [(4, "wrong_value")]


def test_a_cell_of_ten_megabytes_is_a_row_refused() -> None:
    contacts, issues = people(PER, f"p2,h1,{'x' * 10_000_000},father,2", "p3,h1,Ida,child,0")
    assert [contact.id for contact in contacts] == ["p1", "p3"]
    assert refused(issues) == [(2, "broken_row")]
    assert len(issues[0].reason) < 200


def test_no_header_other_separators_and_repeated_columns_are_findings() -> None:
    assert codes(read_files(b"\n\n")[1]) == ["G0702"]
    _, problems = read_files(b"id;account;first_name\np1;h1;Per\n")
    assert codes(problems) == ["G0704"]
    assert "`;`" in problems[0].message
    assert codes(read_files(csv("id,id,first_name,household_role,children"))[1]) == ["G0705"]
    assert codes(read_files(csv('id,"first_name'))[1]) == ["G0704"]


def test_a_name_that_tells_no_format_is_a_finding() -> None:
    _, problems = read_files(InputFile("persons.xlsx", b"PK"))
    assert codes(problems) == ["G0701"]
    assert "persons.xlsx" in problems[0].message


def jsonl(*lines: str) -> InputFile:
    return InputFile("persons.jsonl", "\n".join(lines).encode())


IDA = '{"id": "p3", "first_name": "Ida", "household_role": "child", "children": 0}'


def test_broken_json_lines_cost_their_row() -> None:
    deep = '{"id": ' + "[" * 100_000 + "]" * 100_000 + "}"
    lines = ['{"id": "p1",', "[1, 2]", '{"id": 1, "id": 2}', '{"id": NaN}', "", '{"id": "\\ud800"}', deep, IDA]
    value, problems = read_files(jsonl(*lines))
    assert not problems
    assert [contact.id for contact in value.contacts] == ["p3"]
    assert refused(value.issues) == [
        (1, "broken_row"),
        (2, "broken_row"),
        (3, "broken_row"),
        (4, "broken_row"),
        (6, "unreadable_text"),
        (7, "broken_row"),
    ]


def test_a_json_line_that_is_not_utf8_costs_its_row() -> None:
    value, _ = read_files(InputFile("persons.jsonl", f"{IDA}\n".encode() + b'{"id": "\xf8"}\n'))
    assert refused(value.issues) == [(2, "unreadable_text")]
    assert "0xF8" in value.issues[0].reason


def test_numbers_lists_and_null_of_json_are_taken_as_they_are() -> None:
    row = {
        "id": 7,
        "first_name": "Ib",
        "household_role": "father",
        "children": 2.0,
        "consent": ["email"],
        "email": None,
    }
    value, _ = read_files(jsonl(json.dumps(row)))
    (contact,) = value.contacts
    assert contact.id == "7"
    assert contact.attributes == {"first_name": "Ib", "household_role": "father", "children": 2, "consent": ("email",)}


def parquet(columns: dict[str, object]) -> InputFile:
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), out)
    return InputFile("persons.parquet", out.getvalue())


def test_parquet_gives_its_own_types() -> None:
    value, problems = read_files(
        parquet(
            {
                "id": ["p1", "p2"],
                "first_name": ["Per", "Hanne"],
                "household_role": pyarrow.array(["father", "mother"]).dictionary_encode(),
                "children": pyarrow.array([2.0, float("nan")]),
                "consent": [["email", "phone"], []],
                "first_registered": pyarrow.array([17_652, None], pyarrow.date32()),
                "since": pyarrow.array([1_801_641_600_123_456_789, None], pyarrow.timestamp("ns", tz="UTC")),
            }
        )
    )
    assert not problems
    (per,) = value.contacts
    assert per.attributes["consent"] == ("email", "phone")
    assert str(per.attributes["first_registered"]) == "2018-05-01"
    assert str(per.since) == "2027-02-03 09:00:00"
    assert refused(value.issues) == [(2, "missing_value")]


def test_broken_parquet_and_columns_of_objects_are_findings() -> None:
    assert codes(read_files(InputFile("persons.parquet", b"PAR1 no PAR1"))[1]) == ["G0707"]
    nested = parquet({"id": ["p1"], "first_name": [{"a": 1}], "household_role": ["father"], "children": [1]})
    _, problems = read_files(nested)
    assert codes(problems) == ["G0708"]
    assert "first_name" in problems[0].message


def test_parquet_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    _, problems = read_files(InputFile("persons.parquet", b"PAR1"))
    assert codes(problems) == ["G0706"]
    assert problems[0].help == 'pip install "gridlang[parquet]"'


def test_rows_of_elsewhere_are_read_like_a_file() -> None:
    row = {"id": "p1", "first_name": "Per", "household_role": "father", "children": 2, "account": "h1"}
    assert read_files(InputRows("persons.csv", [row])) == read_files(csv(PERSONS, PER))
