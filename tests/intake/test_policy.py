"""The policy file: defaults, the shipped file, and faults with line and key."""

from pathlib import Path

import pytest

from rotation.company import Policy
from rotation.errors import InputFaults
from rotation.intake import read_policy


def faults_of(path: Path, data: bytes) -> InputFaults:
    path.write_bytes(data)
    with pytest.raises(InputFaults) as caught:
        read_policy(path)
    return caught.value


def test_an_empty_file_is_the_default_policy(tmp_path: Path) -> None:
    (tmp_path / "rotation.toml").write_bytes(b"")
    assert read_policy(tmp_path / "rotation.toml") == Policy()


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    (tmp_path / "rotation.toml").write_bytes(b"\xef\xbb\xbf[site]\r\nseats = 7\r\n")
    assert read_policy(tmp_path / "rotation.toml").site.seats == 7


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="cannot be read"):
        read_policy(tmp_path / "rotation.toml")


def test_bytes_that_are_not_utf8_are_a_fault_with_their_line(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path / "p.toml", b"[site]\n# caf\xe9\n").faults
    assert (fault.file, fault.row) == ("p.toml", 2)


def test_every_fault_has_line_key_value_and_what_is_allowed(tmp_path: Path) -> None:
    faults = faults_of(tmp_path / "p.toml", b"[band]\nmax_pct = 101\nmin_pct = -1\n[site]\nseat = 1\n").faults
    assert [(f.row, f.column, f.value) for f in faults] == [
        (2, "band.max_pct", "101"),
        (3, "band.min_pct", "-1"),
        (5, "site.seat", "1"),
    ]
    assert all(fault.allowed for fault in faults)
    assert "did you mean 'seats'" in faults[2].message


@pytest.mark.parametrize(
    "text", ["site = 1", "unpleasant = 3", "unpleasant = [1]", "[site.timezone]\nx = 1", "a = [" * 900]
)
def test_a_value_of_the_wrong_kind_is_a_fault(tmp_path: Path, text: str) -> None:
    assert faults_of(tmp_path / "p.toml", text.encode()).faults
