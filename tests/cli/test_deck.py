"""`quizdock deck`: listing and checking."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from quizdock.core.card import Deck

Run = Callable[..., CompletedProcess[str]]

CONTENT = Path(__file__).parents[2] / "content"
SHIPPED, ENGLISH = CONTENT / "docker-conteneurs.toml", CONTENT / "docker-containers.toml"
TINY = """\
format = 1
deck = { id = "tiny", title = "A tiny deck", lang = "en" }

[[flashcard]]
id = "one"
front = "?"
back = "!"
"""


def cards(deck: Deck) -> str:
    return f"{len(deck.cards):>4} cards"


def sound(path: Path, deck: Deck) -> str:
    """What the check says of a shipped deck."""
    in_exams = sum(card.exam is not None for card in deck.cards)
    return f"{path}: no problem; {len(deck.cards)} cards, {in_exams} for exams\n"


def test_decks_are_listed_by_title_with_language_and_cards(quizdock: Run, home: Path, shipped: dict[str, Deck]) -> None:
    (home / "content" / "tiny.toml").write_text(TINY, encoding="utf-8")
    ended = quizdock("deck", "list")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        "tiny               en      1 card  A tiny deck\n"
        f"docker-conteneurs  fr  {cards(shipped['docker-conteneurs'])}  Conteneurs Docker\n"
        f"docker-containers  en  {cards(shipped['docker-containers'])}  Docker containers\n"
        "small              en     5 cards  Small deck\n"
    )


def test_the_list_as_json(quizdock: Run, home: Path, shipped: dict[str, Deck]) -> None:
    ended = quizdock("deck", "list", "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(ended.stdout) == [
        {
            "id": "docker-conteneurs",
            "title": "Conteneurs Docker",
            "lang": "fr",
            "cards": len(shipped["docker-conteneurs"].cards),
            "file": str(SHIPPED),
            "followed": False,
        },
        {
            "id": "docker-containers",
            "title": "Docker containers",
            "lang": "en",
            "cards": len(shipped["docker-containers"].cards),
            "file": str(ENGLISH),
            "followed": False,
        },
        {
            "id": "small",
            "title": "Small deck",
            "lang": "en",
            "cards": 5,
            "file": f"{home}/content/small.toml",
            "followed": False,
        },
    ]


def test_a_home_without_content_has_the_shipped_decks(quizdock: Run, tmp_path: Path) -> None:
    ended = quizdock("--home", str(tmp_path / "empty"), "deck", "list")
    assert [line.split()[0] for line in ended.stdout.splitlines()] == ["docker-conteneurs", "docker-containers"]


def test_without_files_every_deck_is_checked(quizdock: Run, home: Path, shipped: dict[str, Deck]) -> None:
    ended = quizdock("deck", "check")
    assert (ended.returncode, ended.stderr) == (0, "")
    told = ended.stdout.partition(f"{home}/content/small.toml: no problem, but 3 warnings; 5 cards, 5 for exams\n")
    assert told[2] == (sound(ENGLISH, shipped["docker-containers"]) + sound(SHIPPED, shipped["docker-conteneurs"]))


def test_a_file_is_checked_wherever_it_is_and_named_as_it_was_typed(
    quizdock: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tiny.toml").write_text(f'{TINY}explain = "E"', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ended = quizdock("deck", "check", "tiny.toml")
    assert (ended.returncode, ended.stdout) == (0, "tiny.toml: no problem; 1 card, 0 for exams\n")


def test_a_deck_of_the_home_is_checked_by_its_id_or_its_path_there(quizdock: Run, home: Path) -> None:
    """The guide says `content/…`; not everyone stands in the home when they type it."""
    by_id, by_path = quizdock("deck", "check", "small"), quizdock("deck", "check", "content/small.toml")
    assert (by_id.returncode, by_id.stderr) == (0, "")
    assert by_id.stdout == by_path.stdout
    assert by_id.stdout.endswith(f"{home}/content/small.toml: no problem, but 3 warnings; 5 cards, 5 for exams\n")


def test_a_file_of_the_home_that_never_could_be_read_is_checked_by_its_name(quizdock: Run, home: Path) -> None:
    path = home / "content" / "broken.toml"
    path.write_text("format = \n", encoding="utf-8")
    ended = quizdock("deck", "check", "broken")
    assert (ended.returncode, ended.stderr) == (1, "")
    assert ended.stdout.startswith(f"{path}:1: ")


def test_an_unknown_deck_is_named_with_the_nearest(quizdock: Run) -> None:
    ended = quizdock("deck", "check", "smal")
    assert (ended.returncode, ended.stderr) == (1, "Error: there is no deck called smal\nDid you mean small?\n")


def test_checking_opens_no_database(anew: Run, home: Path) -> None:
    anew("deck", "check")
    assert [entry.name for entry in home.iterdir()] == ["content"]


def test_every_problem_is_a_line_on_stdout_and_the_exit_code_is_1(quizdock: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(TINY.replace("back", "bakc").replace('"A tiny deck"', "3"), encoding="utf-8")
    ended = quizdock("deck", "check", str(bad))
    assert (ended.returncode, ended.stderr) == (1, "")
    assert ended.stdout.splitlines()[0] == f"{bad}:2: deck.title: must be a text (put it in quotes)"
    assert f"{bad}:7: flashcard[1].bakc: unknown key (did you mean back?)" in ended.stdout.splitlines()


def test_one_bad_file_among_good_ones_decides_the_exit_code(
    quizdock: Run, home: Path, tmp_path: Path, shipped: dict[str, Deck]
) -> None:
    small, missing = home / "content" / "small.toml", tmp_path / "missing.toml"
    ended = quizdock("deck", "check", str(small), str(missing), str(SHIPPED))
    assert (ended.returncode, ended.stderr) == (1, "")
    assert ended.stdout.endswith(
        f"{small}: no problem, but 3 warnings; 5 cards, 5 for exams\n"
        f"{missing}: No such file or directory\n" + sound(SHIPPED, shipped["docker-conteneurs"])
    )


def test_a_folder_is_no_deck(quizdock: Run, tmp_path: Path) -> None:
    ended = quizdock("deck", "check", str(tmp_path))
    assert (ended.returncode, ended.stdout) == (1, f"{tmp_path}: Is a directory\n")


def test_a_pipe_among_the_decks_is_not_waited_for(process: Run, home: Path) -> None:
    """`study` looks at files alone, and so does the check of all decks."""
    os.mkfifo(home / "content" / "pipe.toml")
    assert process("deck", "list").returncode == 0
    assert process("deck", "check").returncode == 0


def test_the_homes_deck_replaces_the_shipped_one_of_the_same_id_and_that_is_said_once(
    quizdock: Run, home: Path, shipped: dict[str, Deck]
) -> None:
    own = home / "content" / "mine.toml"
    own.write_text(TINY.replace('"tiny"', '"docker-conteneurs"'), encoding="utf-8")
    first, second = quizdock("deck", "list"), quizdock("deck", "list")
    assert first.stderr == f"deck docker-conteneurs: {own} is used instead of {SHIPPED}\n"
    assert first.stdout.splitlines()[0] == "docker-conteneurs  en      1 card  A tiny deck"
    assert (second.stdout, second.stderr) == (first.stdout, "")
    own.unlink()
    assert quizdock("deck", "list").stdout.splitlines()[0] == (
        f"docker-conteneurs  fr  {cards(shipped['docker-conteneurs'])}  Conteneurs Docker"
    )


def test_of_two_own_decks_with_one_id_the_first_is_used_until_that_is_mended(quizdock: Run, home: Path) -> None:
    first, second = home / "content" / "a.toml", home / "content" / "b.toml"
    for path, title in ((second, "From b"), (first, "From a")):
        path.write_text(TINY.replace("A tiny deck", title), encoding="utf-8")
    told = f"{second}: its id “tiny” is that of {first}: give one of the two another\n"
    for _ in range(2):
        ended = quizdock("deck", "list")
        assert ended.stderr == told
        assert "From a" in ended.stdout
        assert "From b" not in ended.stdout
    checked = quizdock("deck", "check")
    assert (checked.returncode, checked.stderr) == (1, "")
    assert checked.stdout.endswith(told)
    second.unlink()
    assert quizdock("deck", "check").returncode == 0


DOUBTFUL = TINY + 'explain = ""\n\n[[flashcard]]\nid = "two"\nfront = "?"\nback = "?!"\nexplain = "Since."\n'


def test_warnings_are_told_and_count_as_errors_only_where_strictness_is_asked_for(
    quizdock: Run, tmp_path: Path
) -> None:
    path = tmp_path / "doubtful.toml"
    path.write_text(DOUBTFUL, encoding="utf-8")
    told = (
        f"{path}:4: warning: flashcard[1]: has no explanation (add explain: say why, do not repeat the answer)\n"
        f"{path}:10: warning: flashcard[2]: the card “two” asks the same as “one”"
        " (ask so that only one answer is right)\n"
        f"{path}: no problem, but 2 warnings; 2 cards, 0 for exams\n"
    )
    lax, strict = quizdock("deck", "check", str(path)), quizdock("deck", "check", "--strict", str(path))
    assert (lax.returncode, lax.stdout, lax.stderr) == (0, told, "")
    assert (strict.returncode, strict.stdout, strict.stderr) == (1, told, "")


def test_strictness_has_nothing_against_a_deck_without_warnings(quizdock: Run) -> None:
    assert quizdock("deck", "check", "--strict", str(SHIPPED)).returncode == 0


def test_fixing_writes_the_missing_ids_and_says_which(quizdock: Run, tmp_path: Path) -> None:
    path = tmp_path / "bare.toml"
    path.write_text(TINY.replace('id = "one"\n', "# the first\n") + 'explain = "E"\n', encoding="utf-8")
    ended = quizdock("deck", "check", "--fix", str(path))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        f"{path}: flashcard[1] has got the id “flashcard”\n{path}: no problem; 1 card, 0 for exams\n"
    )
    assert path.read_text(encoding="utf-8") == (
        TINY.replace('id = "one"\n', 'id = "flashcard"\n# the first\n') + 'explain = "E"\n'
    )


def test_a_file_that_cannot_be_written_is_an_error_that_names_it(quizdock: Run, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    path = folder / "bare.toml"
    path.write_text(TINY.replace('id = "one"\n', ""), encoding="utf-8")
    (folder / f".bare.toml.{os.getpid()}.half").mkdir()  # in the way of what is written first
    ended = quizdock("deck", "check", "--fix", str(path))
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Error: {path}: ")
    assert path.read_text(encoding="utf-8") == TINY.replace('id = "one"\n', "")


def test_the_check_as_json(quizdock: Run, tmp_path: Path) -> None:
    good, bad, none = tmp_path / "good.toml", tmp_path / "bad.toml", tmp_path / "none.toml"
    good.write_text(TINY, encoding="utf-8")
    bad.write_text(TINY.replace('id = "one"', "bakc = 1"), encoding="utf-8")
    ended = quizdock("deck", "check", "--json", str(good), str(bad), str(none))
    assert (ended.returncode, ended.stderr) == (1, "")
    warning = {
        "line": 4,
        "key": "flashcard[1]",
        "severity": "warning",
        "message": "has no explanation",
        "hint": "add explain: say why, do not repeat the answer",
    }
    missing = {
        "line": 4,
        "key": "flashcard[1].id",
        "severity": "error",
        "message": "is missing",
        "hint": "add it, or let quizdock deck check --fix write one",
    }
    unknown = {
        "line": 5,
        "key": "flashcard[1].bakc",
        "severity": "error",
        "message": "unknown key",
        "hint": "did you mean back?",
    }
    nothing: dict[str, object] = {"deck": None, "cards": None, "in_exams": None, "new_ids": []}
    assert json.loads(ended.stdout) == [
        {
            "file": str(good),
            "deck": "tiny",
            "cards": 1,
            "in_exams": 0,
            "error": None,
            "problems": [warning],
            "new_ids": [],
        },
        {"file": str(bad), "error": None, "problems": [missing, unknown], **nothing},
        {"file": str(none), "error": f"{none}: No such file or directory", "problems": [], **nothing},
    ]


def test_the_check_as_json_tells_the_ids_that_it_wrote(quizdock: Run, tmp_path: Path) -> None:
    path = tmp_path / "bare.toml"
    path.write_text(TINY.replace('id = "one"\n', ""), encoding="utf-8")
    (told,) = json.loads(quizdock("deck", "check", "--json", "--fix", str(path)).stdout)
    assert (told["deck"], told["new_ids"]) == ("tiny", [{"key": "flashcard[1]", "id": "flashcard"}])
