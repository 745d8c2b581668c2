"""What commands may load before they answer: each module costs every learner time, at every shell prompt."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

# Beside what Python itself has loaded at its start.
STANDARD = {
    *("abc", "ast", "calendar", "collections", "contextlib", "copyreg", "datetime", "enum", "errno", "fnmatch"),
    *(
        "functools",
        "getpass",
        "gettext",
        "heapq",
        "importlib",
        "io",
        "ipaddress",
        "itertools",
        "keyword",
        "math",
        "ntpath",
    ),
    *("nt", "ntpath", "nturl2path", "operator", "pathlib", "posixpath", "pwd", "quizdock", "re", "reprlib", "signal"),
    *("sqlite3", "string", "struct", "termios", "time", "types", "typing", "unicodedata", "urllib", "warnings"),
}
DUE = {
    *("", ".cli", ".cli.clock", ".cli.counting", ".cli.globals", ".cli.home", ".cli.main", ".cli.output"),
    *(".cli.signals", ".cli.workspace", ".core", ".core.agenda", ".core.cleaning", ".core.compiler", ".core.days"),
    *(".core.errors", ".core.journal", ".core.message", ".core.settings", ".core.sm2", ".sessions"),
    *(".sessions.library", ".sessions.planning", ".sessions.today", ".store", ".store.backups", ".store.catalogue"),
    *(".store.database", ".store.frontier", ".store.journal", ".store.learners", ".store.schema", ".store.selection"),
    *(".core.tuples", ".store.store", ".ui", ".ui.translations"),
}
VERSION = {
    *("", ".cli", ".cli.home", ".cli.main", ".cli.output", ".cli.signals", ".core", ".core.cleaning", ".core.errors"),
    *(".core.message", ".core.settings", ".ui", ".ui.translations"),
}
STUDY = {"click", "prompt_toolkit", "questionary", "rich", "wcwidth"}
"""What others wrote and `study` needs for its first frame."""
NEVER_IN_STUDY = re.compile(
    r"quizdock\.(deck|cli\.exam|sessions\.exam|store\.(attempts|collected|export|cards|history)|core\.(exam|paper|items))"
)


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUIZDOCK_")}
    return {**kept, "QUIZDOCK_HOME": str(home), "LOGNAME": "ada", "LANGUAGE": "en", "TERM": "xterm-256color", **more}


def loaded(home: Path, *arguments: str) -> set[str]:
    """The modules that a command loads, beside those that Python loads by itself."""
    code = (
        "import sys; before = {*sys.modules}\n"
        "from quizdock.cli.main import run\n"
        f"assert run({list(arguments)}) == 0\n"
        "print(*sorted({*sys.modules} - before), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], env=environment(home), capture_output=True, text=True, check=True
    )
    return set(ended.stderr.split())


def of_quizdock(modules: set[str]) -> set[str]:
    return {name.removeprefix("quizdock") for name in modules if name.split(".")[0] == "quizdock"}


OF_THE_MACHINE = {"__main__", "_distutils_hack", "org", "sitecustomize"}
"""What tests and installations bring along."""


def of_others(modules: set[str]) -> set[str]:
    """The names of what is neither QuizDock's nor Python's own."""
    tops = {name.split(".")[0] for name in modules} - {"quizdock"} - OF_THE_MACHINE
    return {name for name in tops if name not in sys.stdlib_module_names}


@pytest.mark.parametrize(
    ("arguments", "allowed"), [(("due",), DUE), (("due", "--json"), DUE), (("--version",), VERSION)]
)
def test_what_is_asked_most_loads_no_more_than_is_listed_here(
    home: Path, arguments: tuple[str, ...], allowed: set[str]
) -> None:
    loaded(home, *arguments)  # the first time decks are compiled
    modules = loaded(home, *arguments)
    assert of_quizdock(modules) - allowed == set()
    assert of_others(modules) == set()
    tops = {name.split(".")[0] for name in modules if not name.startswith("_")}
    assert tops - STANDARD - ({"json"} if "--json" in arguments else set()) == set()


def test_the_dashboard_draws_without_what_asks_questions(home: Path) -> None:
    loaded(home)
    modules = loaded(home)
    assert of_others(modules) <= {"rich", "pygments", "markdown_it", "mdurl"}
    assert not {name for name in modules if name.startswith(("quizdock.deck", "quizdock.core.forms", "asyncio"))}


def test_completion_of_commands_opens_no_database(home: Path) -> None:
    completing = environment(home, COMP_WORDS="quizdock st", COMP_CWORD="1", _QUIZDOCK_COMPLETE="bash_complete")
    code = (
        "import sys\nfrom quizdock.cli.main import run\n"
        "try: run([])\nfinally: print(*sorted(sys.modules), file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], env=completing, capture_output=True, text=True, check=False)
    assert ended.stdout.split() == ["plain,study", "plain,stats"]
    modules = set(ended.stderr.split())
    assert "sqlite3" not in modules
    assert of_others(modules) <= {"click"}


def test_the_first_question_loads_neither_the_deck_language_nor_exams(home: Path, tmp_path: Path) -> None:
    loaded(home, "study", "small", "--plain", "--limit", "0")  # compiles the decks
    log = tmp_path / "imports"
    program = pexpect.spawn(
        "/bin/sh",
        ["-c", f"exec '{sys.executable}' -X importtime -m quizdock study small 2>'{log}'"],
        env=environment(home),
        timeout=60,
    )
    program.expect("begin")  # a new learner is welcomed first
    program.send("\r")
    program.expect("What is an image")
    modules = set(re.findall(r"\|\s+(\S+)$", log.read_text(), re.MULTILINE))
    program.close(force=True)
    assert "quizdock.ui.interactive" in modules
    assert of_others(modules) <= STUDY
    assert {name for name in modules if NEVER_IN_STUDY.match(name)} == set()
