"""The keys under which settings are written: what each means, which values it takes, and which source decides.

Sources hold values by whole keys: `new-per-day`, `decks.capitals.new-per-day`. Every command reads this on its way,
hence no dataclass: named tuples are made faster.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from quizdock.core.cleaning import LONGEST_ECHO, echo, tidy_name
from quizdock.core.errors import QuizDockError, unknown_name
from quizdock.core.message import NOTHING, Message, msg
from quizdock.core.settings import DEFAULTS, LANGUAGES, DeckSettings, Settings

LONGEST_NAME = 60
"""Characters of a learner's name."""

Value = str | int | bool
Values = Mapping[str, Value]

_TRUE = ("true", "yes", "on", "oui")
_FALSE = ("false", "no", "off", "non")


class Number(NamedTuple):
    """A whole number of a range."""

    least: int
    most: int

    @property
    def allowed(self) -> Message:
        """What it takes."""
        return msg("a whole number from {least} to {most}", least=self.least, most=self.most)

    @property
    def offered(self) -> Sequence[str]:
        """Values to complete: none."""
        return ()

    def of_toml(self, value: object) -> Value | None:
        """The value, or None for one that is not allowed; true is no number."""
        return value if type(value) is int and self.least <= value <= self.most else None

    def of_text(self, text: str) -> Value | None:
        """The value of what was typed, or None."""
        digits = text.strip()
        return self.of_toml(int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


class OneOf(NamedTuple):
    """One of several words."""

    words: tuple[str, ...]

    @property
    def allowed(self) -> Message:
        """What it takes."""
        return msg("one of: {words}", words=", ".join(self.words))

    @property
    def offered(self) -> Sequence[str]:
        """Values to complete."""
        return self.words

    def of_toml(self, value: object) -> Value | None:
        """The word, or None for another one."""
        return value if isinstance(value, str) and value in self.words else None

    def of_text(self, text: str) -> Value | None:
        """The word that was typed, in whatever case, or None."""
        return self.of_toml(text.strip().lower())


class YesOrNo:
    """True or false."""

    @property
    def allowed(self) -> Message:
        """What it takes."""
        return msg("true or false")

    @property
    def offered(self) -> Sequence[str]:
        """Values to complete."""
        return ("true", "false")

    def of_toml(self, value: object) -> Value | None:
        """The value, or None for a text or a number."""
        return value if isinstance(value, bool) else None

    def of_text(self, text: str) -> Value | None:
        """What yes, on, oui, no, off or non mean, or None."""
        word = text.strip().lower()
        return True if word in _TRUE else False if word in _FALSE else None


class Name:
    """A learner's name."""

    @property
    def allowed(self) -> Message:
        """What it takes."""
        return msg("a name of 1 to {most} characters", most=LONGEST_NAME)

    @property
    def offered(self) -> Sequence[str]:
        """Values to complete: none that are known here."""
        return ()

    def of_toml(self, value: object) -> Value | None:
        """The tidy name, or None."""
        return self.of_text(value) if isinstance(value, str) else None

    def of_text(self, text: str) -> Value | None:
        """The tidy name, or None for an empty or a long one."""
        tidy = tidy_name(text)
        return tidy if 0 < len(tidy) <= LONGEST_NAME else None


Kind = Number | OneOf | YesOrNo | Name


class Key(NamedTuple):
    """One thing that can be set; `deck` is the id of the deck whose own limit it is."""

    name: str
    kind: Kind
    meaning: Message
    deck: str = ""

    @property
    def path(self) -> str:
        """The whole key, as people write it."""
        return f"decks.{self.deck}.{self.name}" if self.deck else self.name

    @property
    def field(self) -> str:
        """The field of Settings, or of DeckSettings."""
        return self.name.replace("-", "_")

    @property
    def variable(self) -> str:
        """The environment's variable; a deck's own limits have none."""
        return "" if self.deck else f"QUIZDOCK_{self.field.upper()}"

    @property
    def default(self) -> Value:
        """The value where nobody said another one; a deck's own limit is the common one."""
        value: Value = getattr(DEFAULTS, self.field)
        return value

    def read(self, value: object) -> Value:
        """The value that a settings file gives. Raises QuizDockError for one that is not allowed."""
        found = self.kind.of_toml(value)
        if found is not None:
            return found
        if isinstance(value, str) and self.kind.of_text(value) is not None and not isinstance(self.kind, OneOf):
            raise QuizDockError(
                msg("{key} is a text", key=self.path),
                msg("It takes {allowed}, without quotes.", allowed=self.kind.allowed),
            )
        raise self._refused(_written(value))

    def typed(self, text: str) -> Value:
        """The value of a text. Raises QuizDockError for one that is not allowed."""
        found = self.kind.of_text(text)
        if found is None:
            raise self._refused(text)
        return found

    def _refused(self, value: str) -> QuizDockError:
        return QuizDockError(
            msg("{key} cannot be “{value}”", key=self.path, value=echo(value)),
            msg("It takes {allowed}.", allowed=self.kind.allowed),
        )


_LIMIT = Number(0, 9999)
KEYS = (
    Key("learner", Name(), msg("Who studies when nobody is named; without it, the system's user.")),
    Key("lang", OneOf(LANGUAGES), msg("The language of QuizDock; without it, the system's.")),
    Key("new-per-day", _LIMIT, msg("New cards a study day, over all decks.")),
    Key("reviews-per-day", _LIMIT, msg("Due cards a study day, over all decks.")),
    Key(
        "new-order",
        OneOf(("mixed", "first", "last")),
        msg("Where a session asks its new cards: mixed among the due ones, first, or last."),
    ),
    Key(
        "bury-siblings",
        YesOrNo(),
        msg("Whether the other cards of a note wait until the next study day once one of them was asked."),
    ),
    Key(
        "grade-keys",
        OneOf(("six", "four")),
        msg("Six grades, 0 to 5, or four keys: 1 again, 2 hard, 3 good, 4 easy."),
    ),
    Key("exam-mistakes", YesOrNo(), msg("Whether the cards that an exam found wrong come due in study at once.")),
    Key("rollover", Number(0, 23), msg("The local hour at which a study day begins.")),
    Key("leech-after", Number(1, 99), msg("After so many lapses a card is a leech.")),
)
"""Every common key, in the order of listings."""

DECK_KEYS = (
    Key("new-per-day", _LIMIT, msg("New cards of this deck a study day.")),
    Key("reviews-per-day", _LIMIT, msg("Due cards of this deck a study day.")),
)
"""What a deck may have of its own; `of_deck` names the deck."""


def of_deck(deck: str) -> tuple[Key, ...]:
    """The keys of one deck's own limits."""
    return tuple(key._replace(deck=deck) for key in DECK_KEYS)


def find_key(path: str) -> Key:
    """The key of this name. Raises QuizDockError, with the nearest name, for one that is not there."""
    key = _known_key(path)
    if key is not None:
        return key
    known = [key.path for key in (*KEYS, *of_deck(_deck_of(path)[:LONGEST_ECHO] or "DECK"))]
    raise unknown_name(_unknown(path), path[: 2 * LONGEST_ECHO], known)


def _known_key(path: str) -> Key | None:
    deck = _deck_of(path)
    return next((key for key in (of_deck(deck) if deck else KEYS) if key.path == path), None)


def _deck_of(path: str) -> str:
    """The deck that a key names; empty for a common one."""
    return path.removeprefix("decks.").rpartition(".")[0] if path.startswith("decks.") else ""


def _unknown(path: str) -> Message:
    return msg("there is no setting called {key}", key=echo(path))


MOST_EXPLAINED = 20
"""Problems of a file for which the nearest name is looked for: that takes milliseconds each."""


class Problem(NamedTuple):
    """What is wrong in a settings file under a key (empty for the whole file), and how to mend it."""

    key: str
    message: Message
    hint: Message = NOTHING


def read_tree(tree: Mapping[str, Any]) -> tuple[dict[str, Value], list[Problem]]:
    """The good values of a settings file, and everything that is wrong in it."""
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for path, value in _leaves(tree):
        if len(problems) >= MOST_EXPLAINED and _known_key(path) is None:
            problems.append(Problem(path, _unknown(path)))
            continue
        try:
            _expect_its_place(path, value)
            values[path] = find_key(path).read(value)
        except QuizDockError as error:
            problems.append(Problem(path, error.message, error.hint))
    return values, problems


def _leaves(tree: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Values by their whole keys; only `decks` and the tables in it are opened."""
    for name, value in tree.items():
        if name == "decks" and isinstance(value, Mapping):
            yield from _leaves_of_decks(value)
        else:
            yield name, value


def _leaves_of_decks(decks: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for deck, limits in decks.items():
        if isinstance(limits, Mapping):
            yield from ((f"decks.{deck}.{name}", value) for name, value in limits.items())
        else:
            yield f"decks.{deck}", limits


def _expect_its_place(path: str, value: object) -> None:
    """Refuse tables where values belong, and values where decks' tables do."""
    if not isinstance(value, Mapping) and (path == "decks" or (path.startswith("decks.") and path.count(".") == 1)):
        deck = echo(path.removeprefix("decks").removeprefix(".") or "DECK")
        raise QuizDockError(
            msg("{key} is not a table", key=echo(path)),
            msg("Write [decks.{deck}] on a line, and below it new-per-day = 5.", deck=deck),
        )
    if isinstance(value, Mapping) and path.startswith("decks."):
        raise QuizDockError(
            msg("there is no table called {key}", key=echo(path)),
            msg('An id with a dot is quoted: [decks."{deck}"].', deck=echo(path.removeprefix("decks."))),
        )
    if isinstance(value, Mapping) and path not in (key.path for key in KEYS):
        raise QuizDockError(
            msg("there is no table called {key}", key=echo(path)),
            msg("A deck's own limits stand under [decks.DECK], with the deck's id."),
        )


def _written(value: object) -> str:
    """A wrong value as it may be repeated."""
    match value:
        case bool():
            return "true" if value else "false"
        case str() | float():
            return str(value)
        case int():
            return str(value) if abs(value) < 10**18 else "…"
        case Mapping():
            return "{…}"
        case list():
            return "[…]"
    return str(value)


Source = Literal["option", "environment", "file", "default"]
"""Where a value comes from, the strongest first."""


class Chosen(NamedTuple):
    """A value and where it comes from."""

    value: Value
    source: Source


def resolve(options: Values, environment: Values, file: Values) -> dict[str, Chosen]:
    """Every common key's value, and those that decks have of their own: option > environment > file > default."""
    chosen = {key.path: Chosen(key.default, "default") for key in KEYS}
    chosen |= {path: Chosen(value, "file") for path, value in file.items()}
    chosen |= {path: Chosen(value, "environment") for path, value in environment.items()}
    chosen |= {path: Chosen(value, "option") for path, value in options.items()}
    return chosen


def settings_of(chosen: Mapping[str, Chosen]) -> Settings:
    """The settings that these values make."""
    common: dict[str, Any] = {}
    decks: dict[str, dict[str, Any]] = {}
    for path, (value, _source) in chosen.items():
        key = find_key(path)
        (decks.setdefault(key.deck, {}) if key.deck else common)[key.field] = value
    return Settings(**common, decks={deck: DeckSettings(**limits) for deck, limits in decks.items()})


def read_environment(environment: Mapping[str, str]) -> tuple[dict[str, Value], list[QuizDockError]]:
    """The values of the QUIZDOCK_ variables, and what is wrong with others; an empty one says nothing."""
    values: dict[str, Value] = {}
    problems: list[QuizDockError] = []
    for key in KEYS:
        text = environment.get(key.variable, "")
        if not text:
            continue
        try:
            values[key.path] = _said_language(text) if key.name == "lang" else key.typed(text)
        except QuizDockError as error:
            wrong = msg("{variable}: {message}", variable=key.variable, message=error.message)
            problems.append(QuizDockError(wrong, error.hint))
    return values, problems


def _said_language(text: str) -> str:
    """QUIZDOCK_LANG may be a locale (`fr_FR.UTF-8`), and one that nobody translated means English."""
    return text[:2].lower() if text[:2].lower() in LANGUAGES else "en"


def written(value: Value) -> str:
    """A value as it is shown, and typed: true and false in TOML's words."""
    return str(value).lower() if isinstance(value, bool) else str(value)
