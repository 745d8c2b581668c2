"""A few seconds of each long run, and what the runs promise: a finding ends them and is told whole."""

import json
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.robustness import fuzz_lines, fuzz_reader, fuzz_results
from tests.robustness.fuzzing import main, run


def test_mutated_decks_are_read_or_refused() -> None:
    figures = run(fuzz_reader.deck_file, fuzz_reader.exercise, 7, seconds=2)
    assert figures.finding == ""
    assert set(figures.ended) == {"read", "refused"}


def test_mutated_lines_are_replies_or_refused() -> None:
    figures = run(fuzz_lines.said, fuzz_lines.exercise, 7, seconds=2)
    assert figures.finding == ""
    assert set(figures.ended) <= {"answered", "commanded", "refused", "unreadable"}
    assert figures.ended["answered"]


def test_mutated_result_files_are_believed_or_refused(tmp_path: Path) -> None:
    figures = run(fuzz_results.file_text, partial(fuzz_results.exercise, tmp_path), 7, seconds=2)
    assert figures.finding == ""
    assert set(figures.ended) == {"believed", "not believed", "refused"}


def test_what_is_mutated_is_a_deck_or_a_result_file_before(tmp_path: Path) -> None:
    assert {fuzz_reader.exercise(deck.encode()) for deck in fuzz_reader.corpus()} == {"read"}
    assert fuzz_results.exercise(tmp_path, json.dumps(fuzz_results.whole())) == "believed"


def number(dice: random.Random) -> int:
    return dice.randrange(100)


def fails_at_multiples_of_seven(number: int) -> str:
    if not number % 7:
        raise ZeroDivisionError("seven")
    return "done"


def spins(_number: int) -> str:
    end = time.process_time() + 1.01
    while time.process_time() < end:
        pass
    return "done"


@pytest.mark.parametrize(
    ("exercise", "said"),
    [(fails_at_multiples_of_seven, "ZeroDivisionError: seven"), (spins, " s")],
)
def test_an_error_and_a_slow_input_are_findings(exercise: Callable[[int], str], said: str) -> None:
    figures = run(number, exercise, 1, inputs=1000)
    assert said in figures.finding
    assert figures.finding.splitlines()[0].isdecimal()
    assert figures.ended.total() < 1000


def test_an_input_that_takes_much_memory_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    peaks = iter([10, 20, 20, 230, 230])
    monkeypatch.setattr("tests.robustness.fuzzing.peak_megabytes", lambda: next(peaks))
    figures = run(number, str, 1, inputs=1000)
    assert figures.finding.splitlines()[1:] == ["took 210 MB"]
    assert figures.ended.total() == 2


def test_the_same_seed_makes_the_same_inputs() -> None:
    assert [fuzz_lines.said(random.Random(3)) for _ in range(5)] == [fuzz_lines.said(random.Random(3))] * 5
    assert [fuzz_reader.deck_file(random.Random(3)) for _ in range(2)] == [fuzz_reader.deck_file(random.Random(3))] * 2


@pytest.mark.parametrize(("exercise", "code"), [(fails_at_multiples_of_seven, 1), (str, 0)])
def test_a_finding_ends_a_run_with_its_figures_in_one_line(
    exercise: Callable[[int], str],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["fuzz", "--inputs", "60", "--processes", "1"])
    assert main("A run.", number, exercise) == code
    *finding, figures = capsys.readouterr().out.splitlines()
    assert [line for line in finding if not line.isdecimal()] == ["ZeroDivisionError: seven"] * code
    assert f", {code} findings, slowest " in figures
