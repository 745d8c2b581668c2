"""Walks through state machines: what a line means, where it leads, and that undoing undoes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from quizdock.core.machine import Machine, Transition
from quizdock.core.walk import (
    Diagram,
    Listed,
    Moved,
    Refused,
    Remark,
    Restarted,
    Sight,
    Undone,
    Unknown,
    Walk,
    Wish,
    are_numbered,
    numbered,
    spelling,
)

PUSH = Transition("OPEN", "push", "SHUT")
TURN = Transition("SHUT", "turn the key", "LOCKED")
DOOR = Machine(
    states=("OPEN", "SHUT", "LOCKED", "GONE"),
    transitions=(PUSH, Transition("SHUT", "pull", "OPEN"), TURN, Transition("LOCKED", "blast", "GONE")),
    start="OPEN",
    end=("LOCKED", "GONE"),
)
DIAGRAM = Diagram(
    "door",
    "The door",
    DOOR,
    refusals={("OPEN", "turn the key"): "The bolt would hit the frame."},
    explains={PUSH: "It falls shut."},
)


def machine_of(*events: str) -> Machine:
    """In its one state, every event leads back to it."""
    return Machine(("A",), tuple(Transition("A", event, "A") for event in events), "A")


def sight_after(*lines: str, diagram: Diagram = DIAGRAM) -> Sight:
    sight = Sight(diagram, Walk(diagram.machine))
    for line in lines:
        following = sight.after(line)
        assert following is not None, f"{line} left"
        sight = following
    return sight


def remark_on(*lines: str, diagram: Diagram = DIAGRAM) -> Remark | None:
    return sight_after(*lines, diagram=diagram).remark


def machines() -> SearchStrategy[Machine]:
    """Machines of four states and three events, most of them refused somewhere."""
    states, events = ("A", "B", "C", "D"), ("x", "y", "z")
    pairs = [(state, event) for state in states for event in events]
    targets = st.dictionaries(st.sampled_from(pairs), st.sampled_from(states))
    return targets.map(
        lambda found: Machine(states, tuple(Transition(*pair, target) for pair, target in found.items()), "A")
    )


# The walk


def test_a_walk_begins_at_the_start() -> None:
    walk = Walk(DOOR)
    assert (walk.state, walk.steps, walk.possible, walk.at_end) == ("OPEN", (), ("push",), False)


def test_an_event_leads_on() -> None:
    walk = Walk(DOOR).after("push")
    assert walk is not None
    assert (walk.state, walk.steps, walk.possible) == ("SHUT", (PUSH,), ("pull", "turn the key"))


def test_a_refused_event_leads_nowhere() -> None:
    assert Walk(DOOR).after("pull") is None
    assert Walk(DOOR).after("unknown") is None


def test_an_end_state_may_lead_on() -> None:
    walk = Walk(DOOR, (PUSH, TURN))
    assert (walk.at_end, walk.possible) == (True, ("blast",))


def test_undoing_at_the_start_changes_nothing() -> None:
    assert Walk(DOOR).undone() == Walk(DOOR)


@given(machine=machines(), events=st.lists(st.sampled_from("xyz")))
def test_undoing_an_event_gives_the_walk_before_it(machine: Machine, events: list[str]) -> None:
    walk = Walk(machine)
    for event in events:
        following = walk.after(event)
        assert (following is not None) == (event in walk.possible), "possible events are those that are not refused"
        if following is not None:
            assert following.undone() == walk
            walk = following


@given(machine=machines(), events=st.lists(st.sampled_from("xyz")))
def test_every_step_begins_where_the_one_before_it_ended(machine: Machine, events: list[str]) -> None:
    walk = Walk(machine)
    for event in events:
        walk = walk.after(event) or walk
    passed = ["A", *(step.target for step in walk.steps)]
    assert [step.source for step in walk.steps] == passed[:-1]
    assert walk.state == passed[-1]


@given(machine=machines(), lines=st.lists(st.text(max_size=5) | st.sampled_from(["x", "y", "z", "1", "2", "u"])))
def test_any_line_leaves_or_gives_a_state_of_the_machine(machine: Machine, lines: list[str]) -> None:
    sight = Sight(Diagram("m", "M", machine), Walk(machine))
    for line in lines:
        following = sight.after(line)
        if following is None:
            assert "q" in line.casefold()
            return
        assert following.walk.state in machine.states
        assert len(following.walk.steps) <= len(sight.walk.steps) + 1
        sight = following


# What a line means


@pytest.mark.parametrize("typed", ["push", " PUSH\n", "1", "push."])
def test_an_event_is_typed_by_name_or_by_number(typed: str) -> None:
    assert remark_on(typed) == Moved(PUSH, "It falls shut.")


def test_spaces_and_case_do_not_matter() -> None:
    assert remark_on("push", "  Turn  the KEY ") == Moved(TURN, "")


def test_a_number_counts_the_possible_events() -> None:
    assert remark_on("push", "2") == Moved(TURN, "")


def test_a_refused_event_is_explained_in_the_words_of_the_deck() -> None:
    sight = sight_after("turn the key")
    assert sight.remark == Refused("OPEN", "turn the key", "The bolt would hit the frame.")
    assert sight.walk == Walk(DOOR)


def test_a_refused_event_may_have_no_explanation() -> None:
    assert remark_on("blast") == Refused("OPEN", "blast", "")


@pytest.mark.parametrize(("typed", "near"), [("pusch", "push"), ("turn", "turn the key"), ("zzz", ""), ("2", "")])
def test_an_unknown_event_comes_with_the_nearest(typed: str, near: str) -> None:
    assert remark_on(typed) == Unknown(typed, near)


def test_what_is_repeated_of_an_unknown_event_is_short_and_harmless() -> None:
    assert remark_on("\x1b[2J\u202e") == Unknown("\ufffd[2J\ufffd", "")
    assert remark_on("é" * 61) == Unknown("é" * 60 + "…", "")


def test_a_line_of_more_than_ten_thousand_characters_names_no_event() -> None:
    assert remark_on("push" + " " * 20_000) == Moved(PUSH, "It falls shut.")
    assert remark_on("turn" + " " * 20_000 + "the key") == Unknown("turn" + " " * 56 + "…", "")


@pytest.mark.parametrize("typed", ["?", ":?", "", "  \n"])
def test_a_question_mark_or_an_empty_line_asks_what_is_possible(typed: str) -> None:
    assert sight_after("push", typed) == Sight(DIAGRAM, Walk(DOOR, (PUSH,)), Listed())


@pytest.mark.parametrize("typed", ["u", ":u", "U", " :U\n"])
def test_u_takes_the_last_event_back(typed: str) -> None:
    assert sight_after("push", "turn the key", typed) == Sight(DIAGRAM, Walk(DOOR, (PUSH,)), Undone(TURN))


def test_at_the_start_there_is_nothing_to_take_back() -> None:
    assert sight_after("push", "u", "u") == Sight(DIAGRAM, Walk(DOOR), Undone(None))


@pytest.mark.parametrize("typed", ["r", ":r"])
def test_r_starts_again(typed: str) -> None:
    assert sight_after("push", "turn the key", typed) == Sight(DIAGRAM, Walk(DOOR), Restarted())


@pytest.mark.parametrize("typed", ["q", ":q", "Q\n"])
def test_q_leaves(typed: str) -> None:
    assert Sight(DIAGRAM, Walk(DOOR)).after(typed) is None


def test_where_an_event_has_the_letter_of_a_command_the_command_takes_a_colon() -> None:
    machine = machine_of("U", "q")
    assert [spelling(wish, machine) for wish in Wish] == ["?", ":u", "r", ":q"]
    diagram = Diagram("m", "M", machine)
    assert remark_on("u", "q", diagram=diagram) == Moved(Transition("A", "q", "A"), "")
    assert remark_on("u", ":u", diagram=diagram) == Undone(Transition("A", "U", "A"))


def test_numbers_stand_for_no_event_where_events_are_numbers() -> None:
    machine = machine_of("1", "0")
    assert (numbered(machine), numbered(DOOR)) == (False, True)
    diagram = Diagram("m", "M", machine)
    assert remark_on("0", diagram=diagram) == Moved(Transition("A", "0", "A"), "")
    assert remark_on("2", diagram=diagram) == Unknown("2", "")


@pytest.mark.parametrize("event", ["1", "1.", "٢", " 1"])
def test_an_event_is_called_by_a_number_however_it_is_spelt(event: str) -> None:
    assert not are_numbered(["go", event])
    assert are_numbered(["go", f"{event} x"])


def test_of_events_that_differ_in_case_the_one_in_this_spelling_is_meant_or_else_the_possible_one() -> None:
    upper, lower = Transition("A", "GO", "B"), Transition("B", "go", "A")
    diagram = Diagram("m", "M", Machine(("A", "B"), (upper, lower), "A"))
    assert remark_on("go", diagram=diagram) == Refused("A", "go", "")
    assert remark_on("Go", diagram=diagram) == Moved(upper, "")
    assert remark_on("Go", "Go", diagram=diagram) == Moved(lower, "")


# The drawing


def drawn(diagram: Diagram, state: str) -> str:
    return "".join(piece.text for piece in diagram.drawn(state).pieces(revealed=True))


def test_the_state_is_marked_in_the_drawing_and_nothing_is_masked() -> None:
    diagram = Diagram("m", "M", machine_of("go"), drawing="( A )-go-.\n   ^-----'")
    assert drawn(diagram, "A") == "(▶A◀)-go-.\n   ^-----'"


def test_a_state_is_not_marked_within_the_name_of_another() -> None:
    machine = Machine(("half", "half full"), (Transition("half full", "drink", "half"),), "half full")
    diagram = Diagram("m", "M", machine, drawing=" half full --drink--> half ")
    assert drawn(diagram, "half") == " half full --drink-->▶half◀"


def test_without_a_drawing_the_states_stand_in_rows() -> None:
    assert drawn(DIAGRAM, "SHUT") == "  OPEN  ▶SHUT◀  LOCKED   GONE "
    states = tuple(f"state number {number}" for number in range(1, 8))
    rows = drawn(Diagram("m", "M", Machine(states, (), states[0])), states[0])
    assert rows.splitlines() == [
        " ▶state number 1◀  state number 2   state number 3   state number 4 ",
        "  state number 5   state number 6   state number 7 ",
    ]
