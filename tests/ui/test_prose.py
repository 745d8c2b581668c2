"""Where a line of prose may end."""

from io import StringIO

import pytest
from rich.console import Console, Group
from rich.text import Text

from quizdock.ui.prose import Prose, folded


def lines(text: Text, width: int) -> list[str]:
    console = Console(width=width, file=StringIO(), force_terminal=False)
    console.print(Group(text))  # as on a card: by itself, print would make plain text of it
    return [line.rstrip() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["Quel est son nom ?", "Quel est son nom\u00a0?", "Quel est son nom\u202f?"])
def test_a_question_mark_never_stands_alone(text: str) -> None:
    assert lines(Text(text), 16) == ["Quel est son nom", text[-1]], "as rich would have it"
    assert lines(Prose(text), 16) == ["Quel est son", "nom\u00a0?"]


def test_guillemets_stay_with_what_they_enclose() -> None:
    assert lines(Prose("Il dit « non » tout bas"), 9) == ["Il dit", "«\u00a0non\u00a0»", "tout bas"]


def test_a_sign_that_begins_a_word_is_no_punctuation() -> None:
    assert lines(Prose("press :q now"), 8) == ["press :q", "now"]
    assert lines(Prose("press :q now"), 6) == ["press", ":q now"]


def test_styles_stay_where_they_were() -> None:
    prose = Prose.assemble(("Quel est ", "bold"), ("son nom ?", "italic"))
    wrapped = prose.wrap(Console(width=16), 16)
    assert [line.plain for line in wrapped] == ["Quel est son ", "nom\u00a0?"]
    assert [(span.start, span.end, span.style) for span in wrapped[1].spans] == [(0, 5, "italic")]


def test_a_text_is_folded_to_so_many_columns_wide_characters_included() -> None:
    assert folded("a choice that needs two lines", 15) == ["a choice that", "needs two lines"]
    assert folded("漢字漢字", 4) == ["漢字", "漢字"]
    assert folded("", 4) == [""]
