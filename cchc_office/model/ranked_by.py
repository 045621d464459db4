"""By which of the scores that were given units are ranked."""

from __future__ import annotations

from dataclasses import dataclass

from cchc_office.model.campaign import Stage

_WORDS = {
    Stage.SELF: "điểm tự chấm",
    Stage.ROUND_1: "điểm thẩm định lần 1",
    Stage.ROUND_2: "điểm thẩm định lần 2",
    Stage.FINAL: "điểm đạt",
}
_OF_ROUNDS = (Stage.SELF, Stage.ROUND_1, Stage.ROUND_2)


@dataclass(frozen=True, slots=True)
class RankedBy:
    """The stage whose scores give the places, and the one that was asked for.

    They differ where the round of appraisal that was asked for has not been made.
    """

    stage: Stage
    wanted: Stage

    @property
    def words(self) -> str:
        """The scores, in words."""
        return _WORDS[self.stage]

    @property
    def missing(self) -> str:
        """What was asked for and is not there, in words; "" where everything is."""
        if self.stage is self.wanted:
            return ""
        return f"chưa có thẩm định lần {_OF_ROUNDS.index(self.wanted)}"


def ranked_by(wanted: Stage, rounds: int) -> RankedBy:
    """Return by which scores units are ranked where so many rounds of appraisal were made."""
    if wanted is Stage.FINAL:
        return RankedBy(wanted, wanted)
    made = min(_OF_ROUNDS.index(wanted), rounds)
    return RankedBy(_OF_ROUNDS[made], wanted)
