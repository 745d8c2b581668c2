"""Walking a state machine of a deck by hand."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from quizdock.core.errors import MOST_KNOWN, QuizDockError, unknown_name
from quizdock.core.message import msg
from quizdock.core.walk import Diagram, Sight, Walk
from quizdock.store.catalogue import Catalogue, DeckRow


class Asker(Protocol):
    """Shows the machine and takes lines; raises KeyboardInterrupt when the learner interrupts."""

    def open(self, diagram: Diagram) -> None:
        """The walk begins."""

    def ask(self, sight: Sight) -> str | None:
        """Show where the walk is and what is to be said, then take a line; None at the end of input."""

    def close(self, walk: Walk) -> None:
        """The walk ends."""


class Walked(NamedTuple):
    """A walk that was left, and whether by an interruption."""

    walk: Walk
    interrupted: bool


def explore(diagram: Diagram, asker: Asker) -> Walked:
    """Walk until the learner leaves. Nothing of it is kept."""
    sight = Sight(diagram, Walk(diagram.machine))
    interrupted = False
    try:
        asker.open(diagram)
        while (typed := asker.ask(sight)) is not None and (following := sight.after(typed)) is not None:
            sight = following
    except KeyboardInterrupt:
        interrupted = True
    asker.close(sight.walk)
    return Walked(sight.walk, interrupted)


def find_machine(catalogue: Catalogue, decks: Iterable[int], name: str | None) -> Diagram:
    """The machine called so, `note` in one of these decks or `deck/note` in any; without a name, their only one.

    A deck that cannot be read is passed over, unless nothing is found without it. Raises QuizDockError for a name
    that is unknown (with the nearest one) or that fits several machines, and where there is a choice to be made.
    """
    deck, separator, note = (name or "").rpartition("/")
    numbers = {catalogue.deck(deck).id} if separator else set(decks)
    found = machines([row for row in catalogue.decks() if row.id in numbers])
    if name is None:
        return _only(found)
    fitting = {full: diagram for full, diagram in found.items() if diagram.id == note}
    if not fitting:
        known = found if separator else {diagram.id for diagram in found.values()}
        raise unknown_name(msg("there is no machine called {name}", name=name), name, known)
    return _only(fitting)


def machines(decks: Iterable[DeckRow]) -> dict[str, Diagram]:
    """The machines of these decks, by `deck/note`. Raises what is wrong with a deck if no other one has a machine."""
    from quizdock.deck.machines import machines_of

    found: dict[str, Diagram] = {}
    broken: list[QuizDockError] = []
    for deck in decks:
        try:
            diagrams = machines_of(Path(deck.file or ""))
        except QuizDockError as error:
            broken.append(error)
            continue
        found |= {f"{deck.name}/{diagram.id}": diagram for diagram in diagrams}
    if broken and not found:
        raise broken[0]
    return found


def _only(found: Mapping[str, Diagram]) -> Diagram:
    """The one machine there is. Raises QuizDockError where there is none, or where one must be chosen."""
    if not found:
        raise QuizDockError(
            msg("the decks that you follow have no state machine"), msg("A deck brings one with a [[machine]] note.")
        )
    if len(found) > 1:
        names = [*list(found)[:MOST_KNOWN], *(["…"] if len(found) > MOST_KNOWN else [])]
        raise QuizDockError(
            msg("there are several state machines: name one, for example quizdock explore {name}", name=names[0]),
            msg("Known: {names}.", names=", ".join(names)),
        )
    return next(iter(found.values()))
