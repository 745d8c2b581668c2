"""Events that lead a state machine from one state to another."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

from quizdock.core.errors import ResponseError
from quizdock.core.forms import Ordered, Path, Refusal, Verdict
from quizdock.core.machine import Transition

LAW = settings(deadline=None, derandomize=True, max_examples=300)

MACHINE = (
    Transition("CRÉÉ", "docker start", "EN COURS"),
    Transition("EN COURS", "docker pause", "EN PAUSE"),
    Transition("EN PAUSE", "docker unpause", "EN COURS"),
    Transition("EN COURS", "docker stop", "ARRÊTÉ"),
    Transition("ARRÊTÉ", "docker start", "EN COURS"),
    Transition("ARRÊTÉ", "docker rm", "SUPPRIMÉ"),
)
REFUSED = (Refusal("EN COURS", "docker rm", "Stop it first."), Refusal("EN PAUSE", "docker stop", "Frozen."))
ANY = Path("CRÉÉ", "SUPPRIMÉ", MACHINE, REFUSED)
SHORTEST = Path("CRÉÉ", "SUPPRIMÉ", MACHINE, REFUSED, shortest=True)
DIRECT = ["docker start", "docker stop", "docker rm"]
DETOUR = ["docker start", "docker pause", "docker unpause", "docker stop", "docker rm"]


@pytest.mark.parametrize("events", [DIRECT, DETOUR, ["docker start", "docker stop", *DIRECT]])
def test_any_path_that_arrives_is_right(events: list[str]) -> None:
    assert ANY.mark(events) == Verdict(1.0)


@pytest.mark.parametrize("events", [["Docker  START", "docker\u00a0stop ", "", "DOCKER RM"]])
def test_case_spaces_and_empty_texts_do_not_count(events: list[str]) -> None:
    assert ANY.mark(events) == Verdict(1.0)
    assert ANY.given(events) == Ordered(DIRECT)


def test_a_longer_way_earns_half_where_the_shortest_is_asked_for() -> None:
    assert SHORTEST.mark(DIRECT) == Verdict(1.0)
    verdict = SHORTEST.mark(DETOUR)
    assert (verdict.credit, str(verdict.detail)) == (0.5, "it arrives, but 3 events are enough")


def test_one_event_is_enough_in_the_singular() -> None:
    task = Path("EN PAUSE", "EN COURS", MACHINE, shortest=True)
    verdict = task.mark(["docker unpause", "docker pause", "docker unpause"])
    assert (verdict.credit, str(verdict.detail)) == (0.5, "it arrives, but 1 event is enough")


@pytest.mark.parametrize(
    ("events", "detail", "why"),
    [
        (["docker start", "docker rm"], "EN COURS refuses “docker rm”", "Stop it first."),
        (["docker start", "docker rm", "docker stop", "docker rm"], "EN COURS refuses “docker rm”", "Stop it first."),
        (["docker start", "Docker PAUSE", "docker stop", "docker rm"], "EN PAUSE refuses “docker stop”", "Frozen."),
        (["docker start", "docker start"], "EN COURS refuses “docker start”", ""),
        ([*DIRECT, "docker start"], "SUPPRIMÉ refuses “docker start”", ""),
        (["docker run"], "CRÉÉ refuses “docker run”", ""),
        (["\x1b[2J"], "CRÉÉ refuses “\ufffd[2J”", ""),
    ],
)
def test_the_first_event_that_is_refused_is_told_with_the_decks_reason(
    events: list[str], detail: str, why: str
) -> None:
    verdict = ANY.mark(events)
    assert (verdict.credit, str(verdict.detail), verdict.why) == (0.0, detail, why)


@pytest.mark.parametrize(
    ("events", "detail"),
    [
        (DIRECT[:1], "that ends in EN COURS, not in SUPPRIMÉ"),
        (DETOUR[:2], "that ends in EN PAUSE, not in SUPPRIMÉ"),
    ],
)
def test_a_path_that_ends_elsewhere_is_wrong_and_says_where(events: list[str], detail: str) -> None:
    verdict = ANY.mark(events)
    assert (verdict.credit, str(verdict.detail), verdict.why) == (0.0, detail, "")


@pytest.mark.parametrize("events", [[], [""], ["  ", "\n"]])
def test_i_dont_know_is_wrong_without_more_words(events: list[str]) -> None:
    assert ANY.mark(events) == Verdict(0.0)
    assert ANY.given(events) == Ordered()


def test_events_that_differ_in_case_alone_are_told_apart_where_they_are_typed_exactly() -> None:
    task = Path("A", "B", (Transition("A", "run -d", "B"), Transition("A", "run -D", "A")))
    assert task.mark(["run -d"]).right
    assert task.mark(["run -D"]).credit == 0.0
    assert task.mark(["run -D", "run -d"]).right


def test_what_was_given_is_the_events_as_the_machine_spells_them_and_strangers_as_they_are() -> None:
    assert ANY.given(["DOCKER stop", " Docker Run ", "x" * 300]) == Ordered(("docker stop", "Docker Run", "x" * 200))


def test_the_answer_is_a_shortest_path_and_the_choices_are_the_events() -> None:
    assert ANY.answer == Ordered(DIRECT)
    assert ANY.choices == ("docker start", "docker pause", "docker unpause", "docker stop", "docker rm")
    assert ANY.items == ()


def test_a_seed_gives_the_events_the_same_order_on_any_machine() -> None:
    task = Path("A", "B", tuple(Transition("A", event, "B") for event in "abcd")).arranged("7")
    assert task.choices == ("b", "d", "c", "a")
    assert task.answer == Ordered("a")


@pytest.mark.parametrize("response", [None, True, 0, 1.5, "docker start", "", {}, (), [0], ["docker start", None]])
def test_anything_but_a_list_of_texts_is_refused(response: object) -> None:
    with pytest.raises(ResponseError, match=r"^answer with a list of events$"):
        ANY.mark(response)
    with pytest.raises(ResponseError):
        ANY.given(response)


def test_more_than_a_thousand_events_are_refused() -> None:
    round_trip = ["docker pause", "docker unpause"]
    task = Path("EN COURS", "ARRÊTÉ", MACHINE)
    assert task.mark([*round_trip * 499, "docker stop"]).right
    with pytest.raises(ResponseError, match=r"^that is too long: 1000 events at most$"):
        task.mark([*round_trip * 500, "docker stop"])


@pytest.mark.parametrize("events", [["x" * 100_000], ["x" * 100] * 1000, ["docker pause"] * 50_000, ["é" * 200] * 999])
def test_whatever_is_listed_is_marked_or_refused_within_a_second(events: list[str]) -> None:
    started = time.perf_counter()
    try:
        assert ANY.mark(events).credit == 0.0
    except ResponseError as error:
        assert str(error)
    assert time.perf_counter() - started < 1


def test_data_gives_the_task_back() -> None:
    task = Path("A", "B", (Transition("A", "go", "B"),), (Refusal("B", "go", "No."),), True, ("go",))
    data = ["A", "B", [["A", "go", "B"]], [["B", "go", "No."]], 1, ["go"]]
    assert task.as_data() == data
    assert Path.from_data(data) == task


@LAW
@given(data=st.data(), seed=st.text("abc", max_size=2))
def test_a_path_is_accepted_exactly_when_it_ends_in_the_goal(
    paths: SearchStrategy[Path], data: DataObject, seed: str
) -> None:
    """The machine is run here once more, by a table."""
    path = data.draw(paths)
    events = data.draw(st.lists(st.sampled_from(path.choices), min_size=1, max_size=6))
    table = {(each.source, each.event): each.target for each in path.transitions}
    state: str | None = path.start
    for event in events:
        state = table.get((state or "", event))
    verdict = path.mark(events)
    assert (verdict.credit > 0) == (state == path.goal)
    assert verdict == path.arranged(seed).mark(events)
    if not path.shortest:
        assert verdict.credit in (0.0, 1.0)
    elif len(events) > len(path.answer):
        assert verdict.credit in (0.0, 0.5)
