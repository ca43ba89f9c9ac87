"""Contents that say about themselves whether they are whole; and a writer that never stops writing them.

Run as a program: ``python contents.py folder TARGET SIZE`` or ``python contents.py file TARGET SIZE``.
"""

from __future__ import annotations

import hashlib
import itertools
import sys
from collections.abc import Mapping
from pathlib import Path

from rotation.publish.file import replace_file
from rotation.publish.folder import replace_folder

DIGEST = "plan.csv"
OURS = (DIGEST, "tables", "report.html")


def content_of(name: str, size: int = 20) -> dict[str, bytes]:
    """Files that all carry a name, and one that holds the digest of the others."""
    files = {f"tables/{n}.csv": f"{name} {n}\n".encode() * 50 for n in range(size)}
    files["report.html"] = name.encode()
    return files | {DIGEST: digest_of(files)}


def digest_of(files: Mapping[str, bytes]) -> bytes:
    """One digest over names and bytes."""
    whole = hashlib.sha256()
    for name, content in sorted(files.items()):
        whole.update(name.encode() + b"\0" + content + b"\0")
    return whole.hexdigest().encode()


def read_back(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def is_whole(files: Mapping[str, bytes]) -> bool:
    """Whether the digest is that of the other files."""
    return files[DIGEST] == digest_of({name: content for name, content in files.items() if name != DIGEST})


def self_proving(name: str, size: int) -> bytes:
    """One file's content that begins with the digest of the rest."""
    body = f"{name}\n".encode() * size
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def proves_itself(content: bytes) -> bool:
    """Whether a file's content is whole."""
    head, _, body = content.partition(b"\n")
    return hashlib.sha256(body).hexdigest().encode() == head


def write_for_ever(kind: str, target: Path, size: int) -> None:
    """Write two contents in turn; each of its lines on the output says that one more was written."""
    for name in itertools.cycle(("old", "new")):
        if kind == "folder":
            replace_folder(target, content_of(name, size), OURS)
        else:
            replace_file(target, self_proving(name, size))
        sys.stdout.write("written\n")
        sys.stdout.flush()


if __name__ == "__main__":
    write_for_ever(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
