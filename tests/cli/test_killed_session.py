"""A real `quizdock study` killed at random moments: what it had said was saved is there when it starts again.

`python -m tests.robustness.kills` does it hundreds of times.
"""

import random
from pathlib import Path

from tests.robustness.processes import Session, cards_kept, home_of_cards, unsound

KILLS = 10


def test_no_answer_that_was_said_to_be_saved_is_lost(tmp_path: Path) -> None:
    home = home_of_cards(tmp_path)
    dice = random.Random(7)
    said: list[str] = []
    for _ in range(KILLS):
        said += Session(home).killed(after=dice.randint(1, 12), pause=dice.random() / 200)
    kept = cards_kept(home)
    assert unsound(home) == []
    assert len(said) >= KILLS
    assert set(said) <= set(kept)
    assert len(kept) <= len(said) + KILLS, "at most one answer a kill was on disk before it was said"
    assert len(set(kept)) == len(kept), "no card was asked again: each session went on where the last one died"
