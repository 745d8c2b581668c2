"""A real `quizdock exam` killed at random points and gone on with: the result is that of one that was left in peace."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

KILLS = 50
QUESTIONS = 12
EXAM = ("exam", "many", "--seed", "7", "-n", str(QUESTIONS), "--certainty")
CERTAINTIES = ("guess", "fairly", "sure")


class Sitting:
    """`quizdock exam --json` as a process, with a candidate who always answers the same to the same question."""

    def __init__(self, home: Path, *arguments: str) -> None:
        environment = {**os.environ, "QUIZDOCK_HOME": str(home), "QUIZDOCK_NOW": "2026-11-24T12:00"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "quizdock", *arguments, "--json", "--learner", "ada"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )

    def hear(self) -> dict[str, Any] | None:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        return json.loads(line) if line.endswith("\n") else None

    def answer(self, asked: dict[str, Any]) -> None:
        """By the question's own number."""
        assert self.process.stdin is not None
        number = asked["number"]
        certainty = CERTAINTIES[number % 3]
        choice = asked["choices"].index("right" if number % 2 else "wrong 1")
        self.process.stdin.write(json.dumps({"response": choice, "certainty": certainty}) + "\n")
        self.process.stdin.flush()

    def to_its_end(self) -> dict[str, Any]:
        with self.process:
            message = self.hear()
            while message and message["type"] != "result":
                if message["type"] == "ask":
                    self.answer(message)
                message = self.hear()
        assert message is not None
        return message

    def killed(self, after: int, pause: float) -> None:
        """Answer so many questions and one more, and kill it a moment later."""
        with self.process:
            for _ in range(after + 1):
                message = self.hear()
                while message and message["type"] != "ask":
                    message = self.hear()
                if message is None:
                    break
                self.answer(message)
            time.sleep(pause)  # somewhere in the middle of the writing
            self.process.kill()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    notes = "".join(
        f'[[question]]\nid = "q{n}"\nask = "{n}?"\ntype = "choice"\nanswer = "right"\nwrong = ["wrong 1", "wrong 2"]\n'
        for n in range(40)
    )
    (tmp_path / "content" / "many.toml").write_text(
        f'format = 1\ndeck = {{ id = "many", title = "Many", lang = "en" }}\n{notes}'
    )
    subprocess.run(
        [sys.executable, "-m", "quizdock", "--home", str(tmp_path), "learner", "add", "ada"],
        check=True,
        capture_output=True,
    )
    return tmp_path


def test_an_exam_that_is_killed_anywhere_ends_as_one_that_is_not(home: Path) -> None:
    dice = random.Random(11)
    whole = told(Sitting(home, *EXAM).to_its_end())
    assert whole["of"] == QUESTIONS
    assert whole["score"] == QUESTIONS / 2
    equal = 0
    for _ in range(KILLS):
        Sitting(home, *EXAM).killed(dice.randrange(QUESTIONS - 1), dice.random() / 100)
        equal += told(Sitting(home, "exam", "--resume").to_its_end()) == whole
    assert equal == KILLS


def told(result: dict[str, Any]) -> dict[str, Any]:
    """The result without the number of its attempt."""
    return {key: value for key, value in result.items() if key != "attempt"}
