"""A deck's cards on a terminal: the two screens of each, one below the other."""

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from quizdock.core.dialogue import Marked, Question
from quizdock.core.forms import Shape
from quizdock.ui import wording
from quizdock.ui.exam_wording import number_in_paper
from quizdock.ui.preview import detail_lines, exam_lines
from quizdock.ui.render import answer_view, card_view


def show(console: Console, study: Question, exam: Question | None) -> None:
    """One card: the question, then the answer, then how exams ask it."""
    console.print(card_view(console, study, _choices(study), progress=number_in_paper(study)))
    answer = answer_view(Marked(study, None, None, None, {}))
    details = [Text(line) for line in detail_lines(study)]
    below = [Text(line, style="quiet") for line in exam_lines(study, exam)]
    parts: list[RenderableType] = [*details, *([Text(), *below] if below else [])]
    shown = Group(answer, Padding(Group(*parts), (0, 2))) if parts else answer
    if study.card.drawing is not None and study.card.drawing.hidden:
        console.print(card_view(console, study, [shown], revealed=True, progress=number_in_paper(study)))
    else:
        console.print(shown)
    console.print()


def _choices(question: Question) -> list[RenderableType]:
    """What the prompt under the card offers, where it does so by itself."""
    if question.task.shape not in (Shape.ONE, Shape.SOME):
        return []
    lines = (f"{name}  {text}" for name, text in wording.named_choices(question))
    return [Padding(Text("\n".join(lines)), (0, 2, 1, 2))]
