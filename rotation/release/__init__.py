"""What a release is and how one follows from another: ids, sequences, differences, changes. Pure; knows no database."""

from rotation.release.inputs import Inputs
from rotation.release.lineage import Lineage, same_duty
from rotation.release.overlay import Overlay
from rotation.release.proposal import Proposal
from rotation.release.release import KINDS, Release, ReleaseNote

__all__ = ["KINDS", "Inputs", "Lineage", "Overlay", "Proposal", "Release", "ReleaseNote", "same_duty"]
