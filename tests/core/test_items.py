"""Item analysis: published figures, simulated learners, laws."""

import json
from math import exp
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizdock.core.forms import Boolean, Choice, Choices, Match, Option, Pair, Text
from quizdock.core.item_verdicts import accuses_key, verdicts
from quizdock.core.items import Answer, Item, Sheet, Statistics, analysis, first_attempts, guess_of

ORACLE = json.loads(Path(__file__).parent.joinpath("data", "item-analysis.json").read_text(encoding="utf-8"))
FIGURES = {
    "facility": "facility",
    "discrimination_index": "discrimination",
    "discriminative_efficiency": "efficiency",
    "effective_weight": "weight",
}


def published() -> tuple[list[Item], list[Sheet]]:
    maxima = ORACLE["max_marks"]
    items = [Item(f"q{place}") for place in range(len(maxima))]
    sheets = [
        Sheet(f"learner {n}", {f"q{place}": Answer(mark, maxima[place]) for place, mark in enumerate(marks)})
        for n, marks in enumerate(ORACLE["attempts"])
    ]
    return items, sheets


@pytest.mark.parametrize("name", FIGURES)
def test_the_published_figures_are_met(name: str) -> None:
    found = [getattr(each, FIGURES[name]) for each in analysis(*published()).items]
    expected = ORACLE["expected"][name]
    assert len(found) == len(expected) == 20
    for mine, theirs in zip(found, expected, strict=True):
        if theirs is None:
            assert mine is None
        else:
            assert mine == pytest.approx(theirs, abs=1e-6)


def test_the_published_test_has_these_figures_as_a_whole() -> None:
    """Cronbach's alpha by its definition, over the 17 items that carry marks."""
    _items, sheets = published()
    test = analysis(*published()).test
    totals = [sum(answer.mark for answer in sheet.answers.values()) for sheet in sheets]
    mean = sum(totals) / 22
    spread = sum((total - mean) ** 2 for total in totals) / 21
    within = 0.0
    for place, maximum in enumerate(ORACLE["max_marks"]):
        if maximum:
            marks = [marks[place] for marks in ORACLE["attempts"]]
            middle = sum(marks) / 22
            within += sum((mark - middle) ** 2 for mark in marks) / 21
    alpha = 17 / 16 * (1 - within / spread)
    assert test.n == 22
    assert test.alike
    assert test.mean == pytest.approx(100 * mean / 24)
    assert test.consistency == pytest.approx(100 * alpha)
    assert test.error_ratio == pytest.approx(100 * (1 - alpha) ** 0.5)
    assert test.deviation is not None
    assert test.standard_error == pytest.approx((1 - alpha) ** 0.5 * test.deviation)


# ── simulated learners ─────────────────────────────────────────────────────────────────────────────

DIFFICULTIES = [-2.0 + 4.0 * place / 19 for place in range(20)]
WRONG_KEY = 12


def rasch(seed: int, learners: int = 200) -> tuple[list[Item], list[Sheet]]:
    """Learners of known ability sit 20 choices of known difficulty; the key of one names a wrong option.

    Who knows the answer chooses it; who does not chooses one of the three others.
    """
    dice = Random(seed)
    options = ("a", "b", "c", "d")
    items = [
        Item(f"q{place:02}", f"question {place}", options, ("b" if place == WRONG_KEY else "a",), 0.25)
        for place in range(20)
    ]
    sheets = []
    for number in range(learners):
        ability = dice.gauss(0, 1)
        answers = {}
        for item, difficulty in zip(items, DIFFICULTIES, strict=True):
            knows = dice.random() < 1 / (1 + exp(-1.7 * (ability - difficulty)))
            chosen = "a" if knows else dice.choice("bcd")
            answers[item.id] = Answer(float(chosen in item.right), 1.0, (chosen,))
        sheets.append(Sheet(f"learner {number}", answers))
    return items, sheets


def rank_correlation(xs: list[float], ys: list[float]) -> float:
    """Spearman's, for values without ties."""
    ranks = [[sorted(values).index(value) for value in values] for values in (xs, ys)]
    n = len(xs)
    return 1.0 - 6 * float(sum((a - b) ** 2 for a, b in zip(*ranks, strict=True))) / (n * (n * n - 1))


@pytest.mark.parametrize("seed", [1, 7, 42])
def test_facility_orders_the_items_by_their_true_difficulty(seed: int) -> None:
    found = [each for place, each in enumerate(analysis(*rasch(seed)).items) if place != WRONG_KEY]
    facilities = [-(each.facility or 0.0) + place * 1e-9 for place, each in enumerate(found)]
    difficulties = [difficulty for place, difficulty in enumerate(DIFFICULTIES) if place != WRONG_KEY]
    assert rank_correlation(facilities, difficulties) > 0.9


@pytest.mark.parametrize("seed", [1, 7, 42])
def test_a_wrong_key_is_found_and_no_other_is_accused(seed: int) -> None:
    found = analysis(*rasch(seed)).items
    assert [place for place, each in enumerate(found) if accuses_key(each)] == [WRONG_KEY]
    assert str(verdicts(found[WRONG_KEY])[0]) == "the better learners get this wrong: check the key"


def test_a_wrong_option_that_better_learners_choose_is_named() -> None:
    """All in all the item looks fair; but one wrong option has the best choosers of all."""
    rests = {"right": [0.4, 0.5, 0.6, 0.5, 0.45], "trap": [0.9, 0.95, 0.92, 0.9], "other": [0.1] * 5}
    sheets = [
        Sheet(f"{option} {n}", {"q": Answer(float(option == "right"), 1, (option,)), "rest": Answer(rest, 1)})
        for option, each in rests.items()
        for n, rest in enumerate(each)
    ]
    item = Item("q", "?", ("right", "trap", "other"), ("right",), 1 / 3)
    assert "the better learners choose “trap”: check the key" in said(item, sheets)


# ── verdicts ───────────────────────────────────────────────────────────────────────────────────────


def said(item: Item, sheets: list[Sheet]) -> list[str]:
    return [str(message) for message in verdicts(analysis([item], sheets).items[0])]


def sheets_of(marks: list[float], rests: list[float], given: list[str] | None = None) -> list[Sheet]:
    given = given or [""] * len(marks)
    return [
        Sheet(str(n), {"q": Answer(mark, 1, (text,)), "rest": Answer(rest, 1)})
        for n, (mark, rest, text) in enumerate(zip(marks, rests, given, strict=True))
    ]


RISING = [n / 20 for n in range(20)]


def test_nothing_is_said_about_few_attempts_but_that_they_are_few() -> None:
    assert said(Item("q"), sheets_of([1.0] * 9, RISING[:9])) == ["too few attempts to say anything"]


def test_an_item_that_tells_good_from_weak_learners_is_good() -> None:
    assert said(Item("q"), sheets_of([0.0] * 8 + [1.0] * 12, RISING)) == ["good"]


def test_an_item_that_everybody_gets_right_is_too_easy() -> None:
    assert said(Item("q"), sheets_of([1.0] * 20, RISING)) == ["too easy"]


def test_an_item_that_nobody_gets_right_is_too_hard() -> None:
    assert said(Item("q"), sheets_of([0.0] * 20, RISING)) == ["too hard"]


def test_an_item_that_is_right_no_more_often_than_by_chance_is_guessable() -> None:
    assert "guessable: hardly more are right than by chance" in said(
        Item("q", guess=0.5), sheets_of([0.0] * 9 + [1.0] * 11, RISING)
    )


def test_an_item_whose_marks_have_nothing_to_do_with_the_rest_does_not_tell_who_knows_it() -> None:
    assert said(Item("q"), sheets_of([1.0, 0.0] * 10, [0.3, 0.3, 0.6, 0.6] * 5)) == ["does not tell who knows the rest"]


def test_an_option_that_nobody_chose_is_named() -> None:
    given = ["no"] * 8 + ["yes"] * 12
    found = said(Item("q", "?", ("yes", "no", "never"), ("yes",)), sheets_of([0.0] * 8 + [1.0] * 12, RISING, given))
    assert found == ["option “never” never chosen"]


def test_options_are_counted_with_the_rest_scores_of_those_who_chose_them() -> None:
    item = Item("q", "?", ("yes", "no"), ("yes",))
    yes, no = analysis([item], sheets_of([1.0, 1.0, 0.0], [0.8, 0.6, 0.1], ["yes", "yes", "no"])).items[0].options
    assert [(option.chosen, option.right) for option in (yes, no)] == [(2, True), (1, False)]
    assert [option.mean_rest for option in (yes, no)] == [pytest.approx(70), pytest.approx(10)]


def test_only_the_first_sheet_of_each_learner_counts_where_first_attempts_are_asked_for() -> None:
    ada, bob, again = Sheet("ada", {"q": Answer(0, 1)}), Sheet("bob", {}), Sheet("ada", {"q": Answer(1, 1)})
    assert first_attempts([ada, bob, again]) == [ada, bob]


def test_papers_of_other_items_do_not_count_for_an_item() -> None:
    sheets = [Sheet("ada", {"p": Answer(1, 1)}), Sheet("bob", {"q": Answer(0.5, 1)})]
    first, second = analysis([Item("p"), Item("q")], sheets).items
    assert (first.n, first.facility) == (1, 100)
    assert (second.n, second.facility) == (1, 50)
    assert not analysis([], sheets).test.alike


def test_no_sheet_at_all_leaves_everything_undefined() -> None:
    found = analysis([Item("p")], [])
    assert found.test.n == 0
    assert found.items[0] == Statistics(Item("p"), 0, None, None, None, None, None, ())


# ── guessing ───────────────────────────────────────────────────────────────────────────────────────


def test_chance_earns_what_the_form_allows() -> None:
    right, wrong, other = Option("a", right=True), Option("b"), Option("c")
    assert guess_of(Boolean(True)) == 0.5
    assert guess_of(Choice((right, wrong, other))) == pytest.approx(1 / 3)
    assert guess_of(Choices((right, wrong))) == pytest.approx(1 / 3)  # {a} earns 1, {b} and {a, b} nothing
    assert guess_of(Choices((right, Option("d", right=True)))) == pytest.approx(2 / 3)  # 1/2, 1/2 and 1
    assert guess_of(Match((Pair("x", "1"), Pair("y", "2")))) == 0.5
    assert guess_of(Text(("a",))) == 0.0


# ── laws ───────────────────────────────────────────────────────────────────────────────────────────

marks = st.lists(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=4, max_size=4), min_size=2, max_size=12)


def sheets_from(rows: list[list[float]], scale: float = 1.0) -> list[Sheet]:
    return [
        Sheet(str(n), {f"q{place}": Answer(mark * scale, scale) for place, mark in enumerate(row)})
        for n, row in enumerate(rows)
    ]


ITEMS = [Item(f"q{place}") for place in range(4)]


@given(marks)
def test_figures_stay_within_their_bounds(rows: list[list[float]]) -> None:
    found = analysis(ITEMS, sheets_from(rows))
    for each in found.items:
        assert each.facility is not None
        assert 0 <= each.facility <= 100
        assert each.discrimination is None or -100.000001 <= each.discrimination <= 100.000001
        assert each.efficiency is None or each.efficiency <= 100.000001
    weights = [each.weight for each in found.items if each.weight is not None]
    assert not weights or sum(weights) == pytest.approx(100)
    assert found.test.consistency is None or found.test.consistency <= 100.000001


@given(marks, st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_changes_nothing(rows: list[list[float]], dice: Random) -> None:
    shuffled = sheets_from(rows)
    dice.shuffle(shuffled)
    assert_alike(sheets_from(rows), shuffled)


@given(marks)
def test_the_scale_of_the_marks_changes_no_percentage(rows: list[list[float]]) -> None:
    assert_alike(sheets_from(rows), sheets_from(rows, 4.0))


def assert_alike(some: list[Sheet], others: list[Sheet]) -> None:
    one, other = analysis(ITEMS, some), analysis(ITEMS, others)
    for mine, theirs in zip(one.items, other.items, strict=True):
        for a, b in zip(mine[2:7], theirs[2:7], strict=True):
            assert a == (None if b is None else pytest.approx(b, abs=1e-6))
    assert one.test.consistency == (
        None if other.test.consistency is None else pytest.approx(other.test.consistency, abs=1e-6)
    )
