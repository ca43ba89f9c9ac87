"""Tables of text: both passes agree, rows have a spreadsheet's numbers, and monsters are refused at once."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rotation.intake.findings import Findings
from rotation.intake.table import Table, _fast_pass, _second_pass, read_table

COLUMNS = ("a", "b", "c")
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=5)


def read(data: bytes) -> tuple[Table, Findings]:
    found = Findings()
    return read_table(data, "t.csv", COLUMNS, ("a",), found), found


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_mark_make_no_difference(end: bytes, mark: bytes) -> None:
    table, found = read(mark + end.join([b"a,b", b"1, x ", b"", b"2,y"]))
    assert not found.faults
    assert table.frame.to_dict("index") == {2: {"a": "1", "b": "x"}, 4: {"a": "2", "b": "y"}}


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6))
def test_what_the_csv_module_writes_is_read_back(rows: list[tuple[str, str, str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *rows])
    table, found = read(text.getvalue().encode())
    assert not found.faults
    expected = {n: cells for n, row in enumerate(rows, start=2) if any(cells := tuple(cell.strip() for cell in row))}
    assert {n: tuple(row) for n, *row in table.frame.itertuples(name=None)} == expected


@given(st.text(st.sampled_from('ab,"\n x'), max_size=40))
def test_the_fast_pass_vouches_only_for_what_the_second_reads_alike(text: str) -> None:
    fast, found = _fast_pass(text), Findings()
    if fast is not None:
        slow = _second_pass(text, "t.csv", found)
        assert slow is not None and not found.faults and slow.header == fast.header
        filled = fast.frame[(fast.frame.map(str.strip) != "").any(axis=1)]
        assert filled.to_numpy().tolist() == slow.frame.to_numpy().tolist()
        assert list(filled.index) == list(slow.frame.index)


@given(st.binary(max_size=60))
def test_any_bytes_give_a_table_or_a_fault(data: bytes) -> None:
    table, found = read(b"a,b\n" + data)
    assert table.complete or found.faults


def test_a_line_of_ten_megabytes_is_one_fault() -> None:
    _, found = read(b"a,b\n1,2\n" + b"x" * 10_000_000 + b"\n")
    assert [str(fault) for fault in found.faults] == [
        "t.csv, row 3: the line has 10,000,000 bytes (allowed: at most 1,000,000 bytes a line)"
    ]


def test_every_line_that_is_not_utf8_is_named() -> None:
    table, found = read(b"a,b\n1,\xe9\n2,x\n3,\xff\n")
    assert [(fault.row, fault.message[:15]) for fault in found.faults] == [
        (2, "byte 3 of the l"),
        (4, "byte 3 of the l"),
    ]
    assert len(table.frame) == 3


def test_ids_in_a_ragged_row_are_doubtful_not_unknown() -> None:
    table, _ = read(b"a,b\nE1,x,y\n")
    assert "E1" in table.doubtful


def test_a_quoted_line_break_counts_as_one_row() -> None:
    table, _ = read(b'a,b\n1,"x\ny"\n2,z\n')
    assert list(table.frame.index) == [2, 3]
