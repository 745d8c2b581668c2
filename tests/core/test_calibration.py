"""How right against how sure."""

from quizdock.core.calibration import Judgement, calibration
from quizdock.core.marking import Certainty, Mark, Place

GUESS, FAIRLY, SURE = Certainty
PLACE = Place("d", "t", "T")


def marks(certainty: Certainty, right: int, wrong: int) -> list[Mark]:
    return [Mark(PLACE, 1.0, certainty)] * right + [Mark(PLACE, 0.0, certainty)] * wrong


def test_who_is_right_as_often_as_each_certainty_pays_is_well_calibrated() -> None:
    found = calibration([*marks(SURE, 9, 1), *marks(FAIRLY, 3, 1), *marks(GUESS, 2, 3)])
    assert [band.judgement for band in found.bands] == [Judgement.WELL] * 3
    assert [(band.answers, band.right) for band in found.bands] == [(5, 0.4), (4, 0.75), (10, 0.9)]
    assert found.judgement is Judgement.WELL


def test_who_is_sure_and_wrong_is_over_confident() -> None:
    found = calibration(marks(SURE, 5, 5))
    assert found.bands[2].judgement is Judgement.OVER
    assert found.judgement is Judgement.OVER


def test_who_guesses_and_is_right_is_under_confident() -> None:
    found = calibration(marks(GUESS, 9, 1))
    assert found.bands[0].judgement is Judgement.UNDER
    assert found.judgement is Judgement.UNDER


def test_nothing_is_said_about_few_answers() -> None:
    found = calibration(marks(SURE, 0, 3))
    assert found.bands[2].judgement is Judgement.TOO_FEW
    assert found.bands[0] == (GUESS, 0, None, Judgement.TOO_FEW)
    assert found.judgement is Judgement.TOO_FEW


def test_what_was_not_answered_or_has_no_certainty_does_not_count() -> None:
    found = calibration([Mark(PLACE, None, SURE), Mark(PLACE, 1.0, None), *marks(SURE, 4, 0)])
    assert [band.answers for band in found.bands] == [0, 0, 4]


def test_being_too_sure_here_makes_up_for_being_too_unsure_there() -> None:
    found = calibration([*marks(SURE, 6, 4), *marks(GUESS, 9, 1)])
    assert [band.judgement for band in found.bands] == [Judgement.UNDER, Judgement.TOO_FEW, Judgement.OVER]
    assert found.judgement is Judgement.WELL
