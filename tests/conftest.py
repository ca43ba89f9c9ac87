"""Options that switch one rule off, so that a test can ask whether any test would notice; and hypothesis profiles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from hypothesis import Phase, settings

from rotation.declaration import Rule, Statement, Verdict
from rotation.plan import Case, Plan
from rotation.rules import rules

# For runs that need only know whether something fails: the first failing example is enough.
settings.register_profile(
    "unshrunk", phases=(Phase.explicit, Phase.generate), database=None, derandomize=True, deadline=None
)


@dataclass(frozen=True)
class Muted:
    """A rule without its declaration, or without its witness."""

    rule: Rule
    declares: bool
    judges: bool

    @property
    def summary(self) -> str:
        return self.rule.summary

    @property
    def weights(self) -> tuple[str, ...]:
        return self.rule.weights

    def declare(self, case: Case) -> Iterable[Statement]:
        return self.rule.declare(case) if self.declares else ()

    def judge(self, case: Case, plan: Plan) -> Verdict:
        return self.rule.judge(case, plan) if self.judges else Verdict()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mute-declaration", metavar="RULE", help="let this rule declare nothing")
    parser.addoption("--mute-witness", metavar="RULE", help="let this rule's witness find nothing")


def pytest_configure(config: pytest.Config) -> None:
    for option, declares, judges in (("--mute-declaration", False, True), ("--mute-witness", True, False)):
        name = config.getoption(option)
        if name is None:
            continue
        if name not in rules():
            raise pytest.UsageError(f"{option} {name}: the rules are {', '.join(rules())}")
        # The family is found once and kept; whoever asks for it in this process gets the muted rule.
        rules()[name] = Muted(rules()[name], declares, judges)
