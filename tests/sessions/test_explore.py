"""Which machine is explored, and a walk from its first sight to the path taken."""

from pathlib import Path

import pytest

from quizdock.core.errors import QuizDockError
from quizdock.core.machine import Machine, Transition
from quizdock.core.walk import Diagram, Moved, Refused, Sight, Walk
from quizdock.sessions.explore import Walked, explore, find_machine
from quizdock.sessions.library import refresh
from quizdock.store import Store

PRESS, BREAK = Transition("OFF", "press", "ON"), Transition("ON", "break", "OFF")
LAMP = Diagram("lamp", "Lamp", Machine(("OFF", "ON"), (PRESS, BREAK), "OFF"))


class Scripted:
    """Types the lines that it was given, then ends; a line of None interrupts."""

    def __init__(self, *lines: str | None) -> None:
        self._lines = iter(lines)
        self.seen: list[Sight | Diagram | Walk] = []

    def open(self, diagram: Diagram) -> None:
        self.seen.append(diagram)

    def ask(self, sight: Sight) -> str | None:
        self.seen.append(sight)
        for line in self._lines:
            if line is None:
                raise KeyboardInterrupt
            return line
        return None

    def close(self, walk: Walk) -> None:
        self.seen.append(walk)


# The walk


def test_a_walk_shows_every_step_and_ends_with_its_path() -> None:
    asker = Scripted("press", "press")
    walk = Walk(LAMP.machine, (PRESS,))
    assert explore(LAMP, asker) == Walked(walk, interrupted=False)
    assert asker.seen == [
        LAMP,
        Sight(LAMP, Walk(LAMP.machine)),
        Sight(LAMP, walk, Moved(PRESS, "")),
        Sight(LAMP, walk, Refused("ON", "press", "")),
        walk,
    ]


def test_leaving_asks_nothing_more() -> None:
    asker = Scripted("q", "press")
    assert explore(LAMP, asker) == Walked(Walk(LAMP.machine), interrupted=False)
    assert asker.seen[2:] == [Walk(LAMP.machine)]


def test_an_interrupted_walk_says_its_path_too() -> None:
    asker = Scripted("press", None)
    walk = Walk(LAMP.machine, (PRESS,))
    assert explore(LAMP, asker) == Walked(walk, interrupted=True)
    assert asker.seen[-1] == walk


# Which machine


def write(folder: Path, deck: str, *notes: str, start: str = "A") -> None:
    """A deck of small machines and a flashcard."""
    text = f'format = 1\ndeck = {{ id = "{deck}", title = "{deck}", lang = "en" }}\n'
    text += '[[flashcard]]\nid = "a-card"\nfront = "F"\nback = "B"\n'
    for note in notes:
        text += f'[[machine]]\nid = "{note}"\ntitle = "{note} of {deck}"\nstates = ["A", "B"]\nstart = "{start}"\n'
        text += 'transitions = [{ from = "A", event = "go", to = "B" }]\n'
    (folder / f"{deck}.toml").write_text(text, encoding="utf-8")


def find(store: Store, folder: Path, name: str | None, *decks: str) -> str:
    """The title of the machine found in the decks, in all of them unless named."""
    refresh(store.catalogue, [folder])
    rows = store.catalogue.decks()
    return find_machine(store.catalogue, [row.id for row in rows if not decks or row.name in decks], name).title


def refusal(store: Store, folder: Path, name: str | None, *decks: str) -> tuple[str, str]:
    with pytest.raises(QuizDockError) as caught:
        find(store, folder, name, *decks)
    return str(caught.value.message), str(caught.value.hint)


def test_the_only_machine_needs_no_name(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "one", "lamp")
    write(tmp_path, "two")
    assert find(store, tmp_path, None) == "lamp of one"


def test_among_several_machines_one_must_be_named(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "one", "lamp", "door")
    write(tmp_path, "two", "lamp")
    message = "there are several state machines: name one, for example quizdock explore one/lamp"
    assert refusal(store, tmp_path, None) == (message, "Known: one/lamp, one/door, two/lamp.")
    assert find(store, tmp_path, "door") == "door of one"
    assert find(store, tmp_path, "two/lamp") == "lamp of two"


def test_a_name_that_fits_several_machines_is_not_guessed(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "one", "lamp", "door")
    write(tmp_path, "two", "lamp")
    message = "there are several state machines: name one, for example quizdock explore one/lamp"
    assert refusal(store, tmp_path, "lamp") == (message, "Known: one/lamp, two/lamp.")
    assert find(store, tmp_path, "lamp", "two") == "lamp of two"


def test_a_deck_that_is_named_need_not_be_followed(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "one", "lamp")
    write(tmp_path, "two", "door")
    assert find(store, tmp_path, "two/door", "one") == "door of two"
    assert refusal(store, tmp_path, "door", "one") == ("there is no machine called door", "Known: lamp.")


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("lmap", "there is no machine called lmap", "Did you mean lamp?"),
        ("one/lmap", "there is no machine called one/lmap", "Did you mean one/lamp?"),
        ("one/", "there is no machine called one/", "Did you mean one/lamp?"),
        ("oen/lamp", "there is no deck called oen", "Did you mean one?"),
        ("", "there is no machine called ", "Known: lamp."),
    ],
)
def test_an_unknown_name_comes_with_the_nearest(
    store: Store, tmp_path: Path, name: str, message: str, hint: str
) -> None:
    write(tmp_path, "one", "lamp")
    assert refusal(store, tmp_path, name) == (message, hint)


def test_decks_without_a_machine_say_how_to_bring_one(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "one")
    assert refusal(store, tmp_path, None) == (
        "the decks that you follow have no state machine",
        "A deck brings one with a [[machine]] note.",
    )


def test_a_deck_that_broke_hides_no_machine_of_another(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "one", "lamp")
    write(tmp_path, "two", "door")
    refresh(store.catalogue, [tmp_path])
    write(tmp_path, "one", "lamp", start="C")
    assert find(store, tmp_path, None) == "door of two"
    path = tmp_path / "one.toml"
    assert refusal(store, tmp_path, "one/lamp") == (f"{path}: 1 problem", f"Run: quizdock deck check {path}")
