"""Texts kept apart from their translation."""

from pathlib import Path

from quizdock.core.message import NOTHING, Message, msg, nmsg

FRENCH = {
    "no deck called {name}": "aucun paquet nommé {name}",
    "{count} card": "{count} carte",
    "{count} cards": "{count} cartes",
    "the file": "le fichier",
    "{what}: {why}": "{what} : {why}",
    "": "En-tête du catalogue",
}


def french(text: str) -> str:
    return FRENCH.get(text, text)


def french_plural(one: str, many: str, count: int) -> str:
    return FRENCH[one if count < 2 else many]


def in_french(message: Message) -> str:
    return message.translated(french, french_plural)


def test_a_message_is_english_until_it_is_translated() -> None:
    message = msg("no deck called {name}", name="x")
    assert str(message) == "no deck called x"
    assert in_french(message) == "aucun paquet nommé x"
    assert message.template == "no deck called {name}"
    assert message.fields == {"name": "x"}


def test_the_template_is_translated_and_never_the_filled_text() -> None:
    asked: list[str] = []

    def gettext(text: str) -> str:
        asked.append(text)
        return text

    msg("no deck called {name}", name="the file").translated(gettext, french_plural)
    assert asked == ["no deck called {name}"]


def test_a_value_is_not_translated_and_its_braces_are_not_gaps() -> None:
    assert in_french(msg("no deck called {name}", name="the file")) == "aucun paquet nommé the file"
    assert in_french(msg("no deck called {name}", name="{name} {0}")) == "aucun paquet nommé {name} {0}"


def test_a_message_inside_a_message_is_translated_too() -> None:
    message = msg("{what}: {why}", what=msg("the file"), why=nmsg("{count} card", "{count} cards", 2))
    assert str(message) == "the file: 2 cards"
    assert in_french(message) == "le fichier : 2 cartes"


def test_the_count_chooses_the_wording_of_each_language() -> None:
    none, one, two = (nmsg("{count} card", "{count} cards", count) for count in (0, 1, 2))
    assert [str(none), str(one), str(two)] == ["0 cards", "1 card", "2 cards"]
    assert [in_french(none), in_french(one), in_french(two)] == ["0 carte", "1 carte", "2 cartes"]


def test_nothing_is_never_looked_up_in_a_catalogue() -> None:
    assert str(NOTHING) == ""
    assert in_french(NOTHING) == ""


def test_a_field_may_be_called_like_anything() -> None:
    assert str(msg("{template} {fields} {count}", template="a", fields="b", count=3)) == "a b 3"


def test_what_fills_a_gap_is_harmless_and_stays_on_the_line() -> None:
    message = msg("no deck called {name}", name="a\x1b[2J\nb\u202e")
    assert str(message) == "no deck called a\ufffd[2J b\ufffd"
    assert in_french(msg("{what}: {why}", what=Path("a\nb"), why=message)) == (
        "a b : aucun paquet nommé a\ufffd[2J b\ufffd"
    )
