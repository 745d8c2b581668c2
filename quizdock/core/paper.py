"""Drawing an exam paper: evenly over topics, by a seed, the same on any machine."""

from collections.abc import Iterable
from itertools import chain, zip_longest
from typing import NamedTuple

from quizdock.core.forms.task import seeded_order


class Candidate(NamedTuple):
    """A card that an exam may ask: its number, deck, topic, and name (`note` or `note#part`)."""

    card: int
    deck: str
    topic: str
    name: str

    @property
    def note(self) -> tuple[str, str]:
        """What its siblings share with it."""
        return (self.deck, self.name.partition("#")[0])


def draw(candidates: Iterable[Candidate], questions: int, seed: int) -> list[Candidate]:
    """At most `questions` cards, turn by turn from every topic; within one, siblings come after all the notes.

    The order depends on the seed and the cards' names alone.
    """
    shuffled = seeded_order(str(seed), candidates, lambda candidate: f"{candidate.deck}/{candidate.name}")
    firsts, siblings = _split_siblings(shuffled)
    return _by_turns([*firsts, *siblings])[:questions]


def _split_siblings(candidates: list[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    seen: set[tuple[str, str]] = set()
    firsts: list[Candidate] = []
    siblings: list[Candidate] = []
    for candidate in candidates:
        (siblings if candidate.note in seen else firsts).append(candidate)
        seen.add(candidate.note)
    return firsts, siblings


def _by_turns(candidates: list[Candidate]) -> list[Candidate]:
    topics: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in candidates:
        topics.setdefault((candidate.deck, candidate.topic), []).append(candidate)
    rounds = zip_longest(*topics.values())
    return [candidate for candidate in chain.from_iterable(rounds) if candidate is not None]
