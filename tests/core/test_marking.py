"""An exam's result."""

import pytest

from quizdock.core.marking import PASS_PERCENT, Mark, Score, result


def test_each_topic_has_its_score_in_the_papers_order() -> None:
    marks = [Mark("states", 1.0), Mark("basics", 0.5), Mark("states", 0.0), Mark("basics", 1.0)]
    found = result(marks, 70)
    assert found.score == Score(2.5, 4)
    assert found.topics == (("states", Score(1.0, 2)), ("basics", Score(1.5, 2)))
    assert not found.passed


def test_an_unanswered_question_counts_as_nothing() -> None:
    assert result([Mark("a", None), Mark("a", 1.0)], 50).score == Score(1.0, 2)


def test_an_empty_paper_is_not_passed() -> None:
    found = result([], 0)
    assert found.score == Score(0, 0)
    assert found.score.percent == 0.0
    assert found.topics == ()
    assert not found.passed


@pytest.mark.parametrize(
    ("points", "of", "percent"), [(2, 3, 66.7), (1, 3, 33.3), (7, 10, 70.0), (0, 5, 0.0), (5, 5, 100.0), (1, 7, 14.3)]
)
def test_a_percentage_has_one_decimal(points: float, of: int, percent: float) -> None:
    assert Score(points, of).percent == percent


def test_the_pass_mark_is_70_percent_by_default_and_reaching_it_is_enough() -> None:
    assert PASS_PERCENT == 70
    seven_of_ten = [Mark("a", 1.0)] * 7 + [Mark("a", 0.0)] * 3
    assert result(seven_of_ten, PASS_PERCENT).passed
    assert not result(seven_of_ten, 70.1).passed


def test_the_pass_mark_is_compared_with_the_percentage_as_it_is_shown() -> None:
    two_of_three = [Mark("a", 1.0), Mark("a", 1.0), Mark("a", 0.0)]
    assert result(two_of_three, 66.7).passed
    assert not result(two_of_three, 66.8).passed


def test_thirds_add_up_to_a_whole_point() -> None:
    third = 1 / 3
    assert result([Mark("a", third)] * 3, 30).score == Score(1.0, 3)
    assert result([Mark("a", 0.1)] * 3, 30).score.points == 0.3


def test_marks_may_come_from_an_iterator() -> None:
    assert result(iter([Mark("a", 1.0), Mark("b", 1.0)]), 100).passed
