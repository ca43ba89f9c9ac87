"""A file that is replaced in one step."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from rotation.errors import OutputFault


def replace_file(target: Path, content: bytes) -> None:
    """Write a file beside its place and rename it there.

    Raises:
        OutputFault: it cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputFault(f"{target} cannot be written: {error.strerror or error}; nothing was changed") from error
