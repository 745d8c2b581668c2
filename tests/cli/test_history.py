"""`quizdock export` and `quizdock import`: a learner's whole history."""

import json
import os
import pty
import random
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from quizdock.core.errors import QuizDockError
from quizdock.sessions import histories
from quizdock.sessions.records import record_of
from quizdock.store import open_store

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def studied(quizdock: Run, tmp_path: Path) -> Path:
    """Alice has answered two cards, took one answer back, and sat an exam; the file holds all that."""
    quizdock("study", "small", "--plain", "--limit", "2", typed="\n4\nt\n\n")
    quizdock("undo")
    quizdock("exam", "small", "--plain", "--questions", "2", "--seed", "1", typed="1\n1\n\n\n")
    file = tmp_path / "alice.jsonl"
    assert quizdock("export", str(file)).returncode == 0
    return file


@pytest.fixture
def elsewhere(quizdock: Run, tmp_path: Path) -> Run:
    """Calls the command line in another home, which has only the shipped decks."""
    return lambda *arguments, typed="": quizdock("--home", str(tmp_path / "other"), *arguments, typed=typed)


def test_an_export_says_how_much_it_wrote_for_its_owner_alone(quizdock: Run, studied: Path, tmp_path: Path) -> None:
    file = tmp_path / "deep" / "down.jsonl"
    ended = quizdock("export", str(file))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == f"Exported: 3 events, 1 exam, to {file}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["down.jsonl"]
    types = [json.loads(line)["type"] for line in file.read_text(encoding="utf-8").splitlines()]
    assert types == ["learner", "event", "event", "event", "attempt"]


def test_a_file_that_is_there_is_overwritten_only_by_force(quizdock: Run, studied: Path) -> None:
    studied.write_text("mine")
    ended = quizdock("export", str(studied))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"Error: {studied} is there already\nName another file, or overwrite it: --force\n"
    assert studied.read_text() == "mine"
    assert quizdock("export", str(studied), "--force").returncode == 0
    assert studied.read_text(encoding="utf-8").startswith('{"type": "learner"')
    assert stat.S_IMODE(studied.stat().st_mode) == 0o600


def test_a_link_that_leads_nowhere_is_there_too(quizdock: Run, tmp_path: Path) -> None:
    link = tmp_path / "link.jsonl"
    link.symlink_to(tmp_path / "nothing")
    assert quizdock("export", str(link)).returncode == 1
    assert not (tmp_path / "nothing").exists()


def test_where_nothing_can_be_written_no_part_of_it_is_left(quizdock: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = quizdock("export", str(tmp_path / "file" / "x.jsonl"))
    assert ended.returncode == 1
    assert ended.stderr.startswith("Error: ")
    ended = quizdock("export", str(tmp_path), "--force")
    assert (ended.returncode, ended.stderr) == (1, f"Error: {tmp_path}: Is a directory\n")
    assert not list(tmp_path.parent.glob(".quizdock-*"))


def test_on_a_file_system_without_links_nothing_is_overwritten_either(
    quizdock: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_paths: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert quizdock("export", str(tmp_path / "a.jsonl")).returncode == 0
    assert quizdock("export", str(tmp_path / "a.jsonl")).returncode == 1
    assert sorted(each.name for each in tmp_path.glob("*.jsonl")) == ["a.jsonl"]


@pytest.mark.parametrize("arguments", [("-",), ()])
def test_stdout_gets_the_lines_and_stderr_how_many(quizdock: Run, studied: Path, arguments: tuple[str, ...]) -> None:
    ended = quizdock("export", *arguments)
    assert (ended.returncode, ended.stderr) == (0, "Exported: 3 events, 1 exam.\n")
    assert ended.stdout == studied.read_text(encoding="utf-8")


def test_on_a_terminal_the_file_is_named_after_the_learner_and_the_day(started: Path, tmp_path: Path) -> None:
    main, side = pty.openpty()
    folder = tmp_path / "cwd"
    folder.mkdir()
    command = [sys.executable, "-m", "quizdock", "--learner", "alice", "export"]
    environment = {**os.environ, "QUIZDOCK_LANG": "en", "PYTHONPATH": str(Path(__file__).parents[2])}
    with closing(os.fdopen(main, "rb")):
        code = subprocess.run(command, cwd=folder, stdout=side, env=environment, timeout=20, check=False).returncode
        os.close(side)
    assert code == 0
    assert [each.name for each in folder.iterdir()] == ["alice-2026-11-23.jsonl"]


def test_a_history_goes_to_another_home_and_on_from_there(
    elsewhere: Run, studied: Path, home: Path, tmp_path: Path
) -> None:
    ended = elsewhere("import", str(studied), "--as", "  Alice \t B ")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        "Imported: 3 events, 1 exam, of Alice B.\n"
        "2 cards are in no deck here. Add their decks, and their progress is there again.\n"
        "To study as Alice B: quizdock --learner 'Alice B' study\n"
    )
    (tmp_path / "other" / "content").mkdir()
    (tmp_path / "other" / "content" / "small.toml").write_bytes((home / "content" / "small.toml").read_bytes())
    assert elsewhere("--learner", "Alice B", "study", "small", "--plain", typed="t\n\n").returncode == 0
    assert elsewhere("rebuild").stdout == "4 events replayed, 2 schedules: all were already right.\n"
    assert "  1  2026-11-23  Small deck" in elsewhere("--learner", "Alice B", "exam", "list").stdout
    assert elsewhere("--learner", "Alice B", "exam", "show", "1").returncode == 0


def test_a_removal_is_taken_back_by_an_import(quizdock: Run, studied: Path, home: Path) -> None:
    quizdock("learner", "remove", "alice", "--yes")
    ended = quizdock("import", str(home / "data" / "removed-learners" / "alice-2026-11-23.jsonl"))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        "Imported: 3 events, 1 exam, of alice.\n"
        "They were removed here before: 3 events in the journal are theirs again.\n"
        "To study as alice: quizdock --learner alice study\n"
    )
    assert quizdock("export").stdout == studied.read_text(encoding="utf-8")
    assert quizdock("rebuild").stdout == "3 events replayed, 1 schedule: all were already right.\n"


def test_what_is_here_already_is_refused(quizdock: Run, studied: Path) -> None:
    ended = quizdock("import", str(studied))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"Error: {studied}: line 1: there is already a learner called alice\nImport it under another name: --as NAME\n"
    )
    ended = quizdock("import", str(studied), "--as", "bob")
    assert ended.stderr == (
        f"Error: {studied}: line 2: this is here already, of alice\n"
        "Nothing was imported: what the file holds is here already, or a part of it.\n"
    )
    assert quizdock("learner", "list").stdout == "* alice\n"


def test_a_name_that_nobody_can_have_is_refused(quizdock: Run, studied: Path) -> None:
    ended = quizdock("import", str(studied), "--as", "x" * 61)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "a name has 1 to 60 characters" in ended.stderr


def test_a_file_that_is_not_there_or_too_large_is_refused(
    quizdock: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = tmp_path / "missing.jsonl"
    assert quizdock("import", str(missing)).stderr == f"Error: {missing}: No such file or directory\n"
    assert quizdock("import", str(tmp_path)).stderr == f"Error: {tmp_path}: Is a directory\n"
    monkeypatch.setattr(histories, "LARGEST", 1 << 20)
    large = tmp_path / "large.jsonl"
    large.write_bytes(b" " * (1 << 20) + b"\n")
    assert quizdock("import", str(large)).stderr == f"Error: {large}: larger than 1 MB\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "this is no learner's history"),
        (b"\n", "line 1: this is no JSON"),
        (b"\xff\xfe\n", "line 1: this is no JSON"),
        (b"[" * 100_000 + b"\n", "line 1: this is no JSON"),
        (b"1" * 5000 + b"\n", "line 1: this is no JSON"),
        (b'{"type": NaN}\n', "line 1: this is no JSON"),
        (b"[]\n", "line 1: this is no JSON object"),
        (b'{"quizdock": "results"}\n', "this is no learner's history"),
        (b" " * (16 * 1024 * 1024) + b"\n", "line 1: longer than 16 MB"),
    ],
    ids=range(9),
)
def test_what_is_no_history_is_refused(quizdock: Run, tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(data)
    ended = quizdock("import", str(file))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"Error: {file}: {said}\nMake the file anew where the history is: quizdock export\n"


def test_a_file_that_was_cut_off_anywhere_is_refused(studied: Path, tmp_path: Path) -> None:
    data, file = studied.read_bytes(), tmp_path / "cut.jsonl"
    ends = [place for place, byte in enumerate(data) if byte == ord("\n")]
    cuts = {*range(0, len(data), 17), *ends, *(end + 1 for end in ends[:-1])}
    with closing(open_store(tmp_path / "other.db", "other")) as store:
        for cut in sorted(cuts):
            file.write_bytes(data[:cut])
            with pytest.raises(QuizDockError):
                histories.take_in(store, file, None, "fresh")
        assert store.learners.names() == []
        file.write_bytes(data)
        assert histories.take_in(store, file, None, "fresh")[1].events == 3


@pytest.fixture
def bare(tmp_path: Path) -> bytes:
    """A database in which nothing has happened."""
    with closing(open_store(tmp_path / "bare.db", "other")) as store:
        store.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return (tmp_path / "bare.db").read_bytes()


def survives(path: Path, bare: bytes, data: bytes) -> bool:
    """Whether a file is taken in. If so, all that it brought can be shown and replayed; if not, nothing has changed."""
    file, base = path / "hostile.jsonl", path / "hostile.db"
    file.write_bytes(data)
    base.write_bytes(bare)
    with closing(open_store(base, "other")) as store:
        store.database.execute("PRAGMA synchronous = OFF")
        try:
            name, _done = histories.take_in(store, file, None, "fresh")
        except QuizDockError as error:
            assert str(error).startswith(f"{file}: ")
            assert store.learners.names() == []
            assert store.database.value("SELECT count(*) FROM deck") == 0
            return False
        assert store.learners.names() == [name]
        assert store.journal.rebuild().wrong == 0
        for row in store.attempts.finished():
            assert record_of(store, row.id).questions
        lines, _exported = store.histories.export(store.learners.find(name))
    file.write_text(lines, encoding="utf-8")
    base.write_bytes(bare)
    with closing(open_store(base, "other")) as store:
        store.database.execute("PRAGMA synchronous = OFF")
        histories.take_in(store, file, None, "fresh")
        assert store.histories.export(store.learners.find(name))[0] == lines
    return True


def test_a_file_with_wrong_bits_is_refused_or_leaves_everything_in_order(
    studied: Path, tmp_path: Path, bare: bytes
) -> None:
    data, dice = studied.read_bytes(), random.Random(7)
    outcomes = set()
    for _ in range(150):
        flipped = bytearray(data)
        flipped[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        outcomes.add(survives(tmp_path, bare, bytes(flipped)))
    assert outcomes == {True, False}


VALUES: tuple[object, ...] = (None, True, -1, 10**30, 0.5, "", "x" * 20_000, [], [[]], {}, {"a": None})


def test_a_value_of_any_wrong_type_is_refused_or_leaves_everything_in_order(
    studied: Path, tmp_path: Path, bare: bytes
) -> None:
    lines = [json.loads(line) for line in studied.read_text(encoding="utf-8").splitlines()]
    exam = lines[-1]
    places = [
        *(line for line in (lines[0], lines[1], lines[3], exam)),
        *(exam["rules"], exam["decks"], exam["questions"][0], exam["questions"][0]["asked"], *exam["events"][:3]),
    ]
    for place in places:
        for key, before in [*place.items()]:
            for value in VALUES:
                place[key] = value
                survives(tmp_path, bare, "".join(f"{json.dumps(line)}\n" for line in lines).encode())
            place[key] = before
    assert survives(tmp_path, bare, "".join(f"{json.dumps(line)}\n" for line in lines).encode())


def test_before_anything_is_taken_in_a_copy_is_made(quizdock: Run, studied: Path, home: Path) -> None:
    assert quizdock("import", str(studied), "--as", "Bea").returncode == 1, "that history is here already"
    (copy,) = (home / "data" / "backups").glob("before-import-*.db")
    assert quizdock("restore", copy.stem, "--yes").returncode == 0
