"""What a session covers, and the agenda that makes of it."""

from collections.abc import Callable
from typing import NamedTuple

from quizdock.core.agenda import Agenda, Candidate, Mode, Rules, arranged, in_order
from quizdock.core.forms.task import seeded_order
from quizdock.core.settings import DEFAULTS, Settings
from quizdock.sessions.planning import planned, rules_of_the_day
from quizdock.store import Store
from quizdock.store.catalogue import Scope

MISTAKES_OF_DAYS = 30
"""How far back mistakes are looked for."""


class Wishes(NamedTuple):
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


def with_wishes(rules: Rules, new: int | None, reviews: int | None) -> Rules:
    """The rules with wishes for new and due cards, which count from now on and replace the day's limits."""
    wished = {kind: most for kind, most in (("new", new), ("due", reviews)) if most is not None}
    by_deck = {deck: room._replace(**wished) for deck, room in rules.by_deck.items()}
    return rules._replace(room=rules.room._replace(**wished), by_deck=by_deck)


def agenda_of(store: Store, wishes: Wishes, day: int, seeds: Callable[[], str]) -> tuple[Agenda, frozenset[int]]:
    """The agenda of a session that begins now, and which of its cards are new; `seeds` shuffles what has no order."""
    selection, learner, scope = store.selection, wishes.learner, wishes.scope
    repeats: list[int] = []
    match wishes.mode:
        case "study":
            rules = with_wishes(rules_of_the_day(store, learner, day, wishes.settings), wishes.new, wishes.reviews)
            rules = rules._replace(limit=wishes.limit)
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
