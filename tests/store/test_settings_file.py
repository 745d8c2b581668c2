"""The settings file: read within limits, written so that everything else in it stays."""

import os
import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.errors import QuizDockError
from quizdock.core.setting_keys import DECK_KEYS, KEYS, Key, Value, find_key, of_deck
from quizdock.store.settings_file import create_from_template, read_settings, set_value, unset_value

COMMENTED = """\
# My settings, in the order that I like.
rollover = 5   # I sleep late

# For the exam in June:
new-per-day = 20

[decks.docker]  # this one is hard
new-per-day = 5

# The end.
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the settings of a home are; there is no file yet."""
    return tmp_path / "data" / "settings.toml"


def put(file: Path, text: str | bytes) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def error_of(file: Path) -> tuple[str, str]:
    """The whole error that a file gives, with the file's own path left out of each line."""
    with pytest.raises(QuizDockError) as caught:
        read_settings(file).expect_good()
    return str(caught.value).replace(str(file), "FILE"), str(caught.value.hint)


def test_no_file_says_nothing_and_none_is_made(file: Path) -> None:
    read_settings(file).expect_good()
    assert read_settings(file).values == {}
    assert not file.parent.exists()


def test_a_file_is_read_by_whole_keys(file: Path) -> None:
    assert read_settings(put(file, COMMENTED)).values == {
        "rollover": 5,
        "new-per-day": 20,
        "decks.docker.new-per-day": 5,
    }


def test_a_mark_of_byte_order_and_windows_line_ends_are_no_mistakes(file: Path) -> None:
    assert read_settings(put(file, b"\xef\xbb\xbfrollover = 5\r\nlang = 'fr'\r\n")).values == {
        "rollover": 5,
        "lang": "fr",
    }


def test_every_problem_is_told_with_its_line_and_the_good_values_count(file: Path) -> None:
    put(file, 'rollover = 5\nnew-per-day = "x"\n\n[decks."a.b"]\nreviews-per-day = -1\n[docker]\nnew-per-day = 5\n')
    assert read_settings(file).values == {"rollover": 5}
    message, hint = error_of(file)
    assert message.splitlines() == [
        "FILE:2: new-per-day cannot be “x”. It takes a whole number from 0 to 9999.",
        "FILE:5: decks.a.b.reviews-per-day cannot be “-1”. It takes a whole number from 0 to 9999.",
        "FILE:6: there is no table called docker. A deck's own limits stand under [decks.DECK], with the deck's id.",
    ]
    assert hint == "The file is kept as it is. To mend it: quizdock settings edit"


def test_after_ten_problems_the_others_are_counted(file: Path) -> None:
    put(file, "".join(f"x{n} = 1\n" for n in range(5000)))
    lines = error_of(file)[0].splitlines()
    assert len(lines) == 11
    assert lines[-1] == "… and 4990 more problems"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rollover = 5\nlang = fr\n", "FILE:2: this is not TOML: Invalid value."),
        ("rollover = 5\nlang =", "FILE:2: this is not TOML: Invalid value."),
        ("rollover = 5\nrollover = 6\n", "FILE:2: this is not TOML: Cannot overwrite a value."),
        ("rollover = " + "9" * 5000, "FILE: this is not TOML: Exceeds the limit"),
        ("rollover = " + "[" * 5000, "FILE: this is not TOML: it is nested too deeply"),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(file: Path, text: str, message: str) -> None:
    assert error_of(put(file, text))[0].startswith(message)


def test_a_file_of_more_than_64_kilobytes_is_not_read(file: Path) -> None:
    put(file, "#" * 65_535 + "\n")
    read_settings(file).expect_good()
    put(file, "#" * 65_536 + "\n")
    assert error_of(file) == (
        "FILE: the file is larger than 64 KB",
        "Settings need a few lines. Shorten it, or move it away.",
    )


def test_a_file_that_is_no_text_is_told_with_its_line(file: Path) -> None:
    assert error_of(put(file, b"rollover = 5\nlearner = 'Zo\xe9'\n")) == (
        "FILE:2: this is not UTF-8 text",
        "Save it as UTF-8.",
    )


def test_a_folder_or_a_pipe_in_its_place_is_refused(file: Path) -> None:
    file.mkdir(parents=True)
    assert error_of(file) == ("FILE: this is not a file", "Move it away.")
    file.rmdir()
    os.mkfifo(file)
    assert error_of(file) == ("FILE: this is not a file", "Move it away.")


def test_a_first_value_makes_the_file_for_its_owner_alone(file: Path) -> None:
    set_value(file, find_key("new-per-day"), 5)
    assert file.read_text() == "new-per-day = 5\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [each.name for each in file.parent.iterdir()] == ["settings.toml"]


def test_comments_and_everything_else_stay(file: Path) -> None:
    put(file, COMMENTED)
    set_value(file, find_key("rollover"), 3)
    set_value(file, find_key("decks.docker.new-per-day"), 7)
    set_value(file, find_key("decks.docker.reviews-per-day"), 0)
    set_value(file, find_key("decks.my.deck.new-per-day"), 1)
    set_value(file, find_key("bury-siblings"), False)
    assert file.read_text() == (
        "# My settings, in the order that I like.\n"
        "rollover = 3   # I sleep late\n\n"
        "# For the exam in June:\n"
        "new-per-day = 20\n"
        "bury-siblings = false\n\n"
        "[decks.docker]  # this one is hard\n"
        "new-per-day = 7\n\n"
        "# The end.\n"
        "reviews-per-day = 0\n\n"
        '[decks."my.deck"]\n'
        "new-per-day = 1\n"
    )


def test_what_is_taken_out_leaves_the_rest(file: Path) -> None:
    put(file, COMMENTED)
    assert unset_value(file, "rollover")
    assert unset_value(file, "decks.docker.new-per-day")
    assert not unset_value(file, "rollover")
    assert not unset_value(file, "decks.other.new-per-day")
    assert read_settings(file).values == {"new-per-day": 20}
    assert "# For the exam in June:\n" in file.read_text()
    assert "# The end." in file.read_text()


@pytest.mark.parametrize("name", ["nope", "decks.d", "decks.d.nope", "docker"])
def test_what_should_not_be_there_can_be_taken_out(file: Path, name: str) -> None:
    texts = {"nope": "nope = 1", "decks.d": "decks.d = 1", "decks.d.nope": "decks.d.nope = 1", "docker": "[docker]"}
    put(file, f"rollover = 5\n{texts[name]}\n")
    assert unset_value(file, name)
    read_settings(file).expect_good()
    assert read_settings(file).values == {"rollover": 5}


def test_a_wrong_value_can_be_put_right(file: Path) -> None:
    put(file, 'rollover = "x"\ndecks.d = 1\n')
    set_value(file, find_key("rollover"), 5)
    set_value(file, find_key("decks.d.new-per-day"), 5)
    read_settings(file).expect_good()
    assert read_settings(file).values == {"rollover": 5, "decks.d.new-per-day": 5}


def test_values_beside_dotted_keys_are_not_lost(file: Path) -> None:
    put(file, "decks.b.new-per-day = 1\nlang = 'en'\n")
    set_value(file, find_key("decks.c.new-per-day"), 2)
    assert file.read_text() == "decks.b.new-per-day = 1\nlang = 'en'\n\n[decks.\"c\"]\nnew-per-day = 2\n"


def test_where_there_is_no_place_for_a_value_nothing_is_written(file: Path) -> None:
    put(file, "decks = 3\n")
    with pytest.raises(QuizDockError) as caught:
        set_value(file, find_key("decks.d.new-per-day"), 5)
    assert str(caught.value) == f"{file}: there is no place for decks.d.new-per-day"
    assert file.read_text() == "decks = 3\n"


def test_taking_out_one_key_never_takes_out_others(file: Path) -> None:
    put(file, COMMENTED)
    for name in ("decks", "decks.docker"):
        with pytest.raises(QuizDockError) as caught:
            unset_value(file, name)
        assert str(caught.value) == f"{file}: {name} cannot be taken out alone"
    assert file.read_text() == COMMENTED


def test_a_file_that_is_no_toml_is_left_as_it_is(file: Path) -> None:
    put(file, "lang = fr\n")
    for change in (lambda: set_value(file, find_key("rollover"), 5), lambda: unset_value(file, "lang")):
        with pytest.raises(QuizDockError):
            change()
    assert file.read_text() == "lang = fr\n"


def test_a_commented_line_of_the_template_is_made_good_in_its_place(file: Path) -> None:
    template = "# The hour.\n# rollover = 4\n\n# [decks.capitals]\n# new-per-day = 10\n"
    create_from_template(file, template)
    create_from_template(file, "never written over a file that is there")
    set_value(file, find_key("rollover"), 5)
    assert file.read_text() == template.replace("# rollover = 4", "rollover = 5")
    set_value(file, find_key("rollover"), 6)
    assert file.read_text() == template.replace("# rollover = 4", "rollover = 6")


def test_a_file_behind_a_link_is_changed_where_it_is(file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.write_text("rollover = 5\n")
    file.parent.mkdir()
    file.symlink_to(kept)
    set_value(file, find_key("rollover"), 6)
    assert file.is_symlink()
    assert kept.read_text() == "rollover = 6\n"


def test_a_folder_that_cannot_be_written_is_told(file: Path) -> None:
    put(file.parent.with_name("other"), "")
    file.parent.symlink_to(file.parent.with_name("other"))
    with pytest.raises(QuizDockError) as caught:
        set_value(file, find_key("rollover"), 5)
    assert str(caught.value).startswith(f"{file}: ")


VALUES: dict[str, st.SearchStrategy[Value]] = {
    "learner": st.text(st.characters(codec="utf-8"), max_size=60),
    "lang": st.sampled_from(["en", "fr"]),
    "new-order": st.sampled_from(["mixed", "first", "last"]),
    "bury-siblings": st.booleans(),
    "grade-keys": st.sampled_from(["six", "four"]),
}
DECKS = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,10}\Z")
ANY_KEY = st.sampled_from(KEYS) | st.builds(lambda deck, n: of_deck(deck)[n], DECKS, st.integers(0, len(DECK_KEYS) - 1))
CHANGES = st.lists(
    ANY_KEY.flatmap(lambda key: st.tuples(st.just(key), VALUES.get(key.name, st.integers(0, 23)))), max_size=8
)


@given(CHANGES, st.sampled_from(["", COMMENTED, "# rollover = 4\n# [decks.a]\n", "decks.b.new-per-day = 1\n"]))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[Key, Value]], text: str
) -> None:
    file = put(tmp_path_factory.mktemp("home") / "settings.toml", text)
    expected = dict(read_settings(file).values)
    for key, wished in changes:
        value = key.kind.of_toml(wished)
        if value is None:
            continue
        set_value(file, key, value)
        expected[key.path] = value
        assert read_settings(file).values == expected
    for path in list(expected):
        assert unset_value(file, path)
        del expected[path]
        assert read_settings(file).values == expected
    tomllib.loads(file.read_text())


def test_the_ends_of_lines_and_the_mark_of_byte_order_stay(file: Path) -> None:
    put(file, b"\xef\xbb\xbf# Mine.\r\nrollover = 5  # late\r\n\r\n[decks.d]\r\nnew-per-day = 1\r\n")
    set_value(file, find_key("rollover"), 6)
    set_value(file, find_key("lang"), "fr")
    set_value(file, find_key("decks.e.new-per-day"), 2)
    assert unset_value(file, "decks.d.new-per-day")
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# Mine.\r\nrollover = 6  # late\r\n")
    assert data.count(b"\r\n") == data.count(b"\n")
    assert read_settings(file).values == {"rollover": 6, "lang": "fr", "decks.e.new-per-day": 2}


def test_lines_that_end_in_two_ways_stay_as_they_are(file: Path) -> None:
    put(file, b"# Mine.\nrollover = 5\r\nnew-per-day = 1\n")
    set_value(file, find_key("new-per-day"), 2)
    assert file.read_bytes() == b"# Mine.\nrollover = 5\r\nnew-per-day = 2\n"


def test_a_template_with_windows_line_ends_keeps_them(file: Path) -> None:
    put(file, b"# rollover = 4\r\n# lang = 'en'\r\n")
    set_value(file, find_key("rollover"), 5)
    assert file.read_bytes() == b"rollover = 5\r\n# lang = 'en'\r\n"


def test_a_deck_is_added_to_a_table_on_one_line(file: Path) -> None:
    put(file, "decks = {x = {new-per-day = 3}}\n")
    set_value(file, find_key("decks.a.b.new-per-day"), 4)
    set_value(file, find_key("decks.x.new-per-day"), 5)
    assert read_settings(file).values == {"decks.x.new-per-day": 5, "decks.a.b.new-per-day": 4}
    assert len(file.read_text().splitlines()) == 1
