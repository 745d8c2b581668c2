"""What exams leave behind."""

from quizdock.core.marking import Mark, Place, Rules
from quizdock.core.scores import Sat, by_deck, by_topic, sparkline

STATES, IMAGES = Place("docker", "states", "States"), Place("docker", "images", "Images")
CAPITALS = Place("capitals", "eu", "Europe")


def sat(who: str, day: int, *marks: Mark, pass_percent: float = 70) -> Sat:
    return Sat(who, who.title(), day, Rules(pass_percent), {"docker": "Docker", "capitals": "Capitals"}, marks)


HISTORY = [
    sat("ada", 1, Mark(STATES, 0.0), Mark(IMAGES, 1.0)),
    sat("bob", 2, Mark(STATES, 1.0)),
    sat("ada", 3, Mark(STATES, 1.0), Mark(IMAGES, 1.0), Mark(CAPITALS, 0.0)),
    sat("ada", 4, Mark(STATES, 1.0), Mark(IMAGES, 0.5), Mark(CAPITALS, None)),
]


def test_a_deck_has_the_first_best_and_latest_of_each_learner() -> None:
    capitals, docker, bob = by_deck(HISTORY)
    assert (docker.learner, docker.title, docker.percents) == ("Ada", "Docker", (50.0, 100.0, 75.0))
    assert (docker.first, docker.best, docker.latest, docker.passed, docker.day) == (50.0, 100.0, 75.0, True, 4)
    assert (capitals.title, capitals.percents, capitals.passed) == ("Capitals", (0.0, 0.0), False)
    assert (bob.learner, bob.percents, bob.trend) == ("Bob", (100.0,), "")


def test_a_topic_has_the_same_over_its_own_questions() -> None:
    rows = {(row.learner, row.topic_title): row.percents for row in by_topic(HISTORY)}
    assert rows == {
        ("Ada", "States"): (0.0, 100.0, 100.0),
        ("Ada", "Images"): (100.0, 100.0, 50.0),
        ("Ada", "Europe"): (0.0, 0.0),
        ("Bob", "States"): (100.0,),
    }


def test_a_trend_is_a_block_an_attempt_the_latest_twelve() -> None:
    assert sparkline([0, 12.4, 12.5, 50, 99, 100]) == "▁▁▂▅██"
    many = [sat("ada", day, Mark(STATES, float(day > 12))) for day in range(20)]
    (row,) = by_deck(many)
    assert row.trend == "▁▁▁▁▁███████"


def test_learners_of_one_name_on_two_devices_stay_apart() -> None:
    twins = [
        Sat(who, "Ada", 1, Rules(), {"docker": "Docker"}, (Mark(STATES, credit),))
        for who, credit in (("#1", 1.0), ("laptop/Ada", 0.0))
    ]
    assert [row.percents for row in by_deck(twins)] == [(100.0,), (0.0,)]


def test_each_attempt_is_judged_by_its_own_pass_mark() -> None:
    (row,) = by_deck([sat("ada", 1, Mark(STATES, 1.0), Mark(STATES, 0.0), pass_percent=50)])
    assert row.passed
