"""Reads mutated decks for a while: `python tests/robustness/fuzz_reader.py --minutes 5 [--inputs N] [--seed N]`.

Every file must give, within a second, a DeckError or a deck whose cards mark themselves and whose warnings can be told.
A file that does neither is printed and ends the run with exit code 1. The same seed makes the same files.
"""

import random
import re
import sys
from functools import cache
from pathlib import Path

from quizdock.core.errors import ResponseError
from quizdock.deck.lint import warnings
from quizdock.deck.missing_ids import with_ids
from quizdock.deck.problems import DeckError
from quizdock.deck.reader import parse

ROOT = Path(__file__).parents[2]
VALUES = [
    *('""', '" "', '"x"', '"{{a}}"', '"{{}}"', '"{{a|b}} {{a}}"', '"' + "é" * 4001 + '"', '"\\u202e\\u0007"', "''''''"),
    *(
        "0",
        "-1",
        "1e400",
        "nan",
        "inf",
        "9" * 4301,
        "0.1",
        "true",
        "1979-05-27",
        "07:32:00",
        "[]",
        "{}",
        "[[]]",
        "[{}]",
    ),
    *('["a"]', '["a", "a"]', '["a", 1]', '[""]', "[" * 40 + "]" * 40, '{ id = "x" }', '{ text = "x", why = "y" }'),
    *('"docker run \\"x"', '"-p"', '"5 %"', '"-5 %"', '"1,234"', '"RUNNING"', '"CREATED"', '"recall"', '["match"]'),
]
PIECES = [
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "#",
    "'",
    '"',
    '"""',
    "\\",
    "\n",
    "\r",
    "\t",
    "\ufeff",
    "\0",
    "{{",
    "}}",
    "|",
    "::",
]
RESPONSES: list[object] = [None, 0, -1, 10**9, True, "", "x", "1,5", "x" * 100_000, [], [0], ["x"], [0] * 2000, {}, 1.5]


@cache
def corpus() -> list[str]:
    """The decks of the guides, one small deck each, and notes of the shipped ones."""
    guides = [(ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "content/README.md")]
    shown = [deck for page in guides for deck in re.findall(r"<!-- deck -->\n```toml\n(.*?)```", page, re.DOTALL)]
    notes = []
    for path in sorted((ROOT / "content").glob("*.toml")):
        head, *rest = re.split(r"(?=^\[\[)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        topics = "".join(part for part in rest if part.startswith("[[topic]]"))
        head = re.sub(r"^#.*\n", "", head.partition("[deck.exam]")[0], flags=re.MULTILINE)
        notes += [f"{head}{topics}{part}" for part in rest if not part.startswith(("[[topic]]", "[[deck"))]
    return shown + notes


def mutated(source: str, others: list[str], dice: random.Random) -> bytes:
    """The source after a few accidents to its lines, values and letters."""
    lines = source.splitlines()
    for _ in range(dice.choice([1, 1, 1, 2, 3, 6])):
        at = dice.randrange(len(lines) or 1) if lines else 0
        match dice.randrange(10):
            case 0 if lines:
                del lines[at]
            case 1:
                lines.insert(at, dice.choice(dice.choice(others).splitlines() or [""]))
            case 2 if lines:
                lines[at] = re.sub(r"=.*", lambda _: f"= {dice.choice(VALUES)}", lines[at], count=1)
            case 3 if lines:
                parts = re.split(r'("[^"]*")', lines[at])
                parts[dice.randrange(len(parts))] = dice.choice(VALUES)
                lines[at] = "".join(parts)
            case 4 if lines:
                place = dice.randint(0, len(lines[at]))
                lines[at] = lines[at][:place] + dice.choice(PIECES) + lines[at][place:]
            case 5 if lines:
                place = dice.randint(0, len(lines[at]))
                lines[at] = lines[at][:place] + lines[at][place + dice.randint(1, 9) :]
            case 6:
                lines += dice.choice(others).splitlines()[6:]
            case 7 if lines and dice.random() < 0.2:
                lines[at] += dice.choice([*PIECES, *VALUES]) * dice.choice([50, 1000, 20_000])
            case 8 if lines:
                other = dice.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case _:
                lines.insert(
                    at, f"{dice.choice(['derive', 'wrong', 'id', 'paths', 'tolerance', 'x'])} = {dice.choice(VALUES)}"
                )
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    if dice.random() < 0.05:
        place = dice.randint(0, len(data))
        data = data[:place] + dice.randbytes(dice.randint(1, 4)) + data[place:]
    return data


def exercise(data: bytes) -> str:
    """What became of the file; raises whatever must never be raised."""
    try:
        with_ids(data, "d.toml")
    except DeckError as error:
        assert all(str(each.text) for each in error.problems)
    try:
        read = parse(data, "d.toml")
    except DeckError as error:
        assert error.problems
        assert all(1 <= each.line <= data.count(b"\n") + 1 and str(each.text) for each in error.problems)
        return "refused"
    assert all(str(each.text) for each in warnings(read, "d.toml"))
    for card in read.deck.cards[:40]:
        task = card.study.arranged("seed")
        for response in RESPONSES:
            try:
                verdict = task.mark(response)
            except ResponseError:
                continue
            assert verdict is None or 0 <= verdict.credit <= 1
    return "read"


def deck_file(dice: random.Random) -> bytes:
    """One of the decks, mutated."""
    return mutated(dice.choice(corpus()), corpus(), dice)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))  # so that it may be called by its path
    from tests.robustness.fuzzing import main

    sys.exit(main(__doc__, deck_file, exercise))
