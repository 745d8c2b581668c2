"""Names that lead elsewhere, and what is called like a file but is none: nothing hangs, nothing is written astray."""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

ASTRAY = ["../x", "a/b", "{here}/x", "..", ".", "../../x.toml", "a\nb", "x" * 300, "\u202ex"]
PIPE = "It is a pipe, not a file"


def files_of(folder: Path) -> set[str]:
    """Every file but the database's."""
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}
    return {name for name in names if "quizdock.db" not in name}


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "pipe.toml"
    os.mkfifo(path)
    return path


@pytest.mark.parametrize("name", ASTRAY)
def test_an_id_that_is_a_path_makes_no_deck(quizdock: Run, tmp_path: Path, name: str) -> None:
    before = files_of(tmp_path)
    ended = quizdock("deck", "new", "--id", name.format(here=tmp_path), "--title", "A title")
    assert ended.returncode == 2
    assert "Invalid value for --id: has a form that is not allowed here" in ended.stderr
    assert files_of(tmp_path) == before


def test_a_title_that_is_a_path_gives_an_id_that_is_none(quizdock: Run, tmp_path: Path) -> None:
    before = files_of(tmp_path)
    assert quizdock("deck", "new", "--title", "../../x").returncode == 0
    assert files_of(tmp_path) - before == {"home/content/x.toml"}


@pytest.mark.parametrize("name", ["../x", "a/b", "/x", "..", ".", "CON", "a\nb", "x" * 60, "日" * 60, "-rf", "~", "*"])
def test_a_learner_called_like_a_path_is_exported_where_all_are(quizdock: Run, tmp_path: Path, name: str) -> None:
    before = files_of(tmp_path)
    assert quizdock("learner", "add", "--", name).returncode == 0
    assert quizdock("learner", "remove", "--yes", "--", name).returncode == 0
    (new,) = files_of(tmp_path) - before
    folder, file = new.rsplit("/", 1)
    assert folder == "home/data/removed-learners"
    assert file.endswith("-2026-11-23.jsonl")


def test_an_exam_is_exported_under_a_learners_name_without_its_slashes(
    quizdock: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    quizdock("learner", "add", "../../x")
    quizdock("--learner", "../../x", "exam", "small", "--plain", "--seed", "1", typed="3\n2 3\nt\ndocker ps\n1\n\n")
    before = files_of(tmp_path)
    assert quizdock("--learner", "../../x", "exam", "export").returncode == 0
    assert quizdock("--learner", "../../x", "exam", "export", "--all", "--output", "all/").returncode == 0
    assert files_of(tmp_path) - before == {"here/results-------x.json", "here/all/results-------x.json"}


@pytest.mark.parametrize("words", ["exam export --output", "exam print small --output", "exam report 1 --html"])
@pytest.mark.parametrize("name", ["x" * 300, "file/below", "a" * 5000])
def test_a_file_that_cannot_be_written_is_one_message(quizdock: Run, tmp_path: Path, words: str, name: str) -> None:
    quizdock("exam", "small", "--plain", "--seed", "1", typed="3\n2 3\nt\ndocker ps\n1\n\n")
    (tmp_path / "file").write_text("precious")
    ended = quizdock(*words.split(), str(tmp_path / name))
    assert ended.returncode == 1
    assert ended.stderr.startswith("Error: ")
    assert "Traceback" not in ended.stderr
    assert (tmp_path / "file").read_text() == "precious"


@pytest.mark.parametrize(
    "words", ["deck add", "deck add --link", "deck check", "deck ids", "deck preview", "exam import", "import"]
)
def test_a_named_pipe_is_refused_and_not_waited_for(process: Run, pipe: Path, words: str) -> None:
    ended = process(*words.split(), str(pipe))
    assert ended.returncode == 1
    assert PIPE in ended.stdout + ended.stderr


def test_a_pipe_without_a_name_is_read(process: Run, home: Path) -> None:
    text = (home / "content" / "small.toml").read_text(encoding="utf-8")
    ended = process("deck", "check", "/dev/stdin", typed=text)
    assert ended.stdout.endswith("/dev/stdin: no problem, but 3 warnings; 5 cards, 5 for exams\n")


def test_a_folder_of_results_with_a_pipe_in_it_is_gone_through(process: Run, tmp_path: Path) -> None:
    (tmp_path / "results" / "folder.json").mkdir(parents=True)
    os.mkfifo(tmp_path / "results" / "pipe.json")
    (tmp_path / "results" / "loop.json").symlink_to("loop.json")
    ended = process("exam", "import", str(tmp_path / "results"))
    assert ended.returncode == 1
    assert ended.stderr == (
        f"folder.json: Is a directory\nloop.json: Too many levels of symbolic links\npipe.json: {PIPE}\n3 refused\n"
    )


def test_what_is_no_file_in_the_content_folder_stops_nothing(
    process: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = home / "content"
    (content / "folder.toml").mkdir()
    os.mkfifo(content / "pipe.toml")
    (content / "loop.toml").symlink_to("loop.toml")
    (content / "nowhere.toml").symlink_to("/nowhere/at/all.toml")
    (content / "device.toml").symlink_to("/dev/zero")
    (content / "all.toml").symlink_to("/")
    with socket.socket(socket.AF_UNIX) as listening:
        monkeypatch.chdir(content)  # the path of a socket must be short
        listening.bind("socket.toml")
    told = f"{content}/loop.toml: Too many levels of symbolic links\n"
    for words in ("deck list", "study small --plain --limit 1", "deck list"):
        ended = process(*words.split(), typed="\n4\n")
        assert (ended.returncode, ended.stderr) == (0, told), words
    assert "small " in ended.stdout
    assert process("scores").returncode == 0
    assert process("deck", "check").returncode in (0, 1)


def test_a_linked_deck_is_followed_and_never_written_through(quizdock: Run, home: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("precious\nsecond line\n")
    (home / "content" / "secret.toml").symlink_to(secret)
    checked = quizdock("deck", "check", "secret")
    assert checked.returncode == 1
    assert "precious" not in checked.stdout + checked.stderr, "what is no deck is not quoted"
    assert quizdock("deck", "remove", "secret", "--yes").returncode == 0
    assert secret.read_text() == "precious\nsecond line\n"
    assert not (home / "content" / "secret.toml").is_symlink()


@pytest.mark.parametrize("name", ["../small", "/etc/passwd", "../../etc/passwd", "..", "."])
def test_a_deck_outside_of_the_home_is_never_removed(quizdock: Run, home: Path, name: str) -> None:
    (home / "small.toml").write_text("precious")
    ended = quizdock("deck", "remove", name, "--yes")
    assert ended.returncode == 1
    assert ended.stderr.startswith("Error: ")
    assert (home / "small.toml").read_text() == "precious"
