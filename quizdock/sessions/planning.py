"""What a session is to ask, and what a learner's day has room for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from quizdock.core.agenda import EVERYTHING, Agenda, Candidate, Mode, Room, Rules, arranged, chosen, in_order
from quizdock.core.forms.task import seeded_order
from quizdock.core.journal import NOTHING_DONE
from quizdock.core.settings import DEFAULTS, DeckSettings, Settings
from quizdock.store import Store
from quizdock.store.catalogue import Scope

MISTAKES_OF_DAYS = 30
"""How far back mistakes are looked for."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a study session covers: `new` and `reviews` are None for the day's limits.

    `limit` bounds due and new cards together.
    """

    learner: int
    learner_name: str
    scope: Scope
    new: int | None = None
    reviews: int | None = None
    limit: int | None = None
    minutes: int | None = None
    mode: Mode = "study"
    ahead: int = 0
    """Days ahead of which cards are asked."""
    settings: Settings = DEFAULTS
    command: str = "quizdock study"
    """What was typed, to go on with."""


class Plan(NamedTuple):
    """The cards of a session: due ones, most urgent first, new ones in their order, and those that come back."""

    due: list[Candidate]
    new: list[Candidate]
    repeats: list[int]


def rules_of_the_day(store: Store, learner: int, day: int, settings: Settings) -> Rules:
    """The rules for a session now: what the learner's limits leave after what was done on this study day."""
    return Rules(
        day=day,
        room=_room(settings.new_per_day, settings.reviews_per_day, store, learner, day),
        by_deck=_rooms_of_decks(store, learner, day, settings),
        new_order=settings.new_order,
        bury_siblings=settings.bury_siblings,
        asked=store.selection.families(learner, day) if settings.bury_siblings else (),
    )


def planned(store: Store, learner: int, scope: Scope, rules: Rules, *, patient: bool = True) -> Plan:
    """What `study` would ask now. `patient` new cards wait for the topics that theirs build on."""
    unmet = store.selection.new(learner, scope, rules.day, patient=patient, decks=_with_room(scope, rules))
    due, new = chosen(store.selection.due(learner, scope, rules.day), unmet, rules)
    asked = {each.card for each in due}
    repeats = [card for card in store.selection.repeats(learner, scope, rules.day) if card not in asked]
    return Plan(due, new, repeats)


def _with_room(scope: Scope, rules: Rules) -> list[int]:
    """The decks that may still bring a new card: the others need not be read."""
    return [deck for deck in scope.decks if rules.by_deck.get(deck, rules.room).new > 0]


def held_back(store: Store, learner: int, scope: Scope, rules: Rules, plan: Plan) -> int:
    """How many due cards the limits of the rules keep out of their plan, apart from those that wait for a sibling."""
    boundless = replace(rules, room=EVERYTHING, by_deck={})
    return len(chosen(store.selection.due(learner, scope, rules.day), (), boundless)[0]) - len(plan.due)


def with_wishes(rules: Rules, new: int | None, reviews: int | None) -> Rules:
    """The rules with wishes for new and due cards, which count from now on and replace the day's limits."""
    wished = {kind: most for kind, most in (("new", new), ("due", reviews)) if most is not None}
    by_deck = {deck: room._replace(**wished) for deck, room in rules.by_deck.items()}
    return replace(rules, room=rules.room._replace(**wished), by_deck=by_deck)


def agenda_of(store: Store, wishes: Wishes, day: int, seeds: Callable[[], str]) -> tuple[Agenda, frozenset[int]]:
    """The agenda of a session that begins now, and which of its cards are new; `seeds` shuffles what has no order."""
    selection, learner, scope = store.selection, wishes.learner, wishes.scope
    repeats: list[int] = []
    match wishes.mode:
        case "study":
            rules = with_wishes(rules_of_the_day(store, learner, day, wishes.settings), wishes.new, wishes.reviews)
            rules = replace(rules, limit=wishes.limit)
            plan = planned(store, learner, scope, rules, patient=wishes.new is None)
            cards, repeats = in_order(plan.due, plan.new, rules), plan.repeats
        case "ahead":
            coming = selection.due(learner, scope, day, until=day + wishes.ahead)
            cards = arranged(sorted(coming, key=lambda each: each.due)[: wishes.limit])
            repeats = selection.repeats(learner, scope, day)
        case "cram":
            cards = _shuffled(selection.everything(learner, scope, day), seeds(), wishes.limit)
        case "mistakes":
            wrong = selection.mistakes(learner, scope, day, day - MISTAKES_OF_DAYS)
            cards = _shuffled(wrong, seeds(), wishes.limit)
    return Agenda(tuple(each.card for each in cards), tuple(repeats)), frozenset(
        each.card for each in cards if each.is_new
    )


def _shuffled(cards: list[Candidate], seed: str, limit: int | None) -> list[Candidate]:
    return arranged(seeded_order(seed, cards, lambda each: str(each.card))[:limit])


def _room(new: int, reviews: int, store: Store, learner: int, day: int) -> Room:
    done = store.journal.on_day(learner, day)
    return Room(new, reviews).less(done.new, done.repeated)


def _rooms_of_decks(store: Store, learner: int, day: int, settings: Settings) -> dict[int, Room]:
    if not settings.decks:
        return {}
    done = store.journal.by_deck(learner, day)
    return {
        deck.id: _limits(settings.decks[deck.name], settings).less(
            done.get(deck.id, NOTHING_DONE).new, done.get(deck.id, NOTHING_DONE).repeated
        )
        for deck in store.catalogue.decks()
        if deck.name in settings.decks
    }


def _limits(own: DeckSettings, common: Settings) -> Room:
    """A deck's own limits, and the common ones where it has none."""
    return Room(
        common.new_per_day if own.new_per_day is None else own.new_per_day,
        common.reviews_per_day if own.reviews_per_day is None else own.reviews_per_day,
    )
