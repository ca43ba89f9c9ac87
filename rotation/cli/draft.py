"""A draft: the folder that ``rotation plan`` wrote, read back with the company that it was planned on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from rotation.errors import InfeasiblePlan, InputFault, InputFaults, UsageFault
from rotation.intake.company import read_all
from rotation.plan import Case, Edition, Ledger, Plan, SearchRecord, Shortage, TracePoint, participation_of
from rotation.release import Inputs
from rotation.release.changing import planned_again
from rotation.release.known import Known
from rotation.report.folder import WrittenPlan, read_folder
from rotation.rules import rules
from rotation.solve.audit import audit
from rotation.timegrid import IsoWeek


def read_draft(
    folder: Path, week: IsoWeek, company: Path, config: Path, known: Known, now: dt.datetime
) -> tuple[Edition, Inputs]:
    """Read a draft and judge it; shifts that were edited by hand count as they stand in plan.csv.

    Args:
        folder: output folder of ``rotation plan``.
        week: the week that it must be of.
        company: the company folder that it was planned on.
        config: the policy that it was planned on.
        known: what the store knows of the week.
        now: the instant; what has begun since the draft was planned must be as it was promised.

    Raises:
        InputFaults: the folder or the company is damaged.
        InfeasiblePlan: the draft breaks hard rules.
        UsageFault: it is another week's, or its inputs have changed since.
    """
    written = read_folder(folder)
    horizon = written.record.horizon
    if horizon.week != week:
        raise UsageFault(f"{folder} holds {horizon.week}, not {week}")
    if written.record.clashes:
        raise InfeasiblePlan(f"{folder} breaks hard rules and cannot be released; `rotation show {folder}` lists them")
    found = read_all(company, config, window=(horizon.start, horizon.end)).company
    _same_inputs(written, dict(found.digests), folder)
    document = _Document(written)
    week_now = Case.of(known.overlay.over(found), horizon, document.ledger())
    times = document.published()
    case = planned_again(week_now, known.promised, *times, rules()) if times else week_now
    plan = Plan.of((row.employee_id, row.queue_id, row.start, row.end) for row in written.shifts)
    if known.promised:
        _keeps_what_has_begun(planned_again(week_now, known.promised, now, now, rules()), plan, folder)
    judged = audit(case, plan, rules())
    search = document.search(judged.objective)
    causes = {row.employee_id: row.reason for row in written.participation if row.status == "below"}
    edition = Edition(
        case,
        plan,
        participation_of(case, _known(plan, case), causes),
        judged.points,
        judged.clashes,
        document.shortages(),
        search,
        stamped_at=horizon.start,
        based_on=document.based_on(),
    )
    return edition, Inputs.gather(company, config, found)


def _keeps_what_has_begun(case: Case, plan: Plan, folder: Path) -> None:
    clashes = [clash for name in ("freeze", "pins") for clash in rules()[name].judge(case, plan).clashes]
    if clashes:
        lines = "\n".join(f"  {clash.rule}: {clash.message}" for clash in clashes)
        raise InfeasiblePlan(f"{folder} changes what has begun since it was planned:\n{lines}\nPlan the week again.")


def _known(plan: Plan, case: Case) -> Plan:
    return Plan(tuple(shift for shift in plan.shifts if shift.employee_id in case.company.employee))


def _same_inputs(written: WrittenPlan, now: dict[str, str], folder: Path) -> None:
    then = written.record.document.get("inputs", {})
    differing = sorted(name for name in {*then, *now} if then.get(name) != now.get(name))
    if differing:
        shown = ", ".join(differing[:5]) + (f" and {len(differing) - 5} more" if len(differing) > 5 else "")
        raise UsageFault(
            f"{folder} was planned on other inputs than these: {shown}. Run `rotation plan --week "
            f"{written.record.horizon.week}` again, or point --company and --config to what it was planned on"
        )


class _Document:
    """The parts of plan.json that a release keeps."""

    def __init__(self, written: WrittenPlan) -> None:
        self._document = dict(written.record.document)

    def based_on(self) -> int:
        """Number of the release that the draft follows."""
        return int(self._part("based_on", int, 0))

    def published(self) -> tuple[dt.datetime, dt.datetime] | None:
        """The instant of planning and the end of the freeze window; None when the week had no release."""
        part = self._part("published", (dict, type(None)), None)
        try:
            return (_instant(part["now"]), _instant(part["frozen_until"])) if part else None
        except (KeyError, TypeError, ValueError) as error:
            raise self._fault("published") from error

    def ledger(self) -> dict[str, Ledger]:
        """What earlier weeks left over."""
        rows = self._part("ledger", dict, {})
        try:
            return {str(name): Ledger(int(debt), int(unpleasant)) for name, (debt, unpleasant) in rows.items()}
        except (TypeError, ValueError) as error:
            raise self._fault("ledger") from error

    def shortages(self) -> tuple[Shortage, ...]:
        """Where agents are missing, and why."""
        try:
            return tuple(
                Shortage(
                    row["queue_id"], _instant(row["start"]), _instant(row["end"]), row["missing_minutes"], row["cause"]
                )
                for row in self._part("shortages", list, [])
            )
        except (KeyError, TypeError, ValueError) as error:
            raise self._fault("shortages") from error

    def search(self, objective: int) -> SearchRecord:
        """How the draft was found; of a draft that was edited since, that it was."""
        edited = objective != self._document["objective"]
        engine, status = str(self._document.get("engine", "")), str(self._document["status"])
        try:
            return SearchRecord(
                status="feasible" if edited else status,
                objective=objective,
                lower_bound=min(int(self._document["lower_bound"]), objective),
                seconds=float(self._document.get("seconds", 0)),
                seed=int(self._document.get("seed", 0)),
                engine=f"{engine}; edited by hand" if edited else engine,
                reproducible=bool(self._document.get("reproducible", False)),
                versions=dict(self._document.get("versions", {})),
                trace=tuple(
                    TracePoint(float(p["seconds"]), p["objective"], int(p["bound"]), str(p["phase"]))
                    for p in self._document.get("trace", [])
                ),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise self._fault("trace") from error

    def _part(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        value = self._document.get(key, default)
        if not isinstance(value, kind):
            raise self._fault(key)
        return value

    def _fault(self, key: str) -> InputFaults:
        return InputFaults([InputFault("plan.json", 0, key, "", "cannot stand here", "what `rotation plan` wrote")])


def _instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)
