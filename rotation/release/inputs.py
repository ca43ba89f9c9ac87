"""The files that a week was planned on, as bytes, so that a release can be rebuilt whatever becomes of the folder."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rotation.company import Company
from rotation.errors import UsageFault
from rotation.intake.company import read_all
from rotation.timegrid import Horizon


@dataclass(frozen=True)
class Inputs:
    """Tables, calendars and policy.

    Args:
        files: relative path inside the company folder to content.
        policy_name: file name of the policy.
        policy: content of the policy.
    """

    files: Mapping[str, bytes]
    policy_name: str
    policy: bytes

    @classmethod
    def gather(cls, folder: Path, policy: Path, company: Company) -> Inputs:
        """The bytes of every file that a company was read from.

        Raises:
            UsageFault: a file has changed since it was read.
        """
        content = {name: _bytes(policy if name == policy.name else folder / name) for name in company.digests}
        changed = [name for name, data in content.items() if digest_of(data) != company.digests[name]]
        if changed:
            raise UsageFault(f"changed while they were read: {', '.join(changed)}; try again")
        text = content.pop(policy.name)
        return cls(content, policy.name, text)

    @cached_property
    def digests(self) -> dict[str, str]:
        """SHA-256 of every file by its path, the policy included."""
        return {name: digest_of(data) for name, data in {**self.files, self.policy_name: self.policy}.items()}

    def company(self, horizon: Horizon) -> Company:
        """The company as it was read for a week."""
        with tempfile.TemporaryDirectory(prefix="rotation-inputs-") as place:
            folder, policy = Path(place) / "company", Path(place) / self.policy_name
            folder.mkdir()
            for name, data in self.files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(data)
            policy.write_bytes(self.policy)
            return read_all(folder, policy, window=(horizon.start, horizon.end)).company


def digest_of(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageFault(f"{path} cannot be read any more: {error.strerror}; try again") from error
