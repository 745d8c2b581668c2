"""What `quizdock exam` can do besides sitting one: lists, reviews, reports, regrading, statistics, files, paper."""

import csv
import json
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

PAPER = ("exam", "small", "--plain", "-n", "5", "--seed", "1")
FOUR_RIGHT = "1\n2 3\nt\ndocker ps\n1\n\n"


@pytest.fixture
def sat(quizdock: Run) -> None:
    """Alice got four of five right: she took an image for a virtual disk."""
    assert quizdock(*PAPER, typed=FOUR_RIGHT).returncode == 0


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which commands run."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def good(ended: CompletedProcess[str]) -> str:
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


def refusal(ended: CompletedProcess[str]) -> str:
    assert (ended.returncode, ended.stdout) == (1, "")
    return ended.stderr


# ── sitting ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--resume small", "'small' is not a valid integer range."),
        ("--resume -n 5", "--resume goes on with the paper and the rules of that exam: name nothing else"),
        ("--resume --seed 0", "--resume goes on with the paper and the rules of that exam: name nothing else"),
        (
            "small --retry-wrong",
            "--retry-wrong asks the mistakes of an exam: name no deck, topic or number of questions",
        ),
        ("--immediate --practice", "--immediate and --practice do not go together: choose one"),
        ("--penalty 1/4 --certainty", "--penalty and --certainty both take points away for wrong answers: choose one"),
        ("--practice --certainty", "--practice has marks of its own: leave --penalty and --certainty out"),
        ("--minutes 5 --untimed", "--minutes and --untimed do not go together: choose one"),
        ("--minutes 0", "0 is not in the range 1<=x<=1440."),
        ("--minutes -3", "-3 is not in the range 1<=x<=1440."),
        ("--minutes 99999999999", "99999999999 is not in the range 1<=x<=1440."),
        ("--penalty 2", "a penalty is a part of a point, such as 0.25 or 1/3"),
        ("--penalty 1/0", "a penalty is a part of a point, such as 0.25 or 1/3"),
        ("--penalty nan", "a penalty is a part of a point, such as 0.25 or 1/3"),
        ("--questions 0", "0 is not in the range 1<=x<=1000."),
    ],
)
def test_options_that_contradict_each_other_or_make_no_sense_are_wrong_usage(
    quizdock: Run, words: str, said: str
) -> None:
    ended = quizdock("exam", *words.split())
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in " ".join(ended.stderr.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("exam --resume", "Error: no exam was left open\nTo begin one: quizdock exam\n"),
        ("exam --resume 7", "Error: there is no exam No. 7\n"),
        ("exam --retry-wrong", "Error: you have finished no exam yet\nTo take one: quizdock exam\n"),
        ("exam review", "Error: you have finished no exam yet\nTo take one: quizdock exam\n"),
        ("exam show 7", "Error: there is no exam No. 7\n"),
        ("exam delete 7 --yes", "Error: there is no exam No. 7\n"),
        ("exam export", "Error: there is no finished exam to export\nTo take one: quizdock exam\n"),
    ],
)
def test_what_is_not_there_is_said(quizdock: Run, words: str, said: str) -> None:
    assert refusal(quizdock(*words.split())) == said


@pytest.mark.usefixtures("sat")
def test_a_finished_exam_and_somebody_elses_cannot_be_gone_on_with(quizdock: Run) -> None:
    assert refusal(quizdock("exam", "--resume", "1")) == (
        "Error: exam No. 1 is finished\nTo see it: quizdock exam review 1\n"
    )
    quizdock("learner", "add", "bob")
    quizdock("--learner", "bob", *PAPER, typed="1\n")
    assert refusal(quizdock("exam", "--resume", "2")) == (
        "Error: exam No. 2 is bob's\nTo go on as bob: quizdock --learner bob exam --resume\n"
    )
    assert refusal(quizdock("exam", "review", "2")) == (
        "Error: exam No. 2 is not finished\nTo go on with it: quizdock exam --resume 2\n"
    )


def test_an_exam_that_goes_on_after_its_time_ends_at_once(quizdock: Run, at: Callable[[str], None]) -> None:
    quizdock(*PAPER, "--minutes", "10", typed="3\n")
    at("2026-11-23T21:00")
    ended = quizdock("exam", "--resume", "--plain", typed="1\n1\n")
    assert "0:00 left; the clock went on while you were away." in ended.stdout
    assert "The time is up.\nScore: 1 of 5, 20 %: not passed\n" in ended.stdout


def test_a_deck_may_be_called_like_a_subcommand(quizdock: Run, home: Path) -> None:
    text = (home / "content" / "small.toml").read_text(encoding="utf-8").replace('id = "small"', 'id = "list"')
    (home / "content" / "list.toml").write_text(text, encoding="utf-8")
    assert quizdock("exam", "sit", "list", "--plain").stdout.startswith("Exam · alice · 5 questions")


def test_a_blueprint_that_cannot_be_filled_names_the_cell_and_what_is_missing(quizdock: Run, home: Path) -> None:
    path = home / "content" / "small.toml"
    deck = path.read_text(encoding="utf-8").replace(
        'deck = { id = "small", title = "Small deck", lang = "en" }',
        '[deck]\nid = "small"\ntitle = "Small deck"\nlang = "en"\n[deck.exam]\nquestions = 4\n'
        '[[deck.exam.part]]\ntopic = "images"\ncount = 2\n',
    )
    path.write_text(deck, encoding="utf-8")
    assert quizdock("exam", "small", "--plain").stdout.startswith("Exam · alice · 4 questions")
    assert refusal(quizdock("exam", "small", "--plain", "-n", "20")) == (
        'Error: small: the part with topic = "images" asks for 10, but only 2 questions can be asked\n'
        "Add questions, change [deck.exam], or ask for fewer: -n\n"
    )
    path.write_text(deck.replace("count = 2", "count = 3"), encoding="utf-8")
    told = quizdock("deck", "check", "small").stdout
    assert 'small.toml:8: deck.exam.part[1]: the part with topic = "images" asks for 3' in told


@pytest.mark.usefixtures("sat")
def test_mistakes_come_into_study_on_request_and_can_be_asked_again(quizdock: Run) -> None:
    ended = quizdock("exam", "review", "--study")
    assert "1 card comes due today. To drill: quizdock study\n" in good(ended)
    assert quizdock("due", "small").stdout == "1 card to repeat, 4 new ones\n"
    again = quizdock("exam", "--retry-wrong", "--plain", "--seed", "1", typed="3\n\n")
    assert "These are the mistakes of exam No. 1; it counts in no score." in again.stdout
    assert "Score: 1 of 1, 100 %: passed" in again.stdout


def test_mistakes_come_into_study_by_option_or_setting(quizdock: Run) -> None:
    quizdock(*PAPER, "--study-mistakes", typed=FOUR_RIGHT)
    assert quizdock("due", "small").stdout == "1 card to repeat, 4 new ones\n"
    quizdock("settings", "set", "exam-mistakes", "true")
    ended = quizdock(*PAPER, typed="3\n2 3\nf\ndocker ps\n1\n\n")
    assert "The mistakes come due in study today.\n" in ended.stdout
    assert quizdock("due", "small").stdout == "2 cards to repeat, 3 new ones\n"
    assert "brought forward" in quizdock("card", "history", "small/shared").stdout


# ── looking back ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("sat")
def test_exams_are_listed_with_their_state(quizdock: Run) -> None:
    quizdock(*PAPER, "--minutes", "10", typed="1\n")
    lines = [" ".join(line.split()) for line in good(quizdock("exam", "list")).splitlines()]
    assert lines[0] == "No. Date Decks Questions % State"
    assert lines[2] == "1 2026-11-23 Small deck 5 80 passed"
    assert re.fullmatch(r"2 2026-11-23 Small deck 5 open, 1 of 5 answered, (10:00|9:5\d) left", lines[3])
    data = json.loads(good(quizdock("exam", "list", "--json")))
    assert [(each["number"], each["percent"], each["open"]) for each in data] == [(1, 80.0, False), (2, None, True)]
    assert [each["number"] for each in json.loads(good(quizdock("exam", "list", "--open", "--json")))] == [2]
    _header, first, _second = csv.reader(StringIO(good(quizdock("exam", "list", "--csv"))))
    assert first[:6] == ["1", "alice", "2026-11-23", "Small deck", "5", "5"]
    quizdock("learner", "add", "bob")
    assert good(quizdock("--learner", "bob", "exam", "list")) == "No exam yet. To take one: quizdock exam\n"
    assert "alice" in good(quizdock("--learner", "bob", "exam", "list", "--all"))


@pytest.mark.usefixtures("sat")
def test_a_result_is_shown_with_its_rules(quizdock: Run) -> None:
    lines = good(quizdock("exam", "show")).splitlines()
    assert lines[0] == "Exam No. 1 · alice · 2026-11-23 · Small deck"
    assert re.fullmatch(r"took 0:\d\d · pass mark 70 % · seed 1", lines[1])
    assert lines[2:] == ["Score: 4 of 5, 80 %: passed", "  Images: 1/2 (50 %)", "  Containers: 3/3 (100 %)"]


@pytest.mark.usefixtures("sat")
def test_mistakes_are_gone_through_again_or_all_questions(quizdock: Run) -> None:
    shown = good(quizdock("exam", "review", "1"))
    assert shown.endswith(
        "\nQuestion 1\n"
        "What is an image?\n"
        "Your answer: A virtual disk\n"
        "Wrong: 0\n"
        "A disk is written to.\n"
        "Right answer: A read-only model\n"
        "Containers are made from it.\n"
        "Read again: Section 1.1\n"
    )
    assert good(quizdock("exam", "review", "--all")).count("\nQuestion ") == 5
    data = json.loads(good(quizdock("exam", "review", "--json")))
    assert (data["attempt"], data["percent"], data["passed"]) == (1, 80.0, True)
    assert [each["card"] for each in data["questions"]] == ["small/image"]


@pytest.mark.usefixtures("sat")
def test_an_exam_is_deleted_after_asking(quizdock: Run) -> None:
    ended = quizdock("exam", "delete", "1")
    assert (ended.returncode, ended.stderr) == (
        1,
        "Error: nobody is there to be asked\nTo delete all the same: --yes\n",
    )
    assert ended.stdout == "No. 1 · alice · 2026-11-23 · Small deck · 80 %\n"
    assert good(quizdock("exam", "delete", "1", "--yes")).endswith("1 exam deleted.\n")
    assert good(quizdock("exam", "list")) == "No exam yet. To take one: quizdock exam\n"


@pytest.mark.usefixtures("sat")
def test_a_report_is_written_and_nothing_overwritten(quizdock: Run, here: Path) -> None:
    assert good(quizdock("exam", "report")) == "Written: exam-1.html\n"
    page = (here / "exam-1.html").read_text(encoding="utf-8")
    assert "A virtual disk" in page and "Small deck" in page
    assert refusal(quizdock("exam", "report", "--html", "exam-1.html")) == (
        "Error: exam-1.html is there already\nName another file, or overwrite it: --force\n"
    )
    assert good(quizdock("exam", "report", "1", "--html", "exam-1.html", "--force")) == "Written: exam-1.html\n"
    (here / "file").touch()
    assert refusal(quizdock("exam", "report", "--html", "file/x.html")) == "Error: file/x.html: File exists\n"


# ── regrading ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("sat")
def test_a_corrected_key_marks_exams_anew_side_by_side(quizdock: Run, home: Path) -> None:
    assert good(quizdock("exam", "regrade")) == "Nothing to mark anew: every mark is what the decks say now.\n"
    path = home / "content" / "small.toml"
    text = path.read_text(encoding="utf-8").replace('"A read-only model"', '"A virtual disk"')
    path.write_text(
        text.replace('{ text = "A virtual disk", why', '{ text = "A read-only model", why'), encoding="utf-8"
    )
    told = "No. 1 · alice: 80 % (passed) → 100 % (passed)\n  1. What is an image?: 0 → 1\n"
    assert good(quizdock("exam", "regrade", "--dry-run")) == told
    asked = quizdock("exam", "regrade")
    assert (asked.returncode, asked.stdout) == (1, told)
    assert good(quizdock("exam", "regrade", "1", "--deck", "small", "--yes")) == f"{told}1 exam marked anew.\n"
    shown = good(quizdock("exam", "show"))
    assert "Score: 5 of 5, 100 %: passed\n" in shown
    assert shown.endswith("Question 1 was marked anew: 0 became 1.\n")
    assert good(quizdock("exam", "regrade", "--yes")).startswith("Nothing to mark anew")


@pytest.mark.usefixtures("sat")
def test_a_regrade_as_json_asks_nothing(quizdock: Run, home: Path) -> None:
    path = home / "content" / "small.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("answer = true", "answer = false"), encoding="utf-8")
    (found,) = json.loads(good(quizdock("exam", "regrade", "--json")))
    assert (found["before"], found["after"]) == ({"percent": 80.0, "passed": True}, {"percent": 60.0, "passed": False})
    assert json.loads(good(quizdock("exam", "regrade", "--json"))) == []


# ── statistics and files ───────────────────────────────────────────────────────────────────────────


def test_statistics_say_which_questions_are_good(quizdock: Run) -> None:
    assert good(quizdock("exam", "stats")) == "No exam yet. To take one: quizdock exam\n"
    for number in range(12):
        quizdock("learner", "add", f"l{number}")
        capital = "3" if number < 6 else "1"
        quizdock(
            "--learner", f"l{number}", *PAPER, typed=f"{capital}\n2 3\nt\n{'docker ps' if number < 6 else 'x'}\n1\n\n"
        )
    data = json.loads(good(quizdock("exam", "stats", "small", "--json")))
    verdicts = {item["item"]: item["verdicts"] for item in data["items"]}
    assert data["attempts"] == 12
    assert verdicts["small/list"] == ["good"]
    assert "too easy" in verdicts["small/kernel"]
    assert "option “A running process” never chosen" in verdicts["small/image"]
    assert "12 attempts · mean " in good(quizdock("exam", "stats"))
    few = good(quizdock("exam", "stats", "--least", "13"))
    assert "small/kernel: too few attempts to say anything" in few
    rows = list(csv.reader(StringIO(good(quizdock("exam", "stats", "--csv")))))
    assert len(rows) == 6
    quizdock("--learner", "l0", *PAPER, typed=FOUR_RIGHT)
    assert json.loads(good(quizdock("exam", "stats", "--json")))["attempts"] == 12, "the first of each learner"
    assert json.loads(good(quizdock("exam", "stats", "--json", "--all-attempts")))["attempts"] == 13


@pytest.mark.usefixtures("sat")
def test_results_travel_from_home_to_home(quizdock: Run, here: Path, tmp_path: Path) -> None:
    assert good(quizdock("exam", "export")) == "results-alice.json: 1 exam of alice\n"
    assert refusal(quizdock("exam", "export")).startswith("Error: results-alice.json is there already\n")
    assert good(quizdock("exam", "export", "--all", "--output", "handed-in/")) == (
        "handed-in/results-alice.json: 1 exam of alice\n"
    )
    teacher = ("--home", str(tmp_path / "teacher"))
    quizdock(*teacher, "learner", "add", "alice")
    (here / "handed-in" / "bad.json").write_text("{}", encoding="utf-8")
    ended = quizdock(*teacher, "exam", "import", "handed-in", "results-alice.json")
    assert (ended.returncode, ended.stdout) == (1, "1 new, 0 updated, 1 there already\n")
    assert ended.stderr == (
        "bad.json: this is no file of exam results (Ask for the file once more: quizdock exam export)\n1 refused\n"
    )
    assert "alice" in good(quizdock(*teacher, "scores"))
    assert "Score: 4 of 5, 80 %: passed" in good(quizdock(*teacher, "exam", "show", "1"))
    assert json.loads(good(quizdock(*teacher, "exam", "stats", "--json")))["attempts"] == 1


def test_an_impossible_score_is_refused_with_its_reason(quizdock: Run, here: Path, tmp_path: Path, sat: None) -> None:
    quizdock("exam", "export", "--output", "x.json")
    data = json.loads((here / "x.json").read_text(encoding="utf-8"))
    data["attempts"][0]["points"] = 5
    (here / "x.json").write_text(json.dumps(data), encoding="utf-8")
    ended = quizdock("--home", str(tmp_path / "teacher"), "exam", "import", "x.json")
    assert (ended.returncode, ended.stderr) == (
        1,
        "x.json, exam 1 of alice: it claims 5 points, but its marks come to 4\n1 refused\n",
    )


# ── on paper ───────────────────────────────────────────────────────────────────────────────────────


def test_papers_and_keys_are_written_the_same_for_the_same_seed(quizdock: Run, here: Path) -> None:
    words = ("exam", "print", "small", "-n", "4", "--variants", "2", "--seed", "7")
    names = ["paper-A.md", "paper-B.md", "key-A.md", "key-B.md", "papers.html", "keys.html"]
    assert good(quizdock(*words)) == "".join(f"Written: {name}\n" for name in names)
    texts = {name: (here / name).read_text(encoding="utf-8") for name in names}
    assert "# Small deck · variant A" in texts["paper-A.md"]
    assert "seed 8" in texts["paper-B.md"]
    assert refusal(quizdock(*words)) == "Error: paper-A.md is there already\nTo overwrite it: --force\n"
    good(quizdock(*words, "--output", "again"))
    assert {name: (here / "again" / name).read_text(encoding="utf-8") for name in names} == texts
    assert good(quizdock(*words, "--format", "html", "--force")) == "Written: papers.html\nWritten: keys.html\n"


def test_attempts_and_subcommands_are_completed(process: Run, quizdock: Run, sat: None) -> None:
    def complete(line: str) -> list[str]:
        words = line.split(" ")
        ended = process(COMP_WORDS=line, COMP_CWORD=str(len(words) - 1), _QUIZDOCK_COMPLETE="bash_complete")
        return [entry.partition(",")[2] for entry in ended.stdout.splitlines() if entry]

    assert complete("quizdock exam review ") == ["1"]
    assert complete("quizdock exam re") == ["review", "report", "regrade"]
    assert complete("quizdock exam small --topic im") == ["images"]
