"""What the interactive screens look like, as rich renderables. Deck text is always `Text`, never markup."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from quizdock.core.cleaning import clean
from quizdock.core.dialogue import Closing, Marked, Question
from quizdock.core.drawing import Drawing, Look
from quizdock.core.forms import Given, Shape, Verdict, is_nothing
from quizdock.core.settings import GradeKeys
from quizdock.ui import wording
from quizdock.ui.prose import Prose, folded
from quizdock.ui.translations import gettext as _

_BOX = 6
"""Columns that a box and its padding take."""
_NUMBER = len(" › ○ 1   ")
"""Columns that a choice leaves free, at most."""
_ROWS_FOR_A_TITLE = 3
"""Rows of a question below which it goes without the line that says what it is about."""
_LOOKS = {Look.PLAIN: "", Look.FOCUS: "focus", Look.MASKED: "masked"}


class Sight:
    """What a card looks like, asked or answered: as roomy as the screen allows, or whole."""

    def __init__(
        self,
        question: Question,
        marked: Marked | None = None,
        keys: GradeKeys = "six",
        *,
        told: Sequence[RenderableType] = (),
        progress: str = "",
    ) -> None:
        """The question, or what came of it: to be graded with these keys, or `told` and no more.

        `progress` stands at the top right instead of what study says there.
        """
        self._question = question
        self._progress = progress
        self._answer = [answer_view(marked)] if marked else list(told)
        self._grades = [grades_view(marked, keys)] if marked else []
        self._names = [_grade_names(marked, keys)] if marked else []

    @property
    def _revealed(self) -> bool:
        return bool(self._answer)

    def fitted(self, console: Console, rows: int) -> RenderableType:
        """As much as goes above a prompt of so many rows and a notice.

        Where a boxed card would push the question off the screen, it goes without its box, then without its drawing,
        then without what stands around it; what is still too long is cut.
        """
        room = console.height - rows - 1
        if not self._revealed:
            room -= _choices_height(self._question, console.width)
        for view in self._views(console):
            if _height(console, view) <= room:
                return view
        return self._cut(console, room)

    def whole(self, console: Console) -> RenderableType:
        """The card and its answer, however long."""
        return card_view(console, self._question, self._answer, revealed=self._revealed, progress=self._progress)

    def everything(self, console: Console) -> RenderableType:
        """The same, with the choices that the prompt under the card offers."""
        task = self._question.task
        if self._revealed or task.shape not in (Shape.ONE, Shape.SOME):
            return self.whole(console)
        table = Table.grid(padding=(0, 2))
        for name, text in wording.named_choices(self._question):
            table.add_row(Text(f"{name:>2}", style="key"), Prose(clean(text)))
        return Group(self.whole(console), Padding(table, (0, 2)))

    def _views(self, console: Console) -> Iterable[RenderableType]:
        header, grades = _header(self._question, self._progress), self._grades
        yield Group(self.whole(console), *grades)
        body = _set_in(_body(self._question, self._revealed))
        yield Group(header, body, *self._answer, *grades)
        if self._question.card.drawing:  # it says more than where one is
            yield Group(body, *self._answer, *grades)
        yield Group(header, _set_in(self._bare()), *self._answer, *grades)
        yield Group(_set_in(self._bare()), *self._answer, *self._names)

    def _cut(self, console: Console, room: int) -> RenderableType:
        """The beginning of the question and of the answer, with the names of the grades."""
        answered, asked = Group(*self._answer), _set_in(self._bare())
        room -= _height(console, Group(*self._names))
        for_answer = min(_height(console, answered), room - min(_height(console, asked), room // 2))
        if _height(console, asked) > room - for_answer < _ROWS_FOR_A_TITLE:
            first, _separator, rest = self._question.card.prompt.partition("\n")
            asked = _set_in([prompt_view(rest or first)])
        parts = [_Cut(asked, room - for_answer), *([_Cut(answered, for_answer)] if self._revealed else [])]
        return Group(*parts, *self._names)

    def _bare(self) -> list[RenderableType]:
        question = self._question
        drawing = [Text(_("… the drawing: e"), style="half")] if question.card.drawing else []
        return [prompt_view(question.card.prompt), *drawing, *_hints(question), *_unrevealed(question, self._revealed)]


def _set_in(parts: Sequence[RenderableType]) -> RenderableType:
    return Padding(Group(*parts), (0, 2))


def _height(console: Console, view: RenderableType) -> int:
    return len(console.render_lines(view))


def card_view(
    console: Console,
    question: Question,
    below: Sequence[RenderableType] = (),
    *,
    revealed: bool = False,
    progress: str = "",
) -> RenderableType:
    """The card in a box, unless its drawing needs the box's room, and what comes below it."""
    if _drawn_width(question) > console.width - _BOX:
        return Group(_header(question, progress), Padding(Group(*_body(question, revealed)), (0, 2)), *below)
    return Group(_header(question, progress), _boxed(question, revealed, progress), *below)


class _Cut:
    """The first lines of something that may be too long, and a word that there is more if there is room for it."""

    def __init__(self, view: RenderableType, rows: int) -> None:
        self._view = view
        self._rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterable[RenderableType | Segment]:
        lines = console.render_lines(self._view, options)
        rows = max(self._rows, 1)
        too_long = len(lines) > rows > 1
        for line in lines[: rows - 1 if too_long else rows]:
            yield from line
            yield Segment.line()
        if too_long:
            yield Text(_("  … (e shows everything)"), style="half", no_wrap=True, overflow="ellipsis")


def _unrevealed(question: Question, revealed: bool) -> list[RenderableType]:
    return [] if revealed else _offered(question)


def _drawn_width(question: Question) -> int:
    drawing = question.card.drawing
    return max(map(cell_len, drawing.text.splitlines()), default=0) if drawing else 0


def _choices_height(question: Question, width: int) -> int:
    """Rows that the choices of a prompt take, and the gaps around them."""
    if question.task.shape not in (Shape.ONE, Shape.SOME, Shape.YES_NO):
        return 0
    choices = ("",) * 2 if question.task.shape is Shape.YES_NO else question.task.choices
    return 2 + sum(len(folded(clean(choice), max(width - _NUMBER, 1))) for choice in choices)


def _boxed(question: Question, revealed: bool, progress: str) -> RenderableType:
    status = "" if progress else wording.kind_text(question)
    return Panel(
        Group(*_body(question, revealed)),
        box=box.ROUNDED,
        padding=(1, 2),
        border_style="accent" if question.new else "quiet",
        subtitle=Text(status, style="accent" if question.new else "quiet") if status else None,
        subtitle_align="right",
    )


def _body(question: Question, revealed: bool) -> list[RenderableType]:
    drawing = question.card.drawing
    offered = _unrevealed(question, revealed)
    return [
        prompt_view(question.card.prompt),
        *([Text(), _drawing(drawing, revealed)] if drawing else []),
        *_hints(question),
        *([Text(), *offered] if offered else []),
    ]


def _hints(question: Question) -> list[RenderableType]:
    """Those that were asked for."""
    of, shown = len(question.card.hints), question.card.hints[: question.hints]
    texts = (_("Hint {number} of {of}: {hint}").format(number=n, of=of, hint=hint) for n, hint in enumerate(shown, 1))
    return [Text(), *(Prose(text, style="half") for text in texts)] if shown else []


def _offered(question: Question) -> list[RenderableType]:
    """Entries and choices, where they are answered by typing what they are called."""
    if question.task.shape not in (Shape.MATCH, Shape.ORDER, Shape.PATH):
        return []
    table = Table.grid(padding=(0, 2))
    entries = [(str(number), text) for number, text in enumerate(question.task.items, 1)]
    choices = wording.named_choices(question)
    for row in zip_longest(*filter(None, (entries, choices)), fillvalue=("", "")):
        table.add_row(*(cell for name, text in row for cell in (Text(f"{name:>2}", style="key"), Prose(clean(text)))))
    return [table]


def answer_view(marked: Marked) -> RenderableType:
    """The verdict, what is wrong with the response, the answer, and the explanation."""
    lines: list[RenderableType] = []
    if marked.verdict and is_nothing(marked.given):
        lines.append(Text(_("○ No answer"), style="bold half"))
    elif marked.verdict:
        lines.append(verdict_line(marked.verdict))
        if not marked.verdict.right:
            lines += wrong_lines(marked.given, marked.verdict)
    lines.append(labelled(_("Answer"), wording.given_text(marked.question.task.answer), "good"))
    lines += lesson_lines(marked.question.card.explain, marked.question.card.source)
    return Padding(Group(*lines), (0, 2))


def grades_view(marked: Marked, keys: GradeKeys) -> RenderableType:
    """The keys, what each means, and when the card would come back; why one of them is proposed."""
    reason = wording.proposal_text(marked, keys)
    why = [Text(_("Proposed {reason}").format(reason=reason), style="quiet")] if reason else []
    return Padding(Group(*why, _Grades(marked, keys)), (1, 2, 0, 2))


def _grade_names(marked: Marked, keys: GradeKeys) -> RenderableType:
    """The keys and what each means, on as few lines as can be."""
    proposed = wording.key_of(marked.proposal.grade, keys) if marked.proposal else None
    line = Prose()
    for key, _grade, name in wording.key_names(keys):
        line.append_text(_key(key, key == proposed)).append(f"\u00a0{name}  ")
    return _set_in([line])


class _Grades:
    """The keys of the grades side by side, or below each other where the screen is narrow."""

    def __init__(self, marked: Marked, keys: GradeKeys) -> None:
        proposed = wording.key_of(marked.proposal.grade, keys) if marked.proposal else None
        self._columns = [
            (_key(key, key == proposed), Text(name), Text(wording.key_text(marked, grade), style="quiet"))
            for key, grade, name in wording.key_names(keys)
        ]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterable[Table]:
        beside = options.max_width >= sum(1 + max(map(cell_len, map(str, column))) for column in self._columns)
        table = Table.grid(expand=beside, padding=0 if beside else (0, 1))
        if beside:
            for _column in self._columns:
                table.add_column(justify="center", ratio=1)
        for row in zip(*self._columns, strict=True) if beside else self._columns:
            table.add_row(*row)
        yield table


def verdict_line(verdict: Verdict) -> Text:
    """Right, wrong or partly, with a sign as well as a colour."""
    sign, style = ("✓", "good") if verdict.right else ("◐", "half") if verdict.credit else ("✗", "bad")
    return Text(f"{sign} {wording.verdict_text(verdict)}", style=f"bold {style}")


def closing_view(closing: Closing) -> RenderableType:
    """The summary of a session."""
    body = Group(*(Prose(line) for line in wording.closing_lines(closing)))
    return Panel(body, box=box.ROUNDED, padding=(1, 2), border_style="accent", title=_("Session"), title_align="left")


def welcome_view(lines: Sequence[str]) -> RenderableType:
    """What a learner must know before the first card."""
    body = Group(*(Prose(line) for line in lines))
    return Panel(body, box=box.ROUNDED, padding=(1, 2), border_style="accent", title="QuizDock", title_align="left")


def leech_view(lines: Sequence[str]) -> RenderableType:
    """Why the learner is told about a card."""
    first, card, *rest = lines
    body = Group(Text(first, style="half"), Text(), Prose(card, style="title"), Text(), *map(Prose, rest))
    return Panel(body, box=box.ROUNDED, padding=(1, 2), border_style="half")


def help_view(keys: Sequence[tuple[str, str]], note: str = "") -> RenderableType:
    """Every key and what it does, and a word about what else is on the screen."""
    table = Table.grid(padding=(0, 2))
    for key, meaning in keys:
        table.add_row(Text(key, style="key"), Prose(meaning))
    return Padding(Group(table, *([Text(), Prose(note, style="quiet")] if note else [])), (1, 2))


def _header(question: Question, progress: str) -> RenderableType:
    line = Table.grid(expand=True, padding=(0, 2, 0, 0), pad_edge=False)
    line.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    line.add_column(justify="right", no_wrap=True)
    said = progress or _progress(question)
    line.add_row(Text(wording.place_text(question), style="quiet"), Text(said, style="quiet"))
    done = question.number - 1
    return Group(Padding(line, (0, 1)), Padding(Bar(done / question.of, "━─", "accent"), (0, 1)))


def _progress(question: Question) -> str:
    """How many cards are left, since when, and how long they will take."""
    return f"{wording.left_text(question)} · {wording.pace_text(question)}"


class Bar:
    """A share of 1 as a bar of two characters, as wide as there is room."""

    def __init__(self, share: float, characters: str, style: str) -> None:
        self._share = share
        self._done, self._rest = tuple(characters)
        self._style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterable[Text]:
        width = options.max_width
        full = round(width * self._share)
        yield Text.assemble((self._done * full, self._style), (self._rest * (width - full), "quiet"))


def prompt_view(prompt: str) -> Text:
    """The question; where it has several lines, the first only says what it is about."""
    first, _separator, rest = prompt.partition("\n")
    return Prose.assemble((f"{first}\n", "accent"), (rest, "title")) if rest else Prose(first, style="title")


def _drawing(drawing: Drawing, revealed: bool) -> Text:
    return Text.assemble(
        *((piece.text, _LOOKS[piece.look]) for piece in drawing.pieces(revealed)),
        no_wrap=True,
        overflow="crop",
    )


def labelled(label: str, text: str, style: str) -> Text:
    """What something is, quietly, and what it says."""
    return Prose.assemble((f"{label}  ", "quiet"), (text, f"bold {style}"))


def wrong_lines(given: Given, verdict: Verdict | None) -> list[RenderableType]:
    """What was given and what is wrong with it, as far as QuizDock or the deck can say."""
    reasons = [wording.detail_text(verdict), verdict.why] if verdict else []
    line = labelled(_("Your answer"), wording.given_text(given), "bad")
    return [line, *(Prose(reason) for reason in reasons if reason)]


def lesson_lines(explain: str, source: str) -> list[RenderableType]:
    """What explains an answer, and where to read again."""
    lines: list[RenderableType] = []
    if explain:
        lines += [Text(), Prose(explain)]
    if source:
        lines.append(Prose(_("Read again: {source}").format(source=source), style="quiet"))
    return lines


def _key(key: str, proposed: bool) -> Text:
    return Text(f"▸{key}◂" if proposed else key, style="key")
