"""Words that several parts of the interface share. Grades are 0–5, intervals are days."""

from gettext import gettext as _
from gettext import ngettext

from quizdock.core.days import as_date
from quizdock.core.dialogue import Closing, Opening, Outcome, Question, Sitting
from quizdock.core.forms import Given, Ordered, Pair, Shape, Verdict
from quizdock.core.marking import Score
from quizdock.core.text import clean
from quizdock.ui.lines import letter, some_letters, some_order
from quizdock.ui.translations import translate


def grade_name(grade: int) -> str:
    """What a grade means, in a word."""
    return (_("blank"), _("wrong"), _("almost"), _("hard"), _("good"), _("easy"))[grade]


def interval_text(days: int) -> str:
    """An interval, short: `6 d`, `3 mo`, `1.4 y`."""
    if days < 31:
        return _("{n} d").format(n=days)
    if days < 365:
        return _("{n} mo").format(n=round(days / 30.4))
    years = round(days / 365.25, 1)
    return ngettext("{n} y", "{n} y", int(years)).format(n=number_text(years))


def number_text(number: float) -> str:
    """A number of two decimals at most, without needless zeros, with the language's decimal mark."""
    return f"{round(number, 2):g}".replace(".", _("."))


def percent_text(percent: float) -> str:
    """A percentage, with its sign."""
    return _("{number} %").format(number=number_text(percent))


def points_text(score: Score) -> str:
    """Points out of how many."""
    return f"{number_text(score.points)}/{score.of}"


def given_text(given: Given) -> str:
    """A response or an answer, as a text without harm."""
    if given is None or given in ((), ""):
        return _("none")
    if isinstance(given, bool):
        return _("True") if given else _("False")
    if isinstance(given, str):
        return clean(given)
    if isinstance(given, Ordered):
        return " → ".join(map(clean, given))
    texts = [f"{clean(each.item)} → {clean(each.partner)}" if isinstance(each, Pair) else clean(each) for each in given]
    return "\n".join(["", *texts]) if any(isinstance(each, Pair) for each in given) else ", ".join(texts)


def named_choices(question: Question) -> list[tuple[str, str]]:
    """Every choice with what it is called: a letter where entries have the numbers, else a number."""
    choices = question.task.choices
    if question.task.items:
        return [(letter(index), text) for index, text in enumerate(choices)]
    return [(str(number), text) for number, text in enumerate(choices, 1)]


def typing_text(question: Question) -> str:
    """How a typed answer is to be written."""
    task = question.task
    match task.shape:
        case Shape.LIST:
            return _("Your answers, with commas between them:")
        case Shape.ORDER:
            return _("The numbers in the right order, for example {some}:").format(some=some_order(len(task.choices)))
        case Shape.MATCH:
            some = some_letters(len(task.items), len(task.choices))
            return _("One letter for each entry, for example {some}:").format(some=some)
        case Shape.PATH:
            return _("The events in order, by number or by name, with commas between them:")
        case _:
            return _("Your answer:")


def detail_text(verdict: Verdict) -> str:
    """What exactly was missing or refused, if QuizDock can say; else an empty text."""
    text = translate(verdict.detail)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def verdict_text(verdict: Verdict) -> str:
    """Right, wrong or how much of it, with the leniency that applied."""
    leniency = translate(verdict.leniency)
    if verdict.right:
        return _("Right ({leniency})").format(leniency=leniency) if leniency else _("Right")
    if not verdict.credit:
        return _("Wrong")
    partly = _("Partly right: {percent} %").format(percent=round(100 * verdict.credit))
    return f"{partly} ({leniency})" if leniency else partly


def place_text(question: Question) -> str:
    """The deck and the topic."""
    return f"{question.deck} › {question.topic}" if question.topic not in ("", question.deck) else question.deck


def left_text(question: Question) -> str:
    """How many cards are left in a study session: what is not yet known stays among them."""
    return ngettext("{n} left", "{n} left", question.left).format(n=question.left)


def number_in_paper(question: Question) -> str:
    """Which question of how many in an exam."""
    return f"{question.number}/{question.of}"


def kind_text(question: Question) -> str:
    """Whether the card is new, a drill, or an ordinary repetition."""
    if question.new:
        return _("new")
    return _("once more") if question.drill else _("repetition")


def opening_text(opening: Opening) -> str:
    """What today holds."""
    day = as_date(opening.day).isoformat()
    due = ngettext("{n} card to repeat", "{n} cards to repeat", opening.due).format(n=opening.due)
    new = ngettext("{n} new", "{n} new ones", opening.new).format(n=opening.new)
    return f"{opening.learner} · {day} · {due}, {new}"


def duration_text(seconds: int) -> str:
    """Minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def closing_lines(closing: Closing) -> list[str]:
    """What the session did, and what comes next."""
    reviews = ngettext("{n} review", "{n} reviews", closing.reviews).format(n=closing.reviews)
    drills = ngettext("{n} drill", "{n} drills", closing.drills).format(n=closing.drills)
    lines = [f"{reviews} · {drills} · {duration_text(closing.seconds)}"]
    if closing.interrupted:
        lines.insert(0, _("Interrupted. Every answer shown as saved is saved."))
    if closing.left:
        lines.append(
            ngettext(
                "{n} card is left for today. To go on: quizdock study",
                "{n} cards are left for today. To go on: quizdock study",
                closing.left,
            ).format(n=closing.left)
        )
    else:
        lines.append(_("Done for today."))
        if closing.waits_for and not closing.reviews + closing.drills:
            topics = ", ".join(closing.waits_for)
            lines.append(_("New cards here wait until these topics have been met: {topics}.").format(topics=topics))
            lines.append(_("To meet them all the same, say how many: --new 5"))
        if closing.new_waiting and not closing.reviews + closing.drills:
            lines.append(_("More new cards: quizdock study --new 5"))
    tomorrow = closing.due_tomorrow
    lines.append(ngettext("Tomorrow: {n} card due.", "Tomorrow: {n} cards due.", tomorrow).format(n=tomorrow))
    return lines


def sitting_text(sitting: Sitting) -> str:
    """What the exam is."""
    questions = ngettext("{n} question", "{n} questions", sitting.questions).format(n=sitting.questions)
    return _("Exam · {learner} · {questions} · pass mark {percent} % · seed {seed}").format(
        learner=sitting.learner, questions=questions, percent=number_text(sitting.pass_percent), seed=sitting.seed
    )


def shortage_text(sitting: Sitting) -> str:
    """A word where the decks hold fewer questions than asked for; else an empty text."""
    if sitting.questions >= sitting.asked_for:
        return ""
    return _("({asked} were asked for; there are no more.)").format(asked=sitting.asked_for)


def kept_text(outcome: Outcome) -> str:
    """Where the result is kept."""
    return _("Kept as No. {attempt}. All results: quizdock scores").format(attempt=outcome.sitting.attempt)


def outcome_text(outcome: Outcome) -> str:
    """The score in one line, or that the exam was left."""
    if outcome.result is None:
        return _("The exam was left after {answered} of {of} questions. The answers are kept; it has no score.").format(
            answered=outcome.answered, of=outcome.sitting.questions
        )
    score = outcome.result.score
    verdict = _("passed") if outcome.result.passed else _("not passed")
    return _("Score: {points} of {of}, {percent} %: {verdict}").format(
        points=number_text(score.points), of=score.of, percent=number_text(score.percent), verdict=verdict
    )
