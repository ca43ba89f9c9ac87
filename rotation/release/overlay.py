"""What became known after a week was planned, laid over the company that it was planned on."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace

from rotation.company import Absence, Company, Pin


@dataclass(frozen=True)
class Overlay:
    """Absences told to the store, and promises of pins.csv that changes of the release have replaced.

    Args:
        absences: reported to the store; those of an already released week are marked ``late``.
        waived: pins that need not be kept any more.
    """

    absences: tuple[Absence, ...] = ()
    waived: tuple[Pin, ...] = ()

    def over(self, company: Company) -> Company:
        """The company with late absences and without waived pins."""
        if not self.absences and not self.waived:
            return company
        pins = tuple(pin for pin in company.pins if pin not in self.waived)
        return replace(company, absences=(*company.absences, *self.absences), pins=pins)

    def to_json(self) -> bytes:
        """Stable bytes."""
        rows = {
            "absences": [[a.employee_id, _text(a.start), _text(a.end), a.reason, a.late] for a in self.absences],
            "waived": [[p.employee_id, p.queue_id, _text(p.start), _text(p.end)] for p in self.waived],
        }
        return json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Overlay:
        """Read what :meth:`to_json` wrote."""
        rows = json.loads(data)
        absences = tuple(
            Absence(who, _instant(start), _instant(end), reason, late)
            for who, start, end, reason, late in rows["absences"]
        )
        waived = tuple(Pin(who, queue, _instant(start), _instant(end)) for who, queue, start, end in rows["waived"])
        return cls(absences, waived)


def _text(instant: dt.datetime) -> str:
    return instant.astimezone(dt.UTC).isoformat()


def _instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)
