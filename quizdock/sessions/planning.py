"""What a learner's day has room for, and which cards that makes."""

from dataclasses import replace
from typing import NamedTuple

from quizdock.core.agenda import Candidate, Room, Rules, chosen
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
        asked=store.journal.families(learner, day) if settings.bury_siblings else (),
    )


def planned(store: Store, learner: int, scope: Scope, rules: Rules, *, patient: bool = True) -> Plan:
    """What `study` would ask now. `patient` new cards wait for the topics that theirs build on."""
    due, new = chosen(
        store.journal.due(learner, scope, rules.day),
        store.journal.new(learner, scope, rules.day, patient=patient),
        rules,
    )
    asked = {each.card for each in due}
    repeats = [card for card in store.journal.repeats(learner, scope, rules.day) if card not in asked]
    return Plan(due, new, repeats)


def with_new(rules: Rules, extra: int | None) -> Rules:
    """The rules with a wish for new cards, which counts from now on and replaces the day's limits; None for none."""
    if extra is None:
        return rules
    by_deck = {deck: room._replace(new=extra) for deck, room in rules.by_deck.items()}
    return replace(rules, room=rules.room._replace(new=extra), by_deck=by_deck)


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
