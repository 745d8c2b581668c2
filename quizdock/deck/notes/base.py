"""What all notes share: strict fields, the limits of their texts, and the making of a card."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Annotated, Any, ClassVar, TypeVar, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from quizdock.core.blueprint import Difficulty
from quizdock.core.card import Card
from quizdock.core.drawing import Drawing
from quizdock.core.errors import unknown_name
from quizdock.core.forms import Choice, Match, Option, Pair, Task
from quizdock.core.message import msg
from quizdock.core.text import fold
from quizdock.deck.problems import Path, Problem

Item = TypeVar("Item")
Phrases = TypeVar("Phrases")

ENGLISH = "en"

NONE_LISTED: list[Any] = cast("list[Any]", ())
"""What a note has where it lists nothing: each would get its own copy of a list, which doubles the time of reading."""

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
ONE_LINE = r"^[^\n]*$"
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=ONE_LINE)]
Reference = Annotated[str, StringConstraints(max_length=300)]
"""What names something else; a longer text is refused before it is looked for."""
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
MaybeProse = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]

MOST_OPTIONS = 20
"""Options on offer in one question, the right ones included."""
LONGEST_OPTION = 300
"""Characters of an option."""
LONG_TO_TYPE = 60
"""Characters beyond which a derived card's typed answer asks too much."""
FEWEST_TO_MATCH, MOST_TO_MATCH = 3, 6
"""Entries of one match card."""
FEWEST_IN_EXAMS = 3
"""Columns, or events, from which on exams ask which one it is."""
TELLING = 40
"""Characters that a right option must have before its length can give it away."""
MOST_DERIVED_WRONG = 3
"""Wrong options beside the right one up to which a derivation adds to the author's."""


class Strict(BaseModel):
    """A table of the deck language: unknown keys and wrong types are refused."""

    KEYS: ClassVar[Mapping[str, str]] = {
        "id": "Unique, and never changed: learners' progress hangs on it.",
        "topic": "The id of a [[topic]].",
        "tags": "Labels of your own.",
        "explain": "Shown with the answer: say why, do not repeat it.",
        "hint": "A nudge towards the answer, or several: learners ask for them one by one.",
        "difficulty": "How hard it is; an exam's blueprint can ask for so many hard questions.",
        "source": "Where to read again; shown with the answer and with an exam's mistakes.",
        "derive": "Which kinds of cards to make.",
        "title": "What this is about; it stands above each question.",
        "wrong": "Wrong options: mistakes that learners really make. A text, or a text with its reason in `why`.",
        "why": "Why it is wrong; shown to whoever chose it.",
        "strict": "Forgive neither accents nor articles nor typos.",
    }
    """What the schema says of a key, in English; a table's own words go before those that tables share."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class WrongOption(Strict):
    """A wrong answer and, where the author says so, why it is wrong."""

    KEYS = {
        "text": "What is on offer, or what a learner may type.",
    }

    text: Label
    why: MaybeProse = ""


def text_or_table(key: str) -> BeforeValidator:
    """Lets a plain text stand for a table that has only this key."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


def _listed(value: object) -> object:
    """A plain text as a list of one, an empty one as none."""
    if not isinstance(value, str):
        return value
    return [value] if value.strip() else []


Hints = Annotated[list[Prose], BeforeValidator(_listed), Field(max_length=10)]
Derive = Annotated[list[Reference], Field(min_length=1, max_length=20)]
WrongOptions = Annotated[list[Annotated[WrongOption, text_or_table("text")]], Field(max_length=MOST_OPTIONS - 1)]


class Note(Strict):
    """One authored entry. Its id must stay the same for ever: learners' progress hangs on it."""

    id: Id
    topic: Reference = ""
    tags: Annotated[list[Label], Field(max_length=20)] = NONE_LISTED
    explain: MaybeProse = ""
    hint: Hints = NONE_LISTED
    source: MaybeProse = ""
    difficulty: Difficulty = "medium"

    def problems(self) -> Iterator[Problem]:
        """What is wrong beyond the types, with paths from this note on."""
        yield from ()

    def warnings(self) -> Iterator[Problem]:
        """What is doubtful though allowed, with paths from this note on."""
        yield from ()

    def cards(self, lang: str) -> Iterator[Card]:
        """The cards derived from the note, in the order they should be learned; `lang` is the deck's, as `fr`."""
        raise NotImplementedError

    def fact(self, part: str) -> str:
        """What this card asks, if not the whole note: cards of one fact answer each other, and keep apart."""
        return ""

    def card(
        self,
        part: str,
        prompt: str,
        study: Task,
        *,
        exam: Task | None = None,
        explain: str | None = None,
        drawing: Drawing | None = None,
        fact: str | None = None,
    ) -> Card:
        """A card of this note; `part` is empty for the first one, `explain` and `fact` are the note's by default."""
        return Card(
            f"{self.id}#{part}" if part else self.id,
            self.topic,
            prompt,
            study,
            exam,
            self.explain if explain is None else explain,
            tuple(self.hint),
            self.source,
            tuple(self.tags),
            drawing,
            self.difficulty,
            self.fact(part) if fact is None else fact,
        )


def _list_the_kinds(schema: dict[str, Any], note: type["Deriving"]) -> None:
    schema["properties"]["derive"]["items"]["enum"] = list(note.DERIVATIONS)


class Deriving(Note):
    """A note that makes several kinds of cards; `derive` says which of DERIVATIONS."""

    model_config = ConfigDict(json_schema_extra=_list_the_kinds)

    DERIVATIONS: ClassVar[tuple[str, ...]]
    derive: Derive

    def fact(self, part: str) -> str:
        """A fact of its own, unless the kind of note knows better."""
        return part

    def problems(self) -> Iterator[Problem]:
        """Kinds of cards that do not exist, or are listed twice."""
        for index, name in enumerate(self.derive):
            if name not in self.DERIVATIONS:
                error = unknown_name(msg("there is no derivation “{name}”", name=name), name, self.DERIVATIONS)
                yield Problem(("derive", index), error.message, error.hint)
            elif name in self.derive[:index]:
                yield listed_twice(("derive", index), name)

    def warnings(self) -> Iterator[Problem]:
        """Kinds of cards that are asked for but come to nothing; a note without any card."""
        if "derive" not in self.model_fields_set:
            if self._is_barren:
                yield Problem((), msg("makes no card"), msg("add what it could ask, or remove it"))
            return
        for index, name in enumerate(self.derive):
            if self.model_copy(update={"derive": [name]})._is_barren:
                hint = msg("add what it could ask, or remove it")
                yield Problem(("derive", index), msg("“{name}” makes no card here", name=name), hint)

    @property
    def _is_barren(self) -> bool:
        return next(iter(self.cards(ENGLISH)), None) is None


def in_language(phrases: Mapping[str, Phrases], lang: str) -> Phrases:
    """What derivations ask in the deck's language, which is not the interface's; English where it has no phrases."""
    return phrases.get(lang, phrases[ENGLISH])


def is_option(text: str) -> bool:
    """Whether the text can stand among others to choose from: it is one line, and not a long one."""
    return len(text) <= LONGEST_OPTION and "\n" not in text


def choice_of(right: str, wrong: Iterable[WrongOption]) -> Choice | None:
    """A choice between the right text and the wrong ones, None if there is no wrong one."""
    options = [Option(option.text, why=option.why) for option in wrong]
    return Choice((Option(right, right=True), *options)) if options else None


def exam_choice(right: str, wrong: Iterable[WrongOption]) -> Choice | None:
    """The choice by which exams ask a derived card, of those texts that can stand as options; None where none can."""
    return choice_of(right, (option for option in wrong if is_option(option.text))) if is_option(right) else None


def examined(choice: Choice) -> Choice | None:
    """The choice if exams offer it, None where it is between two names that stand on the card: one is soon guessed."""
    return choice if len(choice.options) >= FEWEST_IN_EXAMS else None


def matches(pairs: Sequence[Pair]) -> Iterator[tuple[str, Match]]:
    """The ends of parts (`*`, `*2`, …) and what they ask: MOST_TO_MATCH pairs at a time.

    Where fewer than FEWEST_TO_MATCH would be left, the last card takes some from the one before it; where so few
    different partners stand together, there is nothing to ask. Partners that are equal once folded become one.
    """
    spelt: dict[str, str] = {}
    pairs = [Pair(item, spelt.setdefault(fold(partner), partner)) for item, partner in pairs]
    starts = list(range(0, len(pairs), MOST_TO_MATCH))
    if starts:
        starts[-1] = min(starts[-1], max(len(pairs) - FEWEST_TO_MATCH, 0))
    for number, (start, end) in enumerate(pairwise([*starts, len(pairs)]), 1):
        some = tuple(pairs[start:end])
        if len({pair.partner for pair in some}) >= FEWEST_TO_MATCH:
            yield (f"*{number}" if number > 1 else "*"), Match(some)


def too_telling(right: str, wrong: Iterable[WrongOption], path: Path) -> Iterator[Problem]:
    """A right option so much longer than the others that its length gives it away."""
    longest = max((len(option.text) for option in wrong), default=len(right))
    if len(right) > max(2 * longest, TELLING):
        yield Problem(path, msg("is much longer than the wrong options, which tells it"), msg("make them alike"))


def others(right: str, pool: Iterable[str], own: Sequence[WrongOption] = ()) -> list[WrongOption]:
    """The author's own wrong options, then texts of the pool, MOST_DERIVED_WRONG in all unless the author has more.

    Those of the pool differ from the right one and from each other once folded.
    """
    options = list(own)
    taken = {fold(right), *(fold(option.text) for option in own)}
    for text in pool:
        if len(options) >= MOST_DERIVED_WRONG:
            break
        if text and fold(text) not in taken:
            taken.add(fold(text))
            options.append(WrongOption.model_construct(text=text))
    return options


def after(at: int, items: Sequence[Item]) -> list[Item]:
    """The other items, from the one behind the place `at` round to the one before it: each gets other neighbours."""
    return [*items[at + 1 :], *items[:at]]


def option_problems(right: Iterable[str], wrong: Sequence[WrongOption], path: Path) -> Iterator[Problem]:
    """Wrong options that are listed right, or twice."""
    if not wrong:
        return
    answers = {fold(text) for text in right}
    seen: set[str] = set()
    for index, option in enumerate(wrong):
        folded = fold(option.text)
        if folded in answers:
            yield also_wrong((*path, index), option.text)
        elif folded in seen:
            yield listed_twice((*path, index), option.text)
        seen.add(folded)


def also_wrong(path: Path, text: str) -> Problem:
    """A right answer that is offered as a wrong one."""
    message = msg("“{text}” is the answer and also listed wrong", text=text)
    return Problem(path, message, msg("remove it from one of the two"))


def listed_twice(path: Path, text: str) -> Problem:
    """What one list has in two places."""
    return Problem(path, msg("“{text}” is listed twice", text=text), msg("remove one of them"))


def duplicates(names: Iterable[str], path: Path, key: str, same: Callable[[str], str] = str) -> Iterator[Problem]:
    """Names used twice in a list of tables at `path`; those are one name that `same` makes equal."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if same(name) in seen:
            yield Problem((*path, index, key), msg("“{name}” is used twice", name=name), msg("give each one its own"))
        seen.add(same(name))
