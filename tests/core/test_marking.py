"""An exam's rules and result."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizdock.core.marking import PASS_PERCENT, Certainty, Mark, Place, Rules, Score, certainty_points, points, result

A, B = Place("d", "a", "A"), Place("d", "b", "B")
GUESS, FAIRLY, SURE = Certainty


def rules(pass_percent: float = 70, **others: object) -> Rules:
    return Rules(pass_percent, **others)  # type: ignore[arg-type]  # a test names what it needs


def test_each_topic_has_its_score_in_the_papers_order() -> None:
    found = result([Mark(A, 1.0), Mark(B, 0.5), Mark(A, 0.0), Mark(B, 1.0)], rules())
    assert found.score == Score(2.5, 4)
    assert found.topics == ((A, Score(1.0, 2)), (B, Score(1.5, 2)))
    assert not found.passed
    assert found.certainty is None


def test_topics_of_one_title_in_two_decks_stay_apart() -> None:
    places = Place("d1", "t", "Basics"), Place("d2", "t", "Basics")
    found = result([Mark(place, 1.0) for place in places], rules())
    assert found.topics == ((places[0], Score(1.0, 1)), (places[1], Score(1.0, 1)))


def test_an_unanswered_question_counts_as_nothing() -> None:
    assert result([Mark(A, None), Mark(A, 1.0)], rules(50)).score == Score(1.0, 2)


def test_an_empty_paper_is_not_passed() -> None:
    found = result([], rules(0))
    assert (found.score, found.score.percent, found.topics, found.passed) == (Score(0, 0), 0.0, (), False)


@pytest.mark.parametrize(
    ("reached", "of", "percent"),
    [(2, 3, 66.7), (1, 3, 33.3), (7, 10, 70.0), (0, 5, 0.0), (5, 5, 100.0), (1, 7, 14.3), (-1, 4, 0.0)],
)
def test_a_percentage_has_one_decimal_and_is_never_less_than_nothing(reached: float, of: int, percent: float) -> None:
    assert Score(reached, of).percent == percent


def test_the_pass_mark_is_70_percent_by_default_and_reaching_it_is_enough() -> None:
    assert PASS_PERCENT == Rules().pass_percent == 70
    seven_of_ten = [Mark(A, 1.0)] * 7 + [Mark(A, 0.0)] * 3
    assert result(seven_of_ten, Rules()).passed
    assert not result(seven_of_ten, rules(70.1)).passed


def test_the_pass_mark_is_compared_with_the_percentage_as_it_is_shown() -> None:
    two_of_three = [Mark(A, 1.0), Mark(A, 1.0), Mark(A, 0.0)]
    assert result(two_of_three, rules(66.7)).passed
    assert not result(two_of_three, rules(66.8)).passed


def test_thirds_add_up_to_a_whole_point() -> None:
    assert result([Mark(A, 1 / 3)] * 3, rules(30)).score == Score(1.0, 3)
    assert result([Mark(A, 0.1)] * 3, rules(30)).score.points == 0.3


def test_a_penalty_is_for_answers_with_nothing_right_alone() -> None:
    strict = rules(penalty=0.25)
    assert [points(Mark(A, credit), strict) for credit in (1.0, 0.5, 0.0, None)] == [1.0, 0.5, -0.25, 0.0]
    assert str(points(Mark(A, 0.0), rules())) == "0.0", "and no minus nothing"


def test_a_paper_is_never_worth_less_than_nothing() -> None:
    found = result([Mark(A, 0.0)] * 3 + [Mark(B, 0.5)], rules(penalty=0.5))
    assert found.score == Score(0.0, 4)
    assert found.topics == ((A, Score(-1.5, 3)), (B, Score(0.5, 1)))


@pytest.mark.parametrize(
    ("certainty", "right", "partly", "wrong"),
    [(SURE, 3, 1.5, -6), (FAIRLY, 2, 1, -2), (GUESS, 1, 0.5, 0), (None, 1, 0.5, 0)],
)
def test_certainty_wins_and_loses(certainty: Certainty | None, right: float, partly: float, wrong: float) -> None:
    earned = [certainty_points(Mark(A, credit, certainty)) for credit in (1.0, 0.5, 0.0, None)]
    assert earned == [right, partly, wrong, 0.0]


def test_certainty_points_stand_beside_the_score_and_do_not_decide() -> None:
    found = result([Mark(A, 1.0, SURE)] * 3 + [Mark(A, 0.0, SURE)], rules(70, certainty=True))
    assert found.certainty == Score(3.0, 12)
    assert found.score == Score(3.0, 4)
    assert found.passed


def test_it_pays_best_to_say_what_one_believes() -> None:
    """Expected points by the chance p of being right: the thresholds are 2/3 and 0.8."""

    def best(chance: float) -> Certainty:
        def expected(certainty: Certainty) -> float:
            right, wrong = (certainty_points(Mark(A, credit, certainty)) for credit in (1.0, 0.0))
            return chance * right + (1 - chance) * wrong

        return max(Certainty, key=expected)

    assert [best(chance) for chance in (0.3, 0.66, 0.67, 0.79, 0.81, 1.0)] == [GUESS, GUESS, FAIRLY, FAIRLY, SURE, SURE]


def test_rules_survive_their_way_to_the_database_and_back() -> None:
    for each in (Rules(), Rules(62.5, 30, "practice", 0.25, certainty=False, retry_of=7), Rules(certainty=True)):
        assert Rules.from_data(json.loads(json.dumps(each.as_data()))) == each


def test_practice_and_retries_are_no_evidence() -> None:
    assert Rules().is_evidence
    assert Rules(mode="immediate").is_evidence
    assert not Rules(mode="practice").is_evidence
    assert not Rules(retry_of=1).is_evidence


marks = st.lists(
    st.builds(
        Mark,
        st.sampled_from([A, B]),
        st.none() | st.sampled_from([0.0, 1 / 3, 0.5, 1.0]),
        st.none() | st.sampled_from(Certainty),
    ),
    max_size=12,
)


@given(marks, st.floats(0, 1), st.floats(0, 100))
def test_scores_stay_within_their_bounds(given_marks: list[Mark], penalty: float, pass_percent: float) -> None:
    found = result(given_marks, Rules(pass_percent, penalty=penalty, certainty=True))
    assert 0 <= found.score.points <= found.score.of == len(given_marks)
    assert 0 <= found.score.percent <= 100
    assert found.certainty is not None
    assert -6 * len(given_marks) <= found.certainty.points <= found.certainty.of == 3 * len(given_marks)
    assert sum(score.of for _place, score in found.topics) == len(given_marks)
    assert found.passed == (bool(given_marks) and found.score.percent >= pass_percent)
