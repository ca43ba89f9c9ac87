"""A writer that is killed at any moment leaves the old content or the new one, whole."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rotation.publish.folder import STAGING, replace_folder
from tests.publish.contents import OURS, content_of, is_whole, proves_itself, read_back

ROOT = Path(__file__).parents[2]
MOMENTS = 10


def whole_folder(target: Path) -> bool:
    return is_whole(read_back(target))


def whole_file(target: Path) -> bool:
    return proves_itself(target.read_bytes())


@pytest.mark.parametrize(("kind", "size", "whole"), [("folder", 12, whole_folder), ("file", 200_000, whole_file)])
def test_a_killed_writer_leaves_one_whole_content(
    tmp_path: Path, kind: str, size: int, whole: Callable[[Path], bool]
) -> None:
    moments, target = random.Random(7), tmp_path / "plan"
    command = [sys.executable, "-m", "tests.publish.contents", kind, str(target), str(size)]
    for _ in range(MOMENTS):
        writer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(moments.uniform(0, 0.06))
        writer.kill()
        assert writer.wait() == -signal.SIGKILL
        writer.stdout.close()
        assert whole(target)


def test_the_next_run_clears_away_what_a_killed_one_left(tmp_path: Path) -> None:
    target = tmp_path / "plan"
    command = [sys.executable, "-m", "tests.publish.contents", "folder", str(target), "300"]
    for _ in range(3):
        writer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        while not list(tmp_path.glob(f"{STAGING}*")):
            pass
        writer.kill()
        writer.wait()
        writer.stdout.close()
    replace_folder(target, content_of("after", 2), OURS)
    assert read_back(target) == content_of("after", 2)
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]
