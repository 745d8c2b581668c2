"""State machines."""

from quizdock.core.machine import Machine, Transition

DOOR = Machine(
    states=("OPEN", "SHUT", "LOCKED", "WALL"),
    transitions=(
        Transition("OPEN", "push", "SHUT"),
        Transition("SHUT", "pull", "OPEN"),
        Transition("SHUT", "turn", "LOCKED"),
        Transition("LOCKED", "turn", "SHUT"),
        Transition("WALL", "blast", "OPEN"),
    ),
    start="OPEN",
    end=("LOCKED",),
)


def test_an_event_leads_to_its_target() -> None:
    assert DOOR.target("SHUT", "turn") == "LOCKED"
    assert DOOR.target("LOCKED", "turn") == "SHUT"


def test_a_state_refuses_an_event_that_it_does_not_list() -> None:
    assert DOOR.target("OPEN", "turn") is None
    assert DOOR.target("OPEN", "unknown") is None
    assert DOOR.target("unknown", "turn") is None


def test_the_accepted_events_are_in_the_authors_order() -> None:
    assert DOOR.accepted("SHUT") == ("pull", "turn")
    assert DOOR.accepted("unknown") == ()


def test_each_event_is_listed_once_in_the_order_of_the_transitions() -> None:
    assert DOOR.events == ("push", "pull", "turn", "blast")


def test_what_no_transition_leads_to_cannot_be_reached() -> None:
    assert DOOR.reachable() == {"OPEN", "SHUT", "LOCKED"}


def test_the_start_is_reachable_without_any_transition() -> None:
    assert Machine(("A", "B"), (), "A").reachable() == {"A"}


def test_a_state_that_leads_to_itself_ends_the_search() -> None:
    assert Machine(("A",), (Transition("A", "stay", "A"),), "A").reachable() == {"A"}


def test_a_walk_goes_into_new_states_first_and_never_ends_where_it_began() -> None:
    assert DOOR.walk_from("OPEN", 2) == ("push", "turn")
    assert DOOR.walk_from("OPEN", 3) == ("push", "turn", "turn")
    assert DOOR.run("OPEN", DOOR.walk_from("OPEN", 3))[-1] == "SHUT"


def test_where_every_walk_ends_where_it_began_there_is_none() -> None:
    ring = Machine(("A", "B"), (Transition("A", "on", "B"), Transition("B", "back", "A")), "A")
    assert ring.walk_from("A", 2) == ()
    assert ring.walk_from("A", 3) == ("on", "back", "on")
    assert ring.walk_from("unknown", 1) == ()
