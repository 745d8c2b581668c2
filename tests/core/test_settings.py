"""What can be set, which values each key takes, and which source decides."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.errors import QuizDockError
from quizdock.core.setting_keys import (
    DECK_KEYS,
    KEYS,
    Value,
    find_key,
    read_environment,
    read_tree,
    resolve,
    settings_of,
    written,
)
from quizdock.core.settings import DEFAULTS, DeckSettings, Settings


def refused(key: str, text: str) -> str:
    with pytest.raises(QuizDockError) as caught:
        find_key(key).typed(text)
    return f"{caught.value}. {caught.value.hint}"


def told(tree: str) -> list[str]:
    """Everything wrong in a file, each with how to mend it."""
    return [f"{problem.message}. {problem.hint}" for problem in read_tree(tomllib.loads(tree))[1]]


def test_the_defaults_are_these() -> None:
    assert (
        Settings(
            learner="",
            lang="",
            new_per_day=10,
            reviews_per_day=200,
            new_order="mixed",
            bury_siblings=True,
            grade_keys="six",
            rollover=4,
            leech_after=8,
            decks={},
        )
        == DEFAULTS
    )


def test_every_setting_has_its_key() -> None:
    assert [*(key.field for key in KEYS), "decks"] == [*Settings._fields]
    assert [key.field for key in DECK_KEYS] == [*DeckSettings._fields]


def test_every_default_but_those_of_the_system_is_allowed() -> None:
    for key in KEYS:
        assert key.default == "" or key.read(key.default) == key.default


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("new-per-day", "0", 0),
        ("new-per-day", " 9999 ", 9999),
        ("reviews-per-day", "050", 50),
        ("rollover", "23", 23),
        ("leech-after", "1", 1),
        ("new-order", "First", "first"),
        ("grade-keys", "four", "four"),
        ("lang", "FR", "fr"),
        ("learner", "  Zoe\u0301  Martin ", "Zo\u00e9 Martin"),
        ("decks.docker.new-per-day", "5", 5),
        ("decks.my.deck.reviews-per-day", "50", 50),
    ],
)
def test_a_value_is_read_as_it_is_typed(key: str, text: str, value: Value) -> None:
    assert find_key(key).typed(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, True) for text in ("true", "yes", "on", "oui", " OUI ", "True")),
        *((text, False) for text in ("false", "no", "off", "non", "Off")),
    ],
)
def test_true_and_false_are_understood_as_people_type_them(text: str, value: bool) -> None:
    assert find_key("bury-siblings").typed(text) is value


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("new-per-day", "-1", "new-per-day cannot be “-1”. It takes a whole number from 0 to 9999."),
        ("new-per-day", "10000", "new-per-day cannot be “10000”. It takes a whole number from 0 to 9999."),
        ("new-per-day", "1e3", "new-per-day cannot be “1e3”. It takes a whole number from 0 to 9999."),
        ("new-per-day", "٣", "new-per-day cannot be “٣”. It takes a whole number from 0 to 9999."),
        ("new-per-day", "9" * 5000, f"new-per-day cannot be “{'9' * 60}…”. It takes a whole number from 0 to 9999."),
        ("reviews-per-day", "", "reviews-per-day cannot be “”. It takes a whole number from 0 to 9999."),
        ("rollover", "24", "rollover cannot be “24”. It takes a whole number from 0 to 23."),
        ("leech-after", "0", "leech-after cannot be “0”. It takes a whole number from 1 to 99."),
        ("bury-siblings", "perhaps", "bury-siblings cannot be “perhaps”. It takes true or false."),
        ("new-order", "random", "new-order cannot be “random”. It takes one of: mixed, first, last."),
        ("lang", "de", "lang cannot be “de”. It takes one of: en, fr."),
        ("learner", "  ", "learner cannot be “  ”. It takes a name of 1 to 60 characters."),
        ("decks.d.new-per-day", "x", "decks.d.new-per-day cannot be “x”. It takes a whole number from 0 to 9999."),
    ],
)
def test_a_wrong_value_is_told_what_is_allowed(key: str, text: str, sentence: str) -> None:
    assert refused(key, text) == sentence


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("new_per_day", "Did you mean new-per-day?"),
        ("newperday", "Did you mean new-per-day?"),
        ("language", "Did you mean lang?"),
        ("decks.docker.new-per-dya", "Did you mean decks.docker.new-per-day?"),
        ("decks.new-per-day", "Did you mean decks.DECK.new-per-day?"),
    ],
)
def test_an_unknown_key_brings_up_the_nearest_one(key: str, hint: str) -> None:
    with pytest.raises(QuizDockError) as caught:
        find_key(key)
    assert str(caught.value) == f"there is no setting called {key}"
    assert str(caught.value.hint) == hint


def test_a_file_is_read_whole() -> None:
    values, problems = read_tree(
        tomllib.loads("""
            learner = "Zoé"
            bury-siblings = false
            rollover = 0
            [decks.docker]
            new-per-day = 5
            [decks."my.deck"]
            reviews-per-day = 0
        """)
    )
    assert problems == []
    assert values == {
        "learner": "Zoé",
        "bury-siblings": False,
        "rollover": 0,
        "decks.docker.new-per-day": 5,
        "decks.my.deck.reviews-per-day": 0,
    }


@pytest.mark.parametrize(
    ("tree", "sentence"),
    [
        ('new-per-day = "5"', "new-per-day is a text. It takes a whole number from 0 to 9999, without quotes."),
        ('bury-siblings = "yes"', "bury-siblings is a text. It takes true or false, without quotes."),
        ("bury-siblings = 1", "bury-siblings cannot be “1”. It takes true or false."),
        ("rollover = true", "rollover cannot be “true”. It takes a whole number from 0 to 23."),
        ("rollover = 4.0", "rollover cannot be “4.0”. It takes a whole number from 0 to 23."),
        ("rollover = 04:00:00", "rollover cannot be “04:00:00”. It takes a whole number from 0 to 23."),
        ("rollover = [4]", "rollover cannot be “[…]”. It takes a whole number from 0 to 23."),
        ('new-order = "First"', "new-order cannot be “First”. It takes one of: mixed, first, last."),
        ("learner = 7", "learner cannot be “7”. It takes a name of 1 to 60 characters."),
        ("decks = 3", "decks is not a table. Write [decks.DECK] on a line, and below it new-per-day = 5."),
        ("decks.d = 3", "decks.d is not a table. Write [decks.d] on a line, and below it new-per-day = 5."),
        ("decks.d.rollover = 3", "there is no setting called decks.d.rollover. Did you mean rollover?"),
        (
            "[decks.my.deck]\nnew-per-day = 5",
            'there is no table called decks.my.deck. An id with a dot is quoted: [decks."my.deck"].',
        ),
        (
            "[docker]\nnew-per-day = 5",
            "there is no table called docker. A deck's own limits stand under [decks.DECK], with the deck's id.",
        ),
        ("[rollover]\nx = 1", "rollover cannot be “{…}”. It takes a whole number from 0 to 23."),
    ],
)
def test_types_in_a_file_are_strict(tree: str, sentence: str) -> None:
    assert told(tree) == [sentence]


def test_everything_wrong_is_told_at_once_and_what_is_good_counts() -> None:
    tree = tomllib.loads("rollover = 5\nnew-per-day = 'x'\nnope = 1")
    values, problems = read_tree(tree)
    assert values == {"rollover": 5}
    assert [problem.key for problem in problems] == ["new-per-day", "nope"]


def test_the_strongest_source_decides() -> None:
    chosen = resolve({"lang": "fr"}, {"lang": "en", "rollover": 5}, {"rollover": 6, "learner": "zoe"})
    assert chosen["lang"] == ("fr", "option")
    assert chosen["rollover"] == (5, "environment")
    assert chosen["learner"] == ("zoe", "file")
    assert chosen["new-per-day"] == (10, "default")


def test_the_settings_hold_what_was_chosen() -> None:
    values: dict[str, Value] = {"decks.a.b.new-per-day": 5, "decks.c.reviews-per-day": 0, "bury-siblings": False}
    found = settings_of(resolve({}, {}, values))
    assert found == Settings(
        bury_siblings=False, decks={"a.b": DeckSettings(new_per_day=5), "c": DeckSettings(reviews_per_day=0)}
    )
    assert settings_of(resolve({}, {}, {})) == DEFAULTS


def test_every_common_key_has_its_variable() -> None:
    assert [key.variable for key in KEYS] == [
        "QUIZDOCK_LEARNER",
        "QUIZDOCK_LANG",
        "QUIZDOCK_NEW_PER_DAY",
        "QUIZDOCK_REVIEWS_PER_DAY",
        "QUIZDOCK_NEW_ORDER",
        "QUIZDOCK_BURY_SIBLINGS",
        "QUIZDOCK_GRADE_KEYS",
        "QUIZDOCK_EXAM_MISTAKES",
        "QUIZDOCK_ROLLOVER",
        "QUIZDOCK_LEECH_AFTER",
    ]
    assert find_key("decks.d.new-per-day").variable == ""


def test_the_environment_is_read_as_text_and_an_empty_variable_says_nothing() -> None:
    values, problems = read_environment(
        {"QUIZDOCK_NEW_PER_DAY": "5", "QUIZDOCK_BURY_SIBLINGS": "non", "QUIZDOCK_ROLLOVER": "", "QUIZDOCK_NOW": "x"}
    )
    assert (values, problems) == ({"new-per-day": 5, "bury-siblings": False}, [])


def test_a_wrong_variable_is_named() -> None:
    values, (problem,) = read_environment({"QUIZDOCK_ROLLOVER": "25"})
    assert values == {}
    assert str(problem) == "QUIZDOCK_ROLLOVER: rollover cannot be “25”"
    assert str(problem.hint) == "It takes a whole number from 0 to 23."


@pytest.mark.parametrize(("said", "lang"), [("fr", "fr"), ("fr_CA.UTF-8", "fr"), ("de", "en"), ("C", "en")])
def test_the_variable_of_the_language_may_be_a_locale(said: str, lang: str) -> None:
    assert read_environment({"QUIZDOCK_LANG": said}) == ({"lang": lang}, [])


@given(
    st.sampled_from([each.path for each in KEYS]),
    st.text(max_size=70) | st.integers().map(str) | st.sampled_from(["on", "non", "first"]),
)
@settings(derandomize=True, deadline=None)
def test_a_text_gives_a_value_that_reads_the_same_again_or_an_error(path: str, text: str) -> None:
    key = find_key(path)
    try:
        value = key.typed(text)
    except QuizDockError:
        return
    assert key.read(value) == value
    assert key.typed(written(value)) == value
