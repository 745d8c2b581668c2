"""What a learner's day has room for, and which cards `study` would ask."""

from typing import NamedTuple

from quizdock.core.agenda import EVERYTHING, Candidate, Room, Rules, chosen
from quizdock.core.journal import NOTHING_DONE
from quizdock.core.settings import DeckSettings, Settings
from quizdock.store import Store
from quizdock.store.catalogue import Scope


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
    return Plan(due, new, store.selection.repeats(learner, scope, rules.day))


def _with_room(scope: Scope, rules: Rules) -> list[int]:
    """The decks that may still bring a new card: the others need not be read."""
    return [deck for deck in scope.decks if rules.by_deck.get(deck, rules.room).new > 0]


def held_back(store: Store, learner: int, scope: Scope, rules: Rules, plan: Plan) -> int:
    """How many due cards the limits of the rules keep out of their plan, apart from those that wait for a sibling."""
    boundless = rules._replace(room=EVERYTHING, by_deck={})
    return len(chosen(store.selection.due(learner, scope, rules.day), (), boundless)[0]) - len(plan.due)


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
