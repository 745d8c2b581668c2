"""Drawing an exam paper: by the decks' blueprints, then evenly over topics, by a seed, the same on any machine."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import chain, zip_longest
from typing import NamedTuple, TypeVar

from quizdock.core.blueprint import Blueprint, Part, apportioned
from quizdock.core.card import Card, decode
from quizdock.core.errors import QuizDockError
from quizdock.core.forms.task import seeded_order
from quizdock.core.marking import Place
from quizdock.core.message import Message, msg, nmsg

Item = TypeVar("Item")
Group = tuple[str, str]
"""What cards that answer each other have in common: their deck, and what they are siblings by."""


class Candidate(NamedTuple):
    """A card that an exam may ask: its number, the ids of its deck and topic, its name, and what it is like."""

    card: int
    deck: str
    topic: str
    name: str
    siblings: str = ""
    form: str = "choice"
    difficulty: str = "medium"

    @property
    def id(self) -> str:
        """What it is called everywhere."""
        return f"{self.deck}/{self.name}"

    @property
    def note(self) -> tuple[str, str]:
        """The note that it was derived from."""
        return (self.deck, self.name.partition("#")[0])

    @property
    def group(self) -> Group:
        """Cards of one group answer each other: a paper has one of them at most."""
        return (self.deck, self.siblings or self.name)


class Asked(NamedTuple):
    """A question of a paper: the card's name in its deck, the hash of what the deck had, the body as it is asked."""

    place: Place
    card: str
    hash: int
    body: str

    @property
    def id(self) -> str:
        """The card's id."""
        return f"{self.place.deck}/{self.card}"

    @property
    def decoded(self) -> Card:
        """The card as it is asked."""
        return decode(self.card, self.place.topic, self.body)


class Cell(NamedTuple):
    """A part of a deck's blueprint, and how many questions it asks for on this paper."""

    deck: str
    part: Part
    quota: int

    def takes(self, candidate: Candidate) -> bool:
        """Whether the card belongs to it."""
        return candidate.deck == self.deck and self.part.takes(candidate.topic, candidate.difficulty, candidate.form)


class Shortage(NamedTuple):
    """A cell that cannot be filled: which one, and how many questions there are for it, whatever others ask for."""

    place: int
    cell: Cell
    found: int

    @property
    def message(self) -> Message:
        """What is missing where."""
        if self.found >= self.cell.quota:
            return nmsg(
                "the part with {cell} asks for {asked}, but other parts need the {count} question there is for it",
                "the part with {cell} asks for {asked}, but other parts need the {count} questions there are for it",
                self.found,
                cell=self.cell.part.cell,
                asked=self.cell.quota,
            )
        return nmsg(
            "the part with {cell} asks for {asked}, but only {count} question can be asked",
            "the part with {cell} asks for {asked}, but only {count} questions can be asked",
            self.found,
            cell=self.cell.part.cell,
            asked=self.cell.quota,
        )


def draw(
    candidates: Iterable[Candidate], blueprints: Mapping[str, Blueprint], questions: int, seed: int
) -> list[Candidate]:
    """At most `questions` cards: each cell's quota, the rest turn by turn from every topic; no two answer each other.

    It depends on the seed and the cards' names alone. Raises QuizDockError, naming the cell, where one cannot be
    filled.
    """
    pool = _pool(candidates, blueprints, seed)
    cells = cells_of(blueprints, questions)
    filled, shortages = _filled(pool, cells)
    if shortages:
        first = shortages[0]
        raise QuizDockError(
            msg("{deck}: {shortage}", deck=first.cell.deck, shortage=first.message),
            msg("Add questions, change [deck.exam], or ask for fewer: -n"),
        )
    drawn = [_best(pool[group], cells[place]) for group, place in filled.items()]
    drawn += _rest(pool, drawn, questions - len(drawn))
    return in_turns(drawn, lambda candidate: candidate.id, seed, lambda candidate: (candidate.deck, candidate.topic))


def shortages(candidates: Iterable[Candidate], deck: str, blueprint: Blueprint, questions: int) -> list[Shortage]:
    """The cells of one deck's blueprint that no paper could fill."""
    blueprints = {deck: blueprint}
    return _filled(_pool(candidates, blueprints, 0), cells_of(blueprints, questions))[1]


def cells_of(blueprints: Mapping[str, Blueprint], questions: int) -> list[Cell]:
    """Every part of every deck with its number of questions; several decks have equal shares of the paper."""
    parts = [(deck, part) for deck in sorted(blueprints) for part in blueprints[deck].parts]
    weights = [weight / len(blueprints) for deck in sorted(blueprints) for weight in blueprints[deck].weights]
    quotas = apportioned(weights, questions)
    return [Cell(deck, part, quota) for (deck, part), quota in zip(parts, quotas, strict=True)]


def in_turns(
    items: Iterable[Item], name: Callable[[Item], str], seed: int, kind: Callable[[Item], Hashable] = lambda _item: 0
) -> list[Item]:
    """The items in the seed's order, kinds taking turns."""
    kinds: dict[Hashable, list[Item]] = {}
    for item in seeded_order(str(seed), items, name):
        kinds.setdefault(kind(item), []).append(item)
    rounds = zip_longest(*kinds.values())
    return [item for item in chain.from_iterable(rounds) if item is not None]


def _pool(
    candidates: Iterable[Candidate], blueprints: Mapping[str, Blueprint], seed: int
) -> dict[Group, list[Candidate]]:
    """The candidates of allowed forms by their groups, in the seed's order; each note's first group goes before."""
    forms = {deck: blueprint.forms for deck, blueprint in blueprints.items()}
    allowed = (each for each in candidates if not forms.get(each.deck) or each.form in forms[each.deck])
    groups: dict[Group, list[Candidate]] = {}
    for candidate in seeded_order(str(seed), allowed, lambda candidate: candidate.id):
        groups.setdefault(candidate.group, []).append(candidate)
    return {group: groups[group] for group in _firsts_first(groups, {})}


def _firsts_first(groups: Mapping[Group, Sequence[Candidate]], used: Mapping[tuple[str, str], int]) -> list[Group]:
    """The groups by how many of their note come before them, those on the paper already counted; else as they were."""
    before = dict(used)
    ranks: dict[Group, int] = {}
    for group, members in groups.items():
        note = members[0].note
        ranks[group] = before.get(note, 0)
        before[note] = ranks[group] + 1
    return sorted(groups, key=ranks.__getitem__)


def _filled(
    pool: Mapping[Group, Sequence[Candidate]], cells: Sequence[Cell]
) -> tuple[dict[Group, int], list[Shortage]]:
    """Which cell (its place in the list) each group goes to, and the cells that stay short.

    A maximum bipartite matching by augmenting paths: a group that one cell has may be freed for another.
    """
    takes = [[group for group, members in pool.items() if any(map(cell.takes, members))] for cell in cells]
    owner: dict[Group, int] = {}
    found = []
    for place, cell in enumerate(cells):
        got = 0
        while got < cell.quota and _augment(place, takes, owner):
            got += 1
        if got < cell.quota:
            found.append(Shortage(place, cell, len(takes[place])))
    return owner, found


def _augment(place: int, takes: Sequence[Sequence[Group]], owner: dict[Group, int]) -> bool:
    """Give one more group to the cell at this place, moving others between cells where that helps."""
    came_from: dict[int, tuple[int, Group]] = {}
    queue = [place]
    for cell in queue:
        for group in takes[cell]:
            if group not in owner:
                _hand_over(cell, group, place, came_from, owner)
                return True
            other = owner[group]
            if other != place and other not in came_from:
                came_from[other] = (cell, group)
                queue.append(other)
    return False


def _hand_over(
    cell: int, group: Group, place: int, came_from: Mapping[int, tuple[int, Group]], owner: dict[Group, int]
) -> None:
    """Give the free group to the cell, its own to the one that wanted that, and so on back to the first."""
    owner[group] = cell
    while cell != place:
        before, wanted = came_from[cell]
        owner[wanted] = before
        cell = before


def _best(members: Sequence[Candidate], cell: Cell) -> Candidate:
    return next(candidate for candidate in members if cell.takes(candidate))


def _rest(pool: Mapping[Group, Sequence[Candidate]], drawn: Sequence[Candidate], questions: int) -> list[Candidate]:
    """So many more cards from groups that are not on the paper, topics taking turns, unused notes first."""
    used: dict[tuple[str, str], int] = {}
    for candidate in drawn:
        used[candidate.note] = used.get(candidate.note, 0) + 1
    taken = {candidate.group for candidate in drawn}
    free = {group: members for group, members in pool.items() if group not in taken}
    topics: dict[tuple[str, str], list[Candidate]] = {}
    for group in _firsts_first(free, used):
        candidate = free[group][0]
        topics.setdefault((candidate.deck, candidate.topic), []).append(candidate)
    rounds = zip_longest(*topics.values())
    return [candidate for candidate in chain.from_iterable(rounds) if candidate is not None][: max(0, questions)]
