"""Giving the progress on one card to another, after a note or a deck got another id."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import Literal, NamedTuple

from quizdock.core.errors import QuizDockError
from quizdock.core.message import NOTHING, Message, msg, nmsg
from quizdock.sessions.cards import SHOWN, cards_of_note, find, of_note
from quizdock.store import Store
from quizdock.store.cards import Named
from quizdock.store.journal import Moment

Level = Literal["card", "note", "deck"]
"""What a name means."""

NEAR = 0.5
"""How alike two names must be for one to be proposed: 1 is equal."""
MOST_COMPARED = 5_000
"""Cards whose names are compared one by one."""
MOST_PROPOSED = 100
"""Proposals that are thought out: nobody reads more, and each takes a look at many cards."""
MOST_LIKENED = 100
"""Notes equal in all else whose names are compared, for each proposal."""


class Candidate(NamedTuple):
    """A card that may be the old one under another name, and why."""

    card: Named
    reason: Message


class Proposal(NamedTuple):
    """Two names to re-link, and how many cards that would settle; `new` is empty where it is not plain."""

    old: str
    new: str
    cards: int


class Pair(NamedTuple):
    """A card that gives its progress, and the one that takes it over; the learners who have any."""

    old: Named
    new: Named
    learners: tuple[int, ...]


class Plan(NamedTuple):
    """What a re-linking will do, and the cards with progress that have no counterpart."""

    pairs: Sequence[Pair]
    unmatched: Sequence[Named]

    @property
    def learners(self) -> int:
        """How many learners' progress moves."""
        return len({learner for pair in self.pairs for learner in pair.learners})


def plan(store: Store, old: str, new: str) -> Plan:
    """What giving `old`'s progress to `new` means: two cards, two notes, or two decks, with parts of equal names.

    Raises QuizDockError for a name that is unknown (with what is near), for an old one without progress, and for a
    new one that no deck has.
    """
    before, level = holding(store, old)
    taking = _by_part(_taking(store, before, new, level), level)
    pairs, unmatched = [], []
    for part, card in _by_part(before, level).items():
        if part in taking:
            pairs.append(Pair(card, taking[part], tuple(store.cards.holders(card.number))))
        else:
            unmatched.append(card)
    if not pairs:
        raise QuizDockError(
            msg("{new} has none of the cards of {old} that have progress", old=old, new=new),
            msg("Re-link them one by one: {names}.", names=_ids(unmatched)),
        )
    if any(pair.old.number == pair.new.number for pair in pairs):
        raise QuizDockError(msg("a card cannot take over from itself"))
    return Plan(pairs, unmatched)


def relink(store: Store, planned: Plan, when: Moment, *, force: bool = False) -> int:
    """Move the progress, all of it or none; returns how many events that took.

    Raises QuizDockError where progress would be given up.
    """
    lost = [] if force else _given_up(store, planned)
    if lost:
        raise QuizDockError(
            nmsg(
                "{name} has progress of its own, of {count} learner",
                "{name} has progress of its own, of {count} learners",
                len({learner for pair in lost for learner in pair.learners}),
                name=_ids([pair.new for pair in lost]),
            ),
            msg("With --force that progress is given up for the old card's; its events stay in the journal."),
        )
    moved: dict[int, list[tuple[int, int]]] = {}
    for pair in planned.pairs:
        for learner in pair.learners:
            moved.setdefault(learner, []).append((pair.old.number, pair.new.number))
    return len(store.journal.relink_all(moved, when))


def _given_up(store: Store, planned: Plan) -> list[Pair]:
    """The pairs whose new card has progress of its own, with the learners who have some on both."""
    found = [
        pair._replace(learners=tuple(set(pair.learners).intersection(store.cards.holders(pair.new.number))))
        for pair in planned.pairs
    ]
    return [pair for pair in found if pair.learners]


def holding(store: Store, name: str) -> tuple[list[Named], Level]:
    """The cards with progress that a name means, its orphans alone if it has any; and what it is the name of.

    Raises QuizDockError for an unknown name, and where nobody has progress.
    """
    found, level = _meant(store, name)
    having = [card for card in found if store.cards.holders(card.number)]
    if not having:
        raise QuizDockError(msg("nobody has progress on {name}", name=name), msg("There is nothing to re-link."))
    return [card for card in having if card.orphan] or having, level


def _meant(store: Store, name: str) -> tuple[list[Named], Level]:
    try:
        return [find(store.cards, name)], "card"
    except QuizDockError:
        if parts := cards_of_note(store.cards, name):
            return store.cards.of_note(parts[0].note, parts[0].deck), "note"
        if of_deck := store.cards.of_deck(name):
            return of_deck, "deck"
        raise


def _taking(store: Store, before: list[Named], name: str, level: Level) -> list[Named]:
    """The cards of decks that a name means, where it is to be a name of this level."""
    try:
        if level == "card":
            found = [find(store.cards, name)]
        elif level == "note":
            found = of_note(store.cards, name)
        else:
            found = store.cards.of_deck(store.catalogue.deck(name).name)
    except QuizDockError as error:
        raise _with_candidates(store, before, error) from error
    living = [card for card in found if not card.orphan]
    if not living:
        raise _with_candidates(store, before, QuizDockError(msg("no deck has {name} any more", name=name)))
    return living


def _by_part(cards: list[Named], level: Level) -> dict[str, Named]:
    """The cards by what a counterpart must share with them."""
    parts = {"card": "", "note": "{0.part}", "deck": "{0.name}"}[level]
    return {parts.format(card): card for card in cards}


def _with_candidates(store: Store, before: list[Named], error: QuizDockError) -> QuizDockError:
    near = candidates(store, before[0]) if len(before) == 1 else []
    if not near:
        return error
    hint = msg("It may be one of these: {names}", names=_ids([each.card for each in near]))
    both = hint if error.hint is NOTHING else msg("{hint} {more}", hint=error.hint, more=hint)
    return QuizDockError(error.message, both)


def candidates(store: Store, old: Named) -> list[Candidate]:
    """The cards without progress that may be this one: the same content first, then the same part, then near names."""
    holders = store.cards.holders(old.number)
    return ranked(old, store.cards.untouched(holders), gone=store.cards.is_gone(old.deck))


def ranked(old: Named, others: Iterable[Named], *, gone: bool) -> list[Candidate]:
    """The likeliest, SHOWN at most; `gone` says that the old card's deck is no more, so that any deck will do."""
    cards = [card for card in others if card.number != old.number]
    near = [card for card in cards if gone or card.deck == old.deck]
    same_content = [card for card in cards if card.hash == old.hash]
    same_content.sort(key=lambda card: (card.deck != old.deck, -_likeness(old.name, card.name), card.id))
    same_part = (card for card in near if old.part and card.part == old.part)
    found: dict[Named, Message] = {}
    for likely, reason in (
        (same_content, msg("the same content")),
        ([card for card in near if card.name == old.name], msg("the same name")),
        (_nearest(old.note, same_part, lambda card: card.note), msg("the same part")),
        (_nearest(old.name, near, lambda card: card.name), msg("a name like it")),
    ):
        found |= {card: reason for card in likely if card not in found}
    return [Candidate(*each) for each in islice(found.items(), SHOWN)]


def _nearest(sought: str, cards: Iterable[Named], text: Callable[[Named], str]) -> list[Named]:
    scored = [(_likeness(sought, text(card)), card) for card in islice(cards, MOST_COMPARED)]
    return [card for likeness, card in sorted(scored, key=lambda each: (-each[0], each[1].id)) if likeness >= NEAR]


def _likeness(one: str, other: str) -> float:
    """Between 0 and 1; 0 for what is surely not near."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR else 0.0


def proposals(store: Store) -> list[Proposal]:
    """What to re-link for orphans, where that is plain: a deck, a note or a card at a time; MOST_PROPOSED at most."""
    return list(islice(_proposed(store), MOST_PROPOSED))


def _proposed(store: Store) -> Iterator[Proposal]:
    others = store.cards.untouched(store.cards.bereft())
    by_deck = _grouped(others, lambda card: card.deck)
    anywhere = _Index(others)
    for deck, lost in _grouped(store.cards.abandoned(), lambda card: card.deck).items():
        if not store.cards.is_gone(deck):
            yield from _renamed_notes(lost, _Index(by_deck.get(deck, [])))
        else:
            yield from _renamed_deck(lost, others) or _renamed_notes(lost, anywhere)


def _grouped(cards: Iterable[Named], key: Callable[[Named], str]) -> dict[str, list[Named]]:
    groups: dict[str, list[Named]] = {}
    for card in cards:
        groups.setdefault(key(card), []).append(card)
    return groups


class _Index:
    """Cards that may take over, found by what they share with a lost one."""

    def __init__(self, cards: list[Named]) -> None:
        """Look at each card once."""
        self.same_content = {card.hash: card.id for card in reversed(cards)}
        self._by_part = _grouped(cards, lambda card: card.part)

    def notes(self, parts: Mapping[str, int]) -> dict[tuple[str, str], tuple[int, int]]:
        """The notes with any of these parts: how many parts have the same content there, and how many it has."""
        found: dict[tuple[str, str], tuple[int, int]] = {}
        for part, content in parts.items():
            for card in self._by_part.get(part, []):
                same, having = found.get((card.deck, card.note), (0, 0))
                found[card.deck, card.note] = same + (card.hash == content), having + 1
        return found


def _renamed_deck(lost: list[Named], others: list[Named]) -> list[Proposal]:
    """The deck that has most of the cards, if that is at least half of them."""
    names = {card.name for card in lost}
    having = Counter(card.deck for card in others if card.name in names).most_common(1)
    return [Proposal(lost[0].deck, deck, count) for deck, count in having if 2 * count >= len(names)]


def _renamed_notes(lost: list[Named], others: _Index) -> Iterator[Proposal]:
    for parts in _grouped(lost, lambda card: card.note).values():
        single = [Proposal(card.id, others.same_content.get(card.hash, ""), 1) for card in parts]
        yield from _renamed_note(parts, others) or single


def _renamed_note(parts: list[Named], others: _Index) -> list[Proposal]:
    """The note that has at least half of the parts: the most of equal content, else the most, else of a like name."""
    if len(parts) < 2:
        return []
    having = others.notes({card.part: card.hash for card in parts})
    enough = {note: counts for note, counts in having.items() if 2 * counts[1] >= len(parts)}
    if not enough:
        return []
    best = max(enough.values())
    old = parts[0]
    tied = sorted((note for note in enough if enough[note] == best), key=lambda each: each[1] != old.note)
    deck, note = max(tied[:MOST_LIKENED], key=lambda each: _likeness(old.note, each[1]))
    return [Proposal(f"{old.deck}/{old.note}", f"{deck}/{note}", best[1])]


def _ids(cards: Sequence[Named]) -> str:
    return ", ".join([*(card.id for card in cards[:SHOWN]), *(["…"] if len(cards) > SHOWN else [])])
