"""Item analysis on the screen, in lines and as data."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from quizdock.core.items import Analysis, Answer, Item, Sheet, analysis
from quizdock.ui.items import FIELDS, items_data, items_lines, items_rows, items_view
from quizdock.ui.theme import THEME

KEYED = Item("deck/keyed", "Title\nWhich?", ("no", "yes", "never"), ("no",), 1 / 3)


@pytest.fixture
def found() -> Analysis:
    """Twenty learners: the better half says yes, which the key calls wrong."""
    sheets = [
        Sheet(
            str(n),
            {
                "deck/keyed": Answer(float(n < 10), 1, ("no" if n < 10 else "yes",)),
                "deck/rest": Answer(n / 2, 10),
                "deck/good": Answer(float(n > 8), 1),
            },
        )
        for n in range(20)
    ]
    return analysis([KEYED, Item("deck/good", "[b]Ask?\x1b")], sheets)


def printed(found: Analysis, width: int = 80) -> list[str]:
    sink = io.StringIO()
    Console(file=sink, width=width, theme=THEME, highlight=False).print(items_view(found))
    return [line.rstrip() for line in sink.getvalue().splitlines()]


def test_a_table_has_a_line_an_item_and_details_of_the_doubtful_ones(found: Analysis) -> None:
    shown = "\n".join(printed(found))
    assert "20 attempts · mean " in shown
    assert "Internal consistency (Cronbach’s α)" in shown
    for text in ("keyed", "the better learners get this", "good", "Which?", "✓ no", "option “never” never chosen"):
        assert text in shown
    assert [width for width in (80, 60, 40) if max(map(cell_len, printed(found, width))) > width] == []


def test_lines_have_every_figure_with_its_n(found: Analysis) -> None:
    lines = list(items_lines(found))
    assert lines[3].startswith("deck/keyed: the better learners get this wrong: check the key")
    assert lines[4] == "Which?"
    assert lines[5].startswith("n 20, facility 50 %, discrimination ")
    assert lines[5].endswith(", by chance 33.3 %")
    assert lines[6].startswith("  no (right): chosen 10 times, rest ")
    assert lines[8] == "  never (wrong): chosen 0 times"
    assert "[b]Ask?\ufffd" in lines, "without harm, and without markup"


def test_few_attempts_have_figures_and_no_verdict(found: Analysis) -> None:
    assert "deck/keyed: too few attempts to say anything" in list(items_lines(found, fewest=21))


def test_data_and_rows_have_the_same(found: Analysis) -> None:
    data = items_data(found)
    keyed, good = data["items"]
    assert (data["attempts"], data["papers_alike"]) == (20, True)
    assert (keyed["item"], keyed["n"], keyed["facility"], keyed["check_key"]) == ("deck/keyed", 20, 50.0, True)
    assert keyed["options"][0]["chosen"] == 10
    assert (good["verdicts"], good["check_key"]) == (["good"], False)
    assert [len(row) for row in items_rows(found)] == [len(FIELDS)] * 2


def test_papers_that_differ_are_said_to() -> None:
    sheets = [Sheet("a", {"p": Answer(1, 1)}), Sheet("b", {"q": Answer(1, 1)})]
    lines = list(items_lines(analysis([Item("p"), Item("q")], sheets)))
    assert "Papers differ: each item's figures are over those that had it, and α is an approximation." in lines
