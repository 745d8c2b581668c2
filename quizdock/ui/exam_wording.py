"""What exams say, in words: for every asker, and for the pages and lists of attempts."""

from collections.abc import Mapping

from quizdock.core.calibration import BELIEVED, Band, Calibration, Judgement
from quizdock.core.cleaning import clean
from quizdock.core.days import as_date
from quizdock.core.dialogue import Question
from quizdock.core.exam_dialogue import Assessed, Item, Line, Outcome, Overview, Record, Sitting
from quizdock.core.marking import LOSS, MOST_TRIES, REWARD, Certainty, Place, Rules, certainty_points, points
from quizdock.core.sitting import Answer, worth
from quizdock.ui.figures import duration_text, number_text, percent_text
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext, translate
from quizdock.ui.wording import (
    given_text,
)

MINUS = "\u2212"


# ── before ─────────────────────────────────────────────────────────────────────────────────────────


def sitting_text(sitting: Sitting) -> str:
    """What the exam is, in a line."""
    questions = ngettext("{n} question", "{n} questions", sitting.questions).format(n=sitting.questions)
    rules = sitting.rules
    parts = [_("Exam"), clean(sitting.learner), questions]
    if rules.minutes:
        parts.append(ngettext("{n} minute", "{n} minutes", rules.minutes).format(n=rules.minutes))
    parts.append(_("pass mark {percent}").format(percent=percent_text(rules.pass_percent)))
    parts.append(_("seed {seed}").format(seed=sitting.seed))
    return " · ".join(parts)


def rules_lines(sitting: Sitting) -> list[str]:
    """Everything a candidate should know before the time begins, a line a matter."""
    return [
        *shortage_lines(sitting),
        *resumed_lines(sitting),
        _deadline_line(sitting),
        *marking_lines(sitting.rules),
        *_manners(sitting.rules),
    ]


def shortage_lines(sitting: Sitting) -> list[str]:
    """A word where the decks hold fewer questions than asked for."""
    if sitting.questions >= sitting.asked_for:
        return []
    return [_("({asked} were asked for; there are no more.)").format(asked=sitting.asked_for)]


def resumed_lines(sitting: Sitting) -> list[str]:
    """Where an exam is gone on with, and what has become of its decks since."""
    if not sitting.resumed:
        return []
    answered = _("You go on with exam No. {n}: {answered} of {of} questions are answered.").format(
        n=sitting.attempt, answered=sitting.answered, of=sitting.questions
    )
    changes = [
        _("{change}: the paper stays as it was drawn.").format(change=_capital(translate(each)))
        for each in sitting.changes
    ]
    return [answered, *changes]


def _deadline_line(sitting: Sitting) -> str:
    if sitting.seconds_left is None:
        return _("Take as long as you like.")
    if sitting.resumed:
        return _("{time}; the clock went on while you were away.").format(time=countdown_text(sitting.seconds_left))
    minutes = sitting.rules.minutes or 0
    return ngettext(
        "You have {n} minute, and it goes on if you leave. What stands there at the end counts.",
        "You have {n} minutes, and they go on if you leave. What stands there at the end counts.",
        minutes,
    ).format(n=minutes)


def marking_lines(rules: Rules) -> list[str]:
    """How marks are given."""
    if rules.mode == "practice":
        return [
            _("Practice: {n} tries a question; each wrong one and each hint costs a third.").format(n=MOST_TRIES),
            _("It counts in no score."),
        ]
    lines = [_("A right answer is worth 1 point, a partly right one its part; none costs nothing.")]
    if rules.penalty:
        penalty = number_text(rules.penalty)
        lines.append(
            _("An answer with nothing right costs {penalty}; the whole paper is never worth less than 0.").format(
                penalty=penalty
            )
        )
    if rules.certainty:
        lines.append(_("After each answer you say how sure you are. Besides, that earns certainty points:"))
        lines += [_certainty_line(certainty) for certainty in reversed(Certainty)]
        lines.append(_("They show how well you know what you know, and do not decide whether you pass."))
    if rules.retry_of:
        lines.append(_("These are the mistakes of exam No. {n}; it counts in no score.").format(n=rules.retry_of))
    return lines


def _certainty_line(certainty: Certainty) -> str:
    low, high = BELIEVED[certainty]
    return _("  {name}: right {reward}, wrong {loss}; pays from {low} to {high} right").format(
        name=certainty_name(certainty),
        reward=signed(REWARD[certainty]),
        loss=signed(LOSS[certainty]),
        low=percent_text(round(100 * low)),
        high=percent_text(round(100 * high)),
    )


def _manners(rules: Rules) -> list[str]:
    if rules.mode == "deferred":
        return [_("You may skip, go back and change answers until you submit. Every answer is saved at once.")]
    if rules.mode == "immediate":
        return [_("Each mark is told at once, and an answer is final. Every answer is saved at once.")]
    return []


def certainty_name(certainty: Certainty) -> str:
    """What a certainty is called."""
    return {Certainty.GUESS: _("guess"), Certainty.FAIRLY: _("fairly sure"), Certainty.SURE: _("sure")}[certainty]


def certainty_stakes(certainty: Certainty) -> str:
    """What is won and lost by it."""
    return f"{signed(REWARD[certainty])} / {signed(LOSS[certainty])}"


# ── during ─────────────────────────────────────────────────────────────────────────────────────────


def number_in_paper(question: Question) -> str:
    """Which question of how many."""
    return f"{question.number}/{question.of}"


def status_text(item: Item) -> str:
    """The question's number, and whether it is flagged."""
    flag = " ⚑" if item.answer.flagged else ""
    return f"{number_in_paper(item.question)}{flag}"


def countdown_text(seconds: float) -> str:
    """How much time is left: minutes and seconds, or hours before them."""
    whole = max(0, int(seconds))
    hours, minutes = divmod(whole // 60, 60)
    clock = f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"
    return _("{time} left").format(time=clock)


def tries_text(answer: Answer) -> str:
    """What another try would be worth in practice."""
    left = MOST_TRIES - answer.tries - answer.hints
    tries = ngettext("{n} try left", "{n} tries left", left).format(n=left)
    return _("{tries}; right now: {points}").format(tries=tries, points=number_text(worth(answer)))


def overview_line(line: Line) -> str:
    """One question of the paper: its number, what it asks, and how it stands."""
    flag = " ⚑" if line.flagged else ""
    asks = clean(line.prompt.splitlines()[-1]) if line.prompt else ""
    given = given_text(line.given).replace("\n", " ") if line.is_answered else _("no answer")
    return f"{line.number}{flag}. {asks} — {given}"


def unfinished_text(overview: Overview) -> str:
    """A word about questions without an answer; empty where there are none."""
    n = len(overview.unanswered)
    return ngettext("{n} question has no answer.", "{n} questions have no answer.", n).format(n=n) if n else ""


# ── marks ──────────────────────────────────────────────────────────────────────────────────────────


def signed(number: float) -> str:
    """A number with its sign, a real minus."""
    text = number_text(abs(number))
    return f"+{text}" if number > 0 else f"{MINUS}{text}" if number < 0 else text


def mark_text(each: Assessed) -> str:
    """A mark and why it is so: `2 of 3 right, 1 wrong: 0.33`."""
    earned = points(each.mark, each.rules)
    amount = signed(earned) if earned < 0 else number_text(earned)
    text = _("{why}: {points}").format(why=_why(each), points=amount)
    if each.rules.certainty and each.mark.credit is not None:
        certainty = each.mark.certainty or Certainty.GUESS
        text += " · " + _("{certainty}: {points}").format(
            certainty=certainty_name(certainty), points=signed(certainty_points(each.mark))
        )
    return text


def mark_line(each: Assessed) -> str:
    """The same as a line of its own."""
    return _capital(mark_text(each))


def _why(each: Assessed) -> str:
    if each.mark.credit is None:
        return _("no answer")
    credit = each.answer.credit or 0.0
    why = _right_or_wrong(each, credit)
    if each.rules.mode != "practice":
        return why
    tries = ngettext("{n} try", "{n} tries", each.answer.tries).format(n=each.answer.tries)
    hints = (
        ngettext("{n} hint", "{n} hints", each.answer.hints).format(n=each.answer.hints) if each.answer.hints else ""
    )
    return ", ".join(filter(None, [why, tries, hints]))


def _right_or_wrong(each: Assessed, credit: float) -> str:
    if credit == 1.0:
        leniency = translate(each.verdict.leniency) if each.verdict else ""
        return _("right ({leniency})").format(leniency=leniency) if leniency else _("right")
    detail = translate(each.verdict.detail) if each.verdict else ""
    return detail or (_("partly right") if credit else _("wrong"))


def reasons(each: Assessed) -> list[str]:
    """Why an answer is wrong, as far as the deck says; what QuizDock can say stands in the mark."""
    return each.verdict.why.splitlines() if each.verdict and each.is_mistake else []


def head_lines(record: Record) -> list[str]:
    """Whose exam it was, when, over what, for how long, by which rules."""
    started = as_date(record.day).isoformat()
    decks = ", ".join(map(clean, record.decks.values()))
    head = _("Exam No. {n} · {learner} · {day} · {decks}").format(
        n=record.attempt, learner=clean(record.learner), day=started, decks=decks
    )
    rules = record.rules
    parts = [_("took {time}").format(time=duration_text(record.seconds))]
    if rules.minutes:
        parts.append(ngettext("of {n} minute", "of {n} minutes", rules.minutes).format(n=rules.minutes))
    parts.append(_("pass mark {percent}").format(percent=percent_text(rules.pass_percent)))
    if rules.penalty:
        parts.append(_("penalty {points}").format(points=number_text(rules.penalty)))
    if rules.mode != "deferred":
        parts.append({"immediate": _("marks told at once"), "practice": _("practice")}[rules.mode])
    if rules.retry_of:
        parts.append(_("retry of No. {n}").format(n=rules.retry_of))
    parts.append(_("seed {seed}").format(seed=record.seed))
    return [head, " · ".join(parts)]


def regrade_lines(record: Record) -> list[str]:
    """Which marks were given anew, and what they were before."""
    line = _("Question {n} was marked anew: {before} became {after}.")
    return [
        line.format(n=each.number, before=number_text(each.before), after=number_text(each.after))
        for each in record.regrades
    ]


# ── afterwards ─────────────────────────────────────────────────────────────────────────────────────


def outcome_text(record: Record) -> str:
    """The score in one line."""
    score = record.result.score
    return _("Score: {points} of {of}, {percent}: {verdict}").format(
        points=number_text(score.points),
        of=score.of,
        percent=percent_text(score.percent),
        verdict=passed_text(record.result.passed),
    )


def passed_text(passed: bool) -> str:
    """Whether an exam was passed."""
    return _("passed") if passed else _("not passed")


def certainty_text(record: Record) -> str:
    """The certainty points in one line; empty where none were given."""
    certainty = record.result.certainty
    if certainty is None:
        return ""
    return _("Certainty points: {points} of {of}").format(points=signed(certainty.points), of=certainty.of)


def judgement_text(judgement: Judgement) -> str:
    """What is said of a learner's certainty."""
    match judgement:
        case Judgement.WELL:
            return _("well calibrated")
        case Judgement.OVER:
            return _("over-confident")
        case Judgement.UNDER:
            return _("under-confident")
        case Judgement.TOO_FEW:
            return _("too few answers to say")


def advice_text(calibration: Calibration) -> str:
    """What the calibration as a whole says."""
    match calibration.judgement:
        case Judgement.WELL:
            return _("Well calibrated: you know what you know.")
        case Judgement.OVER:
            return _("Over-confident: you are right less often than you are sure. Doubt more.")
        case Judgement.UNDER:
            return _("Under-confident: you are right more often than you think. Trust yourself more.")
        case Judgement.TOO_FEW:
            return _("Too few answers to say how well you know what you know.")


def answers_text(band: Band) -> str:
    """How many answers had this certainty."""
    return ngettext("{n} answer", "{n} answers", band.answers).format(n=band.answers)


def band_text(band: Band) -> str:
    """One certainty: how many answers, how many of a hundred were right, how many it pays at, what that says."""
    answers = answers_text(band)
    if band.right is None:
        return f"{certainty_name(band.certainty)}: {answers}"
    low, high = BELIEVED[band.certainty]
    return _("{name}: {answers}, {right} right (it pays from {low} to {high}): {judgement}").format(
        name=certainty_name(band.certainty),
        answers=answers,
        right=percent_text(round(100 * band.right)),
        low=percent_text(round(100 * low)),
        high=percent_text(round(100 * high)),
        judgement=judgement_text(band.judgement),
    )


def topic_title(titles: Mapping[str, str], place: Place) -> str:
    """A topic's title, behind its deck's where there are several decks (`titles` by their ids)."""
    deck = titles.get(place.deck, place.deck)
    return f"{deck} › {place.title}" if len(titles) > 1 and place.title != deck else place.title


def kept_text(record: Record) -> str:
    """Where the result is kept."""
    return _("Kept as No. {attempt}. To see it again: quizdock exam review {attempt}").format(attempt=record.attempt)


def left_lines(outcome: Outcome) -> list[str]:
    """That the exam was left, what is kept, and how to go on."""
    sitting = outcome.sitting
    answered = ngettext(
        "You left exam No. {n} with {answered} of {of} question answered.",
        "You left exam No. {n} with {answered} of {of} questions answered.",
        sitting.questions,
    ).format(n=sitting.attempt, answered=outcome.answered, of=sitting.questions)
    lines = [answered, _("Every answer is saved. To go on: quizdock exam --resume")]
    if sitting.seconds_left is not None:
        lines.append(_("The clock goes on: {time}.").format(time=countdown_text(sitting.seconds_left)))
    return lines


def studied_text(outcome: Outcome) -> str:
    """That the mistakes come into study by themselves; empty where they do not."""
    has_any = outcome.record is not None and outcome.record.mistakes
    return _("The mistakes come due in study today.") if has_any and outcome.studies_mistakes else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
