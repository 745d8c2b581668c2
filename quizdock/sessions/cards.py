"""Single cards: finding one by its name, listing them, setting them aside, and telling what happened to one."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from quizdock.core.dialogue import Question
from quizdock.core.errors import QuizDockError, unknown_name
from quizdock.core.forms import Task
from quizdock.core.journal import UNTOUCHED, Kind, State, moves_schedule, step
from quizdock.core.message import msg, nmsg
from quizdock.core.text import fold, nearest
from quizdock.sessions.place import place_of
from quizdock.sessions.preview import Preview
from quizdock.store import Store
from quizdock.store.cards import Cards, Line, Named, Told
from quizdock.store.catalogue import CardRow, Scope
from quizdock.store.journal import Moment

Status = Literal["new", "due", "waiting", "suspended", "buried", "orphan"]
Sort = Literal["id", "due", "ease", "interval", "lapses", "added"]

SHOWN = 5
"""Names that an error offers to choose from."""
MOST_COMPARED = 20_000
"""Names that are looked through for a near one: more take too long."""


class Wanted(NamedTuple):
    """Which of the cards in a scope to list. Of several statuses any will do; everything else narrows."""

    statuses: frozenset[Status] = frozenset()
    leech_after: int | None = None
    """Only cards with so many lapses."""
    search: str = ""
    sort: Sort | None = None
    """None for the decks' own order."""
    reverse: bool = False
    limit: int | None = None


class Narrowed(NamedTuple):
    """What narrows a list of orphans: ids of decks, topics and notes, and tags, as they were typed."""

    decks: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def has(self, line: Line) -> bool:
        """Whether the card is among them; what is empty narrows nothing."""
        return (
            (not self.decks or line.card.deck in self.decks)
            and (not self.topics or line.topic in self.topics)
            and (not self.notes or line.card.note in self.notes)
            and (not self.tags or not set(self.tags).isdisjoint(line.tags))
        )


class Happened(NamedTuple):
    """An event of a card's story and the card's state after it, None where the event was taken back."""

    told: Told
    after: State | None
    moved: bool
    """Whether it was an answer that moved the schedule."""


class Shown(NamedTuple):
    """All that is known of a learner's card; `line` is where its note begins in its deck's file."""

    named: Named
    row: CardRow
    preview: Preview
    line: int | None
    state: State
    history: Sequence[Happened]


def status_of(line: Line, day: int) -> Status:
    """What a learner's card waits for on a study day, in a word."""
    state = line.state
    if line.card.orphan:
        return "orphan"
    if state.suspended:
        return "suspended"
    if state.is_held(day):
        return "buried"
    if state.standing is None:
        return "new"
    due = state.standing.schedule.due <= day or state.standing.repeat_day == day
    return "due" if due else "waiting"


def listed(store: Store, learner: int, scope: Scope, day: int, wanted: Wanted) -> list[Line]:
    """The cards of the scope that are wanted, in the order that is wanted."""
    return _chosen(store.cards.lines(learner, scope), day, wanted)


def orphans(store: Store, learner: int, narrowed: Narrowed, day: int, wanted: Wanted) -> list[Line]:
    """The learner's orphans that are wanted, in the order that is wanted."""
    return _chosen(filter(narrowed.has, store.cards.orphans(learner)), day, wanted)


def _chosen(lines: Iterable[Line], day: int, wanted: Wanted) -> list[Line]:
    sought = fold(wanted.search)
    found = [
        line
        for line in lines
        if (not wanted.statuses or not wanted.statuses.isdisjoint(_statuses(line, day)))
        and (wanted.leech_after is None or lapses_of(line.state) >= wanted.leech_after)
        and (sought in fold(line.prompt) or sought in fold(line.card.id))
    ]
    return list(islice(_sorted(found, wanted.sort, wanted.reverse), wanted.limit))


def _statuses(line: Line, day: int) -> set[Status]:
    """Every status that a card has: an orphan is suspended too, where it is."""
    return {status_of(line, day), status_of(line._replace(card=line.card._replace(orphan=False)), day)}


def lapses_of(state: State) -> int:
    """How often the card was forgotten."""
    return state.standing.lapses if state.standing else 0


_KEYS: dict[Sort, Callable[[Line], object]] = {
    "id": lambda line: line.card.id,
    "added": lambda line: line.card.number,
    "due": lambda line: line.state.standing and line.state.standing.schedule.due,
    "ease": lambda line: line.state.standing and line.state.standing.schedule.ease,
    "interval": lambda line: line.state.standing and line.state.standing.schedule.interval,
    "lapses": lambda line: -lapses_of(line.state),
}


def _sorted(lines: list[Line], sort: Sort | None, reverse: bool) -> list[Line]:
    """The lines in order; cards that have no such figure come last, whichever way round."""
    if sort is None:
        return lines[::-1] if reverse else lines
    key = _KEYS[sort]
    having = [line for line in lines if key(line) is not None]
    lacking = [line for line in lines if key(line) is None]
    having.sort(key=key, reverse=reverse)  # type: ignore[arg-type]  # each of the keys gives one kind of value
    return having + lacking


def find(cards: Cards, name: str) -> Named:
    """The card called so: `deck/card`, or `card` where one deck only has it. Orphans are found too.

    Raises QuizDockError for a name that is unknown (with the nearest one), that several decks have, or that is a
    note's with several cards.
    """
    deck, bare = split(name)
    found = _living(cards.named(bare, deck) if deck else []) or _living(cards.named(name))
    if not found:
        raise not_found(cards, name)
    return _only(found, name)


def of_note(cards: Cards, name: str) -> list[Named]:
    """The cards of the note called so, `deck/note` or `note`; its orphans where it has no other.

    Raises QuizDockError for a name that is unknown (with the nearest one), or that several decks have.
    """
    found = cards_of_note(cards, name)
    if not found:
        known = {f"{card.deck}/{card.note}" for card in cards.known()}
        raise unknown_name(msg("there is no note called {name}", name=name), name, islice(known, MOST_COMPARED))
    return found


def cards_of_note(cards: Cards, name: str) -> list[Named]:
    """The same; nothing for a name that is unknown."""
    deck, bare = split(name)
    found = _living(cards.of_note(bare, deck) if deck else []) or _living(cards.of_note(name))
    if len(decks := list(dict.fromkeys(card.deck for card in found))) > 1:
        raise _several(name, [f"{each}/{found[0].note}" for each in decks])
    return found


def split(name: str) -> tuple[str | None, str]:
    """A deck's id and a card's name; None where no deck is named. A card's name may have a slash of its own."""
    deck, slash, bare = name.partition("/")
    return (deck, bare) if slash else (None, name)


def _living(found: list[Named]) -> list[Named]:
    """The cards that decks have, or else the orphans."""
    return [card for card in found if not card.orphan] or found


def _only(found: list[Named], name: str) -> Named:
    if len(found) > 1:
        raise _several(name, [card.id for card in found])
    return found[0]


def _several(name: str, ids: list[str]) -> QuizDockError:
    return QuizDockError(msg("several decks have {name}", name=name), msg("Say which: {names}.", names=_some(ids)))


def _some(names: Sequence[str]) -> str:
    return ", ".join([*names[:SHOWN], *(["…"] if len(names) > SHOWN else [])])


_LIST = msg("All cards: quizdock card list")


def not_found(cards: Cards, name: str) -> QuizDockError:
    """The error for a name that no card has: it may be a note's, or like another one."""
    if parts := cards_of_note(cards, name):
        return QuizDockError(
            nmsg("{name} is a note with {count} card", "{name} is a note with {count} cards", len(parts), name=name),
            msg(
                "All of them: --note {name}. Single ones: {names}.",
                name=f"{parts[0].deck}/{parts[0].note}",
                names=_some([card.id for card in parts]),
            ),
        )
    deck, _bare = split(name)
    known = cards.known()
    of_deck = [card for card in known if card.deck == deck]
    names = [card.name if deck is None else card.id for card in (of_deck or known)[:MOST_COMPARED]]
    message = msg("there is no card called {name}", name=name)
    near = nearest(name, names)  # all names, of which there are many, tell nobody anything
    return QuizDockError(message, msg("Did you mean {near}?", near=near) if near else _LIST)


def set_aside(store: Store, learner: int, kind: Kind, card: Named, when: Moment) -> bool:
    """Suspend, resume, bury or reset a card; False, and nothing written, where it is so already."""
    if _is_so(store.journal.state(learner, card.number), kind, when.day):
        return False
    store.journal.record(learner, kind, card.number, when)
    return True


def _is_so(state: State, kind: Kind, day: int) -> bool:
    match kind:
        case Kind.SUSPEND:
            return state.suspended
        case Kind.RESUME:
            return not state.is_held(day)
        case Kind.BURY:
            return state.is_held(day)
        case _:
            return state.standing is None


def shown(store: Store, learner: int, card: Named) -> Shown:
    """Everything about a learner's card."""
    row = store.catalogue.card(card.number)
    line = place_of(row.file, card.note) if row.file and not card.orphan else None
    return Shown(
        card, row, _preview(row), line, store.journal.state(learner, card.number), history(store, learner, card)
    )


def _preview(row: CardRow) -> Preview:
    """The card as it is asked; its choices always stand in the same order."""

    def asked(task: Task) -> Question:
        return Question(row.id, row.card, task.arranged(row.id), row.id, row.topic, 1, 1, new=True)

    study = asked(row.card.study)
    exam = row.card.exam
    return Preview(study, None if exam is None else study if exam == row.card.study else asked(exam))


def history(store: Store, learner: int, card: Named) -> list[Happened]:
    """What happened to the card, in order, each event with the state after it."""
    state = UNTOUCHED
    story = []
    for told in store.cards.story(learner, card):
        if told.undone:
            story.append(Happened(told, None, moved=False))
            continue
        event = told.event.past
        moved = event.kind is Kind.REVIEW and moves_schedule(state.standing, event.day)
        if not told.taken_over:
            state, _figures = step(state, event)
        story.append(Happened(told, state, moved))
    return story
