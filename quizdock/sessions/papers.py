"""Papers: drawn from decks by their blueprints, or made of an earlier attempt's mistakes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quizdock.core import paper
from quizdock.core.blueprint import QUESTIONS, Blueprint
from quizdock.core.card import encode
from quizdock.core.errors import QuizDockError
from quizdock.core.exam_dialogue import Record
from quizdock.core.marking import PASS_PERCENT, Mode, Place, Rules
from quizdock.core.message import Message, msg, nmsg
from quizdock.core.paper import Asked
from quizdock.store import Store
from quizdock.store.attempts import AttemptRow
from quizdock.store.catalogue import CardRow, Scope


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an exam covers and how it is marked; None leaves it to the deck's blueprint."""

    scope: Scope
    seed: int
    questions: int | None = None
    minutes: int | None = None
    untimed: bool = False
    """Whether there is no deadline, whatever the blueprint says."""
    pass_percent: float | None = None
    mode: Mode = "deferred"
    penalty: float = 0.0
    certainty: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper that is not stored yet; `decks` are titles by ids, `asked_for` the wished number of questions."""

    paper: Sequence[Asked]
    decks: Mapping[str, str]
    seed: int
    rules: Rules
    asked_for: int


def draw(store: Store, wishes: Wishes) -> Drawn:
    """The paper that the seed draws from the decks. Raises QuizDockError if it cannot be filled, or would be empty."""
    blueprints = _blueprints(store, wishes.scope)
    common = _common(blueprints)
    questions = wishes.questions or common.questions or QUESTIONS
    candidates = store.catalogue.candidates(wishes.scope)
    drawn = paper.draw(candidates, blueprints, questions, wishes.seed)
    if not drawn:
        raise QuizDockError(
            msg("no card here can be marked automatically, so there is nothing to examine"),
            msg("Give flashcards wrong = [...] options, or add questions."),
        )
    rows = [store.catalogue.card(candidate.card) for candidate in drawn]
    return Drawn(
        paper=[asked(row, wishes.seed) for row in rows],
        decks={deck.name: deck.title for deck in store.catalogue.decks() if deck.id in wishes.scope.decks},
        seed=wishes.seed,
        rules=_rules(wishes, common),
        asked_for=questions,
    )


def retry(record: Record, store: Store, wishes: Wishes) -> Drawn:
    """The mistakes of an earlier attempt once more, as the decks have them now, in another order.

    Raises QuizDockError where there is none, or none that the decks still have.
    """
    numbers = (store.catalogue.find(mistake.question.id) for mistake in record.mistakes)
    rows = [store.catalogue.card(number) for number in numbers if number is not None]
    again = [row for row in rows if row.card.exam is not None]
    if not again:
        raise QuizDockError(
            msg("exam No. {number} has no mistake that could be asked again", number=record.attempt),
            msg("For a new paper: quizdock exam"),
        )
    again = paper.in_turns(again, lambda row: row.id, wishes.seed)
    decks = {row.id.partition("/")[0]: row.deck for row in again}
    rules = replace(_rules(wishes, Blueprint()), retry_of=record.attempt)
    return Drawn([asked(row, wishes.seed) for row in again], decks, wishes.seed, rules, len(again))


def asked(row: CardRow, seed: int) -> Asked:
    """A card as a paper asks it: in its exam form, with the options in the seed's order."""
    deck, _slash, name = row.id.partition("/")
    task = (row.card.exam or row.card.study).arranged(f"{seed}/{row.id}")
    body = encode(replace(row.card, study=task, exam=task))
    return Asked(Place(deck, row.card.topic, row.topic or row.deck), name, row.hash, body)


def changes_since(store: Store, row: AttemptRow) -> Iterator[Message]:
    """What has become of the cards of a paper since it was drawn."""
    now = store.attempts.hashes_now(row.id)
    asked = store.attempts.paper(row.id)
    gone = sum(number not in now for number, _ in enumerate(asked, 1))
    changed = sum(now.get(number, each.hash) != each.hash for number, each in enumerate(asked, 1))
    if gone:
        yield nmsg(
            "{count} question is of a card that its deck has no more",
            "{count} questions are of cards that their decks have no more",
            gone,
        )
    if changed:
        yield nmsg("{count} question was edited since", "{count} questions were edited since", changed)


def _blueprints(store: Store, scope: Scope) -> dict[str, Blueprint]:
    """The decks' blueprints, without the parts about topics that the scope leaves out."""
    found = store.catalogue.blueprints(scope.decks)
    if not scope.topics:
        return found
    topics = store.catalogue.names_of_topics(scope.topics)
    return {deck: blueprint.within(topics) for deck, blueprint in found.items()}


def _common(blueprints: Mapping[str, Blueprint]) -> Blueprint:
    """What is said for the whole paper: by the deck, if it is one."""
    return next(iter(blueprints.values())) if len(blueprints) == 1 else Blueprint()


def _rules(wishes: Wishes, blueprint: Blueprint) -> Rules:
    minutes = wishes.minutes or (None if wishes.mode == "practice" else blueprint.minutes)
    percent = wishes.pass_percent if wishes.pass_percent is not None else blueprint.pass_percent
    return Rules(
        pass_percent=PASS_PERCENT if percent is None else percent,
        minutes=None if wishes.untimed else minutes,
        mode=wishes.mode,
        penalty=wishes.penalty,
        certainty=wishes.certainty,
    )
