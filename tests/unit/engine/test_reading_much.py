"""What reading does for files by the million: threads that change nothing, little room, one order for every file."""

from __future__ import annotations

import csv
import io
import random
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
import pyarrow
import pyarrow.parquet
import pytest

from gridlang.runtime.engine.columns import NONE
from gridlang.runtime.engine.reading import hashing, jsonl_source, ordering, read, threads
from gridlang.runtime.engine.reading.arrays import Kept, Numbers, is_constant, narrow
from gridlang.runtime.engine.reading.gathering import taken
from gridlang.runtime.engine.reading.hashing import Index, among, hash_of, hashes, twice
from gridlang.runtime.engine.reading.texts import Texts, Untold
from gridlang.runtime.engine.reading.typed import TEXT
from gridlang.runtime.inputs import InputFile, InputFiles
from tests.unit.engine.rows_of_columns import assert_same
from tests.unit.engine.test_dirty import plan

Rows = list[dict[str, str]]


# --- threads ---------------------------------------------------------------------------------------------------------


def test_results_come_in_the_order_of_their_tasks() -> None:
    second = threading.Event()

    def task(number: int) -> Callable[[], int]:
        def work() -> int:
            if number == 0:
                second.wait(10)
            if number == 1:
                second.set()
            return number

        return work

    assert list(threads.in_order(task(number) for number in range(20))) == list(range(20))


def test_what_a_task_raises_comes_in_its_turn() -> None:
    def broken() -> int:
        raise OSError("page")

    results = threads.in_order([lambda: 1, broken, lambda: 3])
    assert next(results) == 1
    with pytest.raises(OSError, match="page"):
        next(results)


def test_no_more_of_a_file_is_fetched_than_a_few_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "workers", lambda: 2)
    begun: list[int] = []

    def tasks() -> Iterator[Callable[[], int]]:
        for number in range(50):
            begun.append(number)
            yield partial(int, number)

    for each in threads.in_order(tasks()):
        assert len(begun) <= each + 4


@pytest.mark.parametrize("parts", [1, 3])
def test_shared_work_covers_everything_once(parts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "workers", lambda: parts)
    monkeypatch.setattr(threads, "WORTH", 0)
    done = np.zeros(10, np.int64)

    def work(first: int, last: int) -> None:
        done[first:last] += 1

    threads.shared(work, 10)
    assert done.tolist() == [1] * 10


# --- numbers in little room ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "most", "kind"),
    [
        ([-1, 0, 126], 0, np.int8),
        ([-1, 0, 5], 127, np.int8),
        ([-1, 0, 5], 128, np.int16),
        ([-1, 128], 0, np.int16),
        ([0, 40_000], 0, np.int32),
        ([0, 1 << 40], 0, np.int64),
        ([], 300, np.int16),
    ],
)
def test_the_smallest_type(numbers: list[int], most: int, kind: Any) -> None:
    found = narrow(np.array(numbers, np.int64), most)
    assert found.dtype == kind
    assert found.tolist() == numbers


def test_numbers_that_are_all_alike_take_no_room() -> None:
    kept, every = Kept(), np.arange(1000)
    for _ in range(3):
        kept.put(np.full(1000, NONE), every)
    whole = kept.released()
    assert is_constant(whole)
    assert whole.size == 3000
    assert is_constant(taken(whole, np.arange(3000)[::-1]))
    for each in ([1, 1], [2, 300], [], [1 << 40], [3, 3]):
        kept.put(np.array(each), np.arange(len(each)))
    assert kept.whole().tolist() == [1, 1, 2, 300, 1 << 40, 3, 3]


def test_what_is_kept() -> None:
    kept = Kept()
    kept.put(np.array([5, 6, 7]), np.array([0, 2]))
    kept.put(np.array([500]), np.array([0]))
    kept.only(np.array([True, False, True]))
    assert kept.whole([9]).tolist() == [5, 500, 9]
    assert kept.any(but=5)
    assert kept.released().tolist() == [5, 500, 9]
    assert kept.size == 0


def test_numbers_of_rows_without_a_gap_are_two_numbers() -> None:
    numbers, every = Numbers(), np.arange(1, 101)
    numbers.put(every[:50], np.arange(50))
    numbers.put(every[50:], np.arange(50))
    assert len(numbers._parts) == 1
    assert numbers.size == 100
    assert numbers.at(np.array([99, 0], np.int32)).tolist() == [100, 1]
    numbers.put(np.arange(101, 111), np.array([3, 5]))
    assert numbers.whole().tolist() == [*range(1, 101), 104, 106]
    assert numbers.at(np.array([101, 0], np.int32)).tolist() == [106, 1]
    numbers.only(np.arange(102) >= 100)
    assert numbers.whole().tolist() == [104, 106]


# --- hashes ----------------------------------------------------------------------------------------------------------


def test_only_the_empty_text_has_the_hash_0() -> None:
    assert hashes(pyarrow.array(["", None, "a"], TEXT)).tolist() == [0, 0, hash_of("a")]
    assert hash_of("") == 0 != hash_of("a")


@pytest.mark.parametrize("size", [3, 20])
def test_hashes_that_stand_there_twice(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "WHOLE", 10)  # so that the longer list is sorted part by part
    hashed = np.arange(size, dtype=np.uint64) * np.uint64(0x0F00000000000001)
    assert not twice(hashed).any()
    hashed[2] = hashed[0]
    assert np.flatnonzero(twice(hashed)).tolist() == [0, 2]
    assert np.flatnonzero(among(hashed, hashed[1:2])).tolist() == [1]


def test_texts_with_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled functions would not notice: the tests run them as plain Python."""
    monkeypatch.setattr(hashing, "_hash", lambda data, start, stop: np.uint64(1 + (stop - start) % 2))
    texts = [f"p{number}" for number in range(30)]
    index = Index.of(pyarrow.array(texts, TEXT))
    wanted = pyarrow.array(["p29", "p0", "q1", "", None, "p11", "p1 "], TEXT)
    assert index.find(wanted).tolist() == [29, 0, -1, -1, -1, 11, -1]
    assert index.find_one("p17") == 17


# --- order -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [2, 64])
@pytest.mark.parametrize("workers", [1, 2])
def test_the_order_of_events(many: int, workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """By account, moment, number and person, those alike as they stand; however many an account has."""
    monkeypatch.setattr(ordering, "MANY", many)
    monkeypatch.setattr(threads, "workers", lambda: workers)
    monkeypatch.setattr(threads, "WORTH", 0)
    chance = np.random.default_rng(1)
    account = np.sort(chance.integers(0, 7, 30)).astype(np.int32)
    person = chance.integers(0, 30, 400).astype(np.int32)
    at, number = chance.integers(0, 9, 400), chance.integers(0, 3, 400)
    order, begins = ordering.of_events(account, person, at, number, 7)
    expected = sorted(range(400), key=lambda row: (account[person[row]], at[row], number[row], person[row], row))
    assert order.tolist() == expected
    assert begins.tolist() == [sum(account[person] < each) for each in range(8)]
    begin, end = ordering.ties_of(person[order], at[order], lambda rows: number[order[rows]])
    keys = [(person[row], at[row], number[row]) for row in expected]
    alike = [row for row in range(400) if keys[row] in (keys[row - 1 : row] + keys[row + 1 : row + 2])]
    assert [row for each in zip(begin, end, strict=True) for row in range(*each)] == alike


# --- files -----------------------------------------------------------------------------------------------------------

FORMATS = ["csv", "parquet"]


def _file(name: str, rows: Rows, ending: str) -> InputFile:
    if ending == "csv":
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        return InputFile(f"{name}.csv", out.getvalue().encode())
    sink = io.BytesIO()
    columns = {name: [row[name] or None for row in rows] for name in rows[0]}
    table = pyarrow.table({name: pyarrow.array(cells, pyarrow.string()) for name, cells in columns.items()})
    pyarrow.parquet.write_table(table, sink, row_group_size=40)
    return InputFile(f"{name}.parquet", sink.getvalue())


def _files(ending: str) -> InputFiles:
    """People with an address each; their events in no order, three of them alike in all but id and amount."""
    chance = random.Random(3)
    persons = [
        {
            "id": f"p{n}", "account": f"h{n // 2}", "household_role": "mother", "first_name": "Eva",
            "email": f"{n}@example.com" if n % 9 else "", "mobile": f"+45 {n}", "children": "1", "consent": "email",
        }
        for n in range(400)
    ]  # fmt: skip
    told = [("e2", "opened", ""), ("e1", "ordered", "20"), ("e0", "ordered", "7"), ("e3", "ordered", "10")]
    told += [(f"x{n}", "clicked", "") for n in range(300)]
    events = [
        {"id": name, "contact": f"p{5 if name[0] == 'e' else n}", "at": _at(name, n), "event": event, "amount": amount}
        for n, (name, event, amount) in enumerate(told)
    ]  # fmt: skip
    chance.shuffle(events)
    return InputFiles(persons=_file("persons", persons, ending), events=_file("events", events, ending))


def _at(name: str, number: int) -> str:
    return "2027-02-01T10:00:00Z" if name[0] == "e" else f"2027-03-{1 + number % 28:02}T10:00:00Z"


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("csv_source", "jsonl_source", "parquet_source"):
        monkeypatch.setattr(f"gridlang.runtime.engine.reading.{module}.BATCH", 90)
    monkeypatch.setattr("gridlang.runtime.engine.reading.typed.SAMPLE", 32)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_run_keeps_of_an_address_only_whether_there_is_one(ending: str) -> None:
    columns = read(plan("family_car"), _files(ending), everything=False).value
    email = columns.people.attributes["email"]
    assert isinstance(email.values, Untold)
    assert int((email.codes == NONE).sum()) == 45
    with pytest.raises(LookupError):
        email.value(1)
    whole = read(plan("family_car"), _files(ending)).value.people.attributes["email"]
    assert isinstance(whole.values, Texts)
    assert whole.value(columns.people.ids.index("p1")) == "1@example.com"


@pytest.mark.parametrize("ending", FORMATS)
def test_rows_alike_in_all_else_stand_in_the_order_of_ids_that_were_not_kept(ending: str) -> None:
    files = _files(ending)
    assert_same(plan("family_car"), files)
    columns = read(plan("family_car"), files, everything=False).value
    of = columns.events.of[columns.people.account[columns.people.ids.index("p5")]]
    amounts = [str(columns.events.payload["amount"].value(at)) for at in range(of, of + 4)]
    assert [amount for amount in amounts if amount != "None"] == ["7 DKK", "20 DKK", "10 DKK"]


@pytest.mark.parametrize("ending", FORMATS)
def test_ids_that_stand_twice_are_found_without_being_kept(ending: str) -> None:
    files = _files(ending)
    assert isinstance(files.events, InputFile)
    content = files.events.content
    if ending == "csv":
        lines = content.split(b"\r\n")
        content = b"\r\n".join([*lines[:-1], lines[200], b""])
        events = InputFile("events.csv", content)
    else:
        table = pyarrow.parquet.read_table(pyarrow.BufferReader(content))
        sink = io.BytesIO()
        pyarrow.parquet.write_table(pyarrow.concat_tables([table, table.slice(199, 1)]), sink, row_group_size=40)
        events = InputFile("events.parquet", sink.getvalue())
    told = assert_same(plan("family_car"), InputFiles(persons=files.persons, events=events))
    assert [count.repeated for count in told.files] == [0, 1]


def test_threads_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes and values too, not only what they say."""
    found = []
    for workers in (1, 4):
        monkeypatch.setattr(threads, "workers", lambda workers=workers: workers)
        columns = read(plan("family_car"), _files("parquet"), everything=False).value
        named = {**columns.people.attributes, **columns.events.payload, "event": columns.events.event}
        found.append(
            {name: (column.codes.tolist(), repr(list(column.values))) for name, column in named.items()
             if not isinstance(column.values, Untold)}
        )  # fmt: skip
    assert found[0] == found[1]


# --- JSON lines ------------------------------------------------------------------------------------------------------

ODD = (
    "", "   ", "\t\r", "[]", "null", "7", '"text"', "{", "}", "{}", "{} ", '{"id":"x"}}', '{"id":}', '{"id":"x",}',
    '{"id" : "x" , "contact": "p1" }\r', '\ufeff{"id":"x"}', '{"id":"x","id":"y"}', '{"id":"x"," id":"y"}',
    '{"id":"\\u00e6","contact":"p1","at":"2027-02-01","event":"opened"}',
    '{"id":"s\\n","contact":"p1","at":"2027-02-01","event":"opened"}',
    '{"id":"q","contact":"p1","at":"2027-02-01","event":"opened","extra":{"a":1}}',
    '{"id":"n","contact":"p1","at":"2027-02-01","event":"opened","late":[{"a":1}]}',
    '{"id":"r","contact":"p1","at":"2027-02-01","event":"opened","late":["æ","b" , "c"],"more":[],"odd":[1]}',
    '{"\\u0069d":"k","contact":"p1","at":"2027-02-01","event":"opened"}',
    '{"contact":"p1","at":"2027-02-01","event":"opened","id":null}',
    '{"id":7,"contact":"p1","at":"2027-02-01","event":"opened"}',
    '{"id":"t","contact":"p1","at":1,"event":true}', '{"id":"nan","amount":NaN}', '{"id":"tru","amount":tru}',
    '{"id":"ctl\x01","contact":"p1"}', '{"id":" spaced ","contact":" p1 ","at":"2027-02-01","event":"opened"}',
)  # fmt: skip
AMOUNTS = ("7", "-7", "07", "-0", "0", "0.50", "12.5", "12.50", "1.", ".5", "1e3", "1E+3", "- 1", "+1", "1" * 120,
           "true", "false", "null", '"7"', '"7 EUR"', '["7"]', "7 ", "7x")  # fmt: skip

CONSENTS = ("null", '["email","phone"]', '"email;phone"')


def _lines() -> list[str]:
    lines = [*ODD]
    lines += [
        f'{{"id":"a{n}","contact":"p{n}","at":"2027-02-01T08:00","event":"ordered","amount":{amount}}}'
        for n, amount in enumerate(AMOUNTS)
    ]
    lines += [f'{{"at":"2027-02-02","event":"opened","contact":"p{n}","id":"o{n}"}}' for n in range(100)]
    lines += [f'{{"id":"w{n}","contact":"p1","at":"2027-02-03","event":"opened","own{n}":{n}}}' for n in range(70)]
    return lines


@pytest.mark.parametrize("seed", range(3))
def test_json_lines_in_every_way_to_write_them(seed: int) -> None:
    lines = _lines()
    random.Random(seed).shuffle(lines)
    content = "\n".join(lines).encode().replace(b"o99", b"o\xff9")
    files = _files("csv")
    assert_same(plan("family_car"), InputFiles(persons=files.persons, events=InputFile("events.jsonl", content)))
    lines = [line for line in lines if '"p' not in line] + [
        f'{{"id":"p{n}","account":"h","household_role":"mother","first_name":"Æva","children":{n % 3},"consent":'
        f"{CONSENTS[n % 3]}}}"
        for n in range(100)
    ]
    random.Random(seed).shuffle(lines)
    persons = InputFile("persons.jsonl", "\n".join(lines).encode())
    assert_same(plan("family_car"), InputFiles(persons=persons))


def test_plain_lines_are_told_by_their_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    read_: list[bytes] = []
    row_of = jsonl_source.row_of
    monkeypatch.setattr(jsonl_source, "row_of", lambda *given: (read_.append(given[1]), row_of(*given))[1])
    lines = [f'{{"id":"e{n}","contact":"p{n}","at":"2027-02-02T08:00:00Z","event":"opened"}}' for n in range(200)]
    lines[150] = lines[150].replace("}", ', "amount" : null }')
    lines[160] = lines[160].replace("e160", "e\\u003160")
    events = InputFile("events.jsonl", "\n".join([*lines, ""]).encode())
    columns = read(plan("family_car"), InputFiles(persons=_files("csv").persons, events=events)).value
    assert len(columns.events.at) == 200
    assert read_ == [lines[number].encode() for number in (0, 150, 160)]


@pytest.mark.parametrize("written", ['"e\\u0031"', "[1]", '{"a": 1}', '"e1", "id": "e2"'])
def test_a_file_without_a_plain_line(written: str) -> None:
    """Each of its lines is read by the row code, or is told as broken."""
    line = f'{{"id":{written},"contact":"p1","at":"2027-02-02T08:00:00Z","event":"opened"}}'
    for content in (f"{line}\n".encode(), f"{line}\n{line}".encode()):
        events = InputFile("events.jsonl", content)
        assert_same(plan("family_car"), InputFiles(persons=_files("csv").persons, events=events))


def test_rows_that_say_the_same_stand_as_in_the_file() -> None:
    """Without an id nothing tells them apart; one that has to be read in another way keeps its place."""
    line = '{"contact":"p1","at":"2027-02-02T08:00:00Z","event":"opened"}'
    lines = [line, line.replace("opened", "open\\u0065d"), line, line.replace(":00Z", ":00.0+00:00"), line]
    events = InputFile("events.jsonl", "\n".join(lines).encode())
    for everything in (True, False):
        files = InputFiles(persons=_files("csv").persons, events=events)
        assert read(plan("family_car"), files, everything=everything).value.events.row.tolist() == [1, 2, 3, 4, 5]
