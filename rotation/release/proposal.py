"""What somebody wants to release: a judged week, what it was planned on, and which release it follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rotation.declaration import Rule
from rotation.errors import InfeasiblePlan
from rotation.plan import Edition
from rotation.release.inputs import Inputs
from rotation.release.overlay import Overlay
from rotation.solve.audit import audit


@dataclass(frozen=True)
class Proposal:
    """A week that may be released.

    Args:
        edition: the week; no hard rule is broken.
        inputs: the files that it was planned on.
        overlay: what became known since.
        parent: the release that it follows, 0 for the week's first.
        kind: a key of ``KINDS``.
        reason: why, in the words of whoever does it.
        restored: number of the release that a rollback restores.
    """

    edition: Edition
    inputs: Inputs
    overlay: Overlay
    parent: int
    kind: str
    reason: str = ""
    restored: int = 0

    @classmethod
    def judged(
        cls,
        edition: Edition,
        rules: Mapping[str, Rule],
        inputs: Inputs,
        *,
        parent: int,
        kind: str,
        overlay: Overlay | None = None,
        reason: str = "",
        restored: int = 0,
    ) -> Proposal:
        """Let every rule's witness judge a week once more; only what none of them refuses can be released.

        Raises:
            InfeasiblePlan: with every hard rule that is broken.
        """
        found = audit(edition.case, edition.plan, rules)
        if found.clashes:
            lines = "\n".join(f"  {clash.rule}: {clash.message}" for clash in found.clashes)
            raise InfeasiblePlan(
                f"{edition.case.horizon.week} breaks hard rules and was not released:\n{lines}\n"
                "Plan the week again, or change what clashes."
            )
        bound = min(edition.search.lower_bound, found.objective)
        search = replace(edition.search, objective=found.objective, lower_bound=bound)
        judged = replace(edition, points=found.points, clashes=(), search=search)
        return cls(judged, inputs, overlay or Overlay(), parent, kind, reason, restored)
