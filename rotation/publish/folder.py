"""An output folder that is replaced in one step: a reader finds the old plan or the new one, never a mixture.

The new content is written beside the folder, flushed to disk, and exchanged with it by one rename. What others put
into the old folder is carried over.
"""

from __future__ import annotations

import ctypes
import errno
import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

from rotation.errors import OutputFault

STAGING = ".rotation-staging-"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def replace_folder(target: Path, files: Mapping[str, bytes], ours: Collection[str]) -> None:
    """Make a folder hold the given files.

    Args:
        target: the folder; made when it is missing.
        files: relative path to content.
        ours: names directly inside the folder that belong to this program and are not carried over.

    Raises:
        OutputFault: the folder cannot be written, or holds files but no plan of this program.
    """
    target = target.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        refuse_strangers(target, ours)
        staging = _beside(target)
        try:
            _fill(staging, files)
            _carry_over(target, staging, ours)
            _swap(staging, target)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise OutputFault(f"{target} cannot be written: {error.strerror or error}; nothing was changed") from error


def refuse_strangers(target: Path, ours: Collection[str]) -> None:
    """Refuse early what :func:`replace_folder` would refuse at the end of a long search.

    Args:
        target: the folder that is going to be replaced.
        ours: as there.

    Raises:
        OutputFault: it is a file, or holds files but no plan of this program.
    """
    if target.exists() and not target.is_dir():
        raise OutputFault(f"{target} is a file; choose another --out")
    if target.is_dir():
        names = {entry.name for entry in target.iterdir()}
        if names and not names & set(ours):
            raise OutputFault(f"{target} holds files but no plan; choose an empty or new folder for --out")


def _beside(target: Path) -> Path:
    """A new folder next to the target; its name says which process it belongs to."""
    return Path(tempfile.mkdtemp(prefix=f"{STAGING}{target.name}-{os.getpid()}-", dir=target.parent))


def _abandoned(folder: Path) -> bool:
    """Whether the process that made a folder is gone."""
    try:
        os.kill(int(folder.name.rsplit("-", 2)[1]), 0)
    except (ValueError, IndexError, ProcessLookupError):
        return True
    except PermissionError:
        return False
    return False


def _sweep(target: Path) -> None:
    """Remove what an interrupted run left beside the folder, and bring back a folder it had moved aside."""
    # A folder "plan-b" has its own staging, which the pattern of "plan" would match as well.
    beside = target.parent.glob(f"{STAGING}{glob.escape(target.name)}-*")
    mine = [left for left in beside if left.name.rsplit("-", 2)[0] == f"{STAGING}{target.name}"]
    for left in filter(_abandoned, sorted(mine)):
        aside = left / "aside"
        if aside.is_dir() and not target.exists():
            aside.rename(target)
        shutil.rmtree(left, ignore_errors=True)


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.chmod(0o755)
    for name, content in sorted(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            stream.write(content)
    if hasattr(os, "sync"):  # one flush for all files rather than one for each of them
        os.sync()


def _carry_over(target: Path, staging: Path, ours: Collection[str]) -> None:
    if target.is_dir():
        for entry in target.iterdir():
            if entry.name not in ours:
                if entry.is_dir() and not entry.is_symlink():
                    shutil.copytree(entry, staging / entry.name, symlinks=True)
                else:
                    shutil.copy2(entry, staging / entry.name, follow_symlinks=False)


def _swap(staging: Path, target: Path) -> None:
    if not target.exists():
        try:
            staging.rename(target)
            return
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise  # otherwise another run has made the folder in the meantime, which is now replaced
    if not _exchange(staging, target):
        _swap_in_two_steps(staging, target)


def _exchange(staging: Path, target: Path) -> bool:
    """Exchange two folders in one step (Linux renameat2); False where the system cannot."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(staging), _AT_FDCWD, os.fsencode(target), _RENAME_EXCHANGE)
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.EXDEV):
        return False
    raise OSError(code, os.strerror(code))


def _swap_in_two_steps(staging: Path, target: Path) -> None:
    """Move the old folder aside, then the new one in; an interruption between is mended by the next run."""
    keep = _beside(target)
    target.rename(keep / "aside")
    try:
        staging.rename(target)
    except BaseException:
        if not target.exists():
            (keep / "aside").rename(target)
        raise
    shutil.rmtree(keep, ignore_errors=True)
