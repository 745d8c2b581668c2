"""Words that several parts of the interface share. Grades are 0–5, intervals are days."""

from quizdock.core.agenda import Mode
from quizdock.core.cleaning import clean
from quizdock.core.days import as_date
from quizdock.core.dialogue import (
    Bury,
    Closing,
    Leech,
    Marked,
    Opening,
    Question,
    Saved,
    Suspend,
    TakenBack,
)
from quizdock.core.forms import Given, Ordered, Pair, Shape, Verdict, is_nothing
from quizdock.core.grading import KEYS, on_a_key
from quizdock.core.journal import Kind
from quizdock.core.marking import Score
from quizdock.core.settings import GradeKeys
from quizdock.core.sm2 import PASSING, REPEAT_BELOW, ease_text
from quizdock.ui.figures import duration_text, number_text, percent_text
from quizdock.ui.lines import letter, some_letters, some_order
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext, translate


def grade_name(grade: int) -> str:
    """What a grade means, in a word."""
    return (_("blank"), _("wrong"), _("almost"), _("hard"), _("good"), _("easy"))[grade]


def key_names(keys: GradeKeys) -> list[tuple[str, int, str]]:
    """Every grading key with its grade and what it means, in a word."""
    again = keys == "four"
    return [
        (key, grade, _("again") if again and grade == 1 else grade_name(grade)) for key, grade in KEYS[keys].items()
    ]


def key_of(grade: int, keys: GradeKeys) -> str:
    """The key that gives this grade, or the nearest to it."""
    grade = on_a_key(grade, keys)
    return next(key for key, each in KEYS[keys].items() if each == grade)


def proposal_text(marked: Marked, keys: GradeKeys) -> str:
    """Why the proposed grade is proposed; empty where none is."""
    if not marked.proposal:
        return ""
    key = key_of(marked.proposal.grade, keys)
    return _("{key} ({reason})").format(key=key, reason=translate(marked.proposal.reason))


def key_text(marked: Marked, grade: int) -> str:
    """When a card with this grade comes back, short: `today, 1 d` below 4."""
    interval = marked.intervals[grade]
    if marked.question.drill:
        return _("today") if grade < REPEAT_BELOW else _("done")
    return again_text(interval) if grade < REPEAT_BELOW else interval_text(interval)


def again_text(interval: int) -> str:
    """That a card comes back on the same day, and then after so many days."""
    return _("today, {interval}").format(interval=interval_text(interval))


def saved_text(saved: Saved, keys: GradeKeys = "six") -> str:
    """What was saved, called by the key that gives it, and when the card comes back."""
    key = key_of(saved.grade, keys)
    if saved.crammed or saved.schedule is None:
        return _("✓ Noted: {grade}, no schedule moved").format(grade=key)
    interval = interval_text(saved.schedule.interval)
    again = _("again today, then in {interval}") if saved.again_today else _("next in {interval}")
    return _("✓ Saved: {grade}, {again}").format(grade=key, again=again.format(interval=interval))


def undone_text(undone: TakenBack | None, keys: GradeKeys = "six") -> str:
    """What exactly was taken back; a grade is called by its key."""
    if undone is None:
        return _("There is nothing of today to take back.")
    card = asking_line(undone.prompt)
    match undone.kind:
        case Kind.SUSPEND:
            return _("↶ No longer suspended: {card}").format(card=card)
        case Kind.RESUME:
            return _("↶ Suspended again: {card}").format(card=card)
        case Kind.BURY:
            return _("↶ No longer put off until tomorrow: {card}").format(card=card)
        case Kind.RESET:
            return _("↶ Progress is back: {card}").format(card=card)
        case Kind.RELINK:
            return _("↶ Progress is back at: {card}").format(card=card)
        case Kind.DUE:
            return _("↶ No longer brought forward: {card}").format(card=card)
        case _:
            key = "" if undone.grade is None else key_of(undone.grade, keys)
            return _("↶ Grade {grade} taken back: {card}").format(grade=key, card=card)


def set_aside_text(card: str, command: Suspend | Bury) -> str:
    """That a card is asked no more, and how it comes back."""
    if isinstance(command, Bury):
        return _("Put off until tomorrow: {card}").format(card=card)
    return _("Suspended: {card}. To ask it again: quizdock card resume {card}").format(card=card)


def leech_lines(leech: Leech) -> list[str]:
    """Why the learner is told about this card, and where it can be mended."""
    lapses = ngettext("forgotten {n} time", "forgotten {n} times", leech.lapses).format(n=leech.lapses)
    lines = [
        _("This card does not stick: {lapses}.").format(lapses=lapses),
        asking_line(leech.prompt),
        _(
            "It may ask too much at once, or be too much like another."
            " A better card costs less than one more repetition."
        ),
    ]
    if leech.file:
        place = f"{leech.file}:{leech.line}" if leech.line else leech.file
        lines.append(_("It is written in {place}").format(place=clean(place)))
    return lines


def welcome_lines(keys: GradeKeys) -> list[str]:
    """What a learner must know before the first card."""
    easy, good, hard, again = (key_of(grade, keys) for grade in (5, 4, 3, 1))
    return [
        _("Answer in your head or with the keys; then grade yourself, honestly: nobody else sees it."),
        _(
            "{again}: I did not know. {hard}: with trouble. {good}: I knew. {easy}: at once."
            " The better you knew it, the later it comes back."
        ).format(good=good, easy=easy, hard=hard, again=again),
        _("What you did not know comes back today until you do. A few minutes every day are enough."),
    ]


def whole_line(text: str) -> str:
    """A prompt on one line: what it is about, then what it asks."""
    return " — ".join(map(clean, text.splitlines()))


def asking_line(text: str) -> str:
    """The part of a prompt that asks: its last line, or its only one."""
    return clean(text.splitlines()[-1]) if text else ""


def pace_text(question: Question) -> str:
    """The time since the beginning, and how long the rest will take."""
    spent = duration_text(question.seconds)
    if question.seconds_left is None:
        return spent
    minutes = max(1, round(question.seconds_left / 60))
    return _("{spent} · ~{n} min").format(spent=spent, n=minutes)


def interval_text(days: int) -> str:
    """An interval, short: `6 d`, `3 mo`, `1.4 y`."""
    if days < 31:
        return _("{n} d").format(n=days)
    if days < 365:
        return _("{n} mo").format(n=round(days / 30.4))
    years = round(days / 365.25, 1)
    return ngettext("{n} y", "{n} y", int(years)).format(n=number_text(years))


def ease_in_words(ease: int) -> str:
    """An ease with its two decimals and the language's decimal mark."""
    return ease_text(ease).replace(".", _("."))


def points_text(score: Score) -> str:
    """Points out of how many."""
    return f"{number_text(score.points)}/{score.of}"


def given_text(given: Given) -> str:
    """A response or an answer, as a text without harm."""
    if given is None or is_nothing(given):
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


def kind_text(question: Question) -> str:
    """Whether the card is new, a drill, or an ordinary repetition."""
    if question.new:
        return _("new")
    return _("once more") if question.drill else _("repetition")


def mode_text(mode: Mode) -> str:
    """What kind of session it is; empty for the daily one."""
    match mode:
        case "cram":
            return _("cramming: no schedule moves")
        case "ahead":
            return _("ahead of time")
        case "mistakes":
            return _("mistakes of the last days")
        case _:
            return ""


def opening_text(opening: Opening) -> str:
    """What today holds."""
    day = as_date(opening.day).isoformat()
    if opening.mode != "study":
        cards = ngettext("{n} card", "{n} cards", opening.due + opening.new).format(n=opening.due + opening.new)
        return f"{opening.learner} · {day} · {cards} · {mode_text(opening.mode)}"
    due = ngettext("{n} card to repeat", "{n} cards to repeat", opening.due).format(n=opening.due)
    new = ngettext("{n} new", "{n} new ones", opening.new).format(n=opening.new)
    return f"{opening.learner} · {day} · {due}, {new}"


def closing_lines(closing: Closing) -> list[str]:
    """What the session did, and what comes next."""
    reviews = ngettext("{n} review", "{n} reviews", closing.reviews).format(n=closing.reviews)
    drills = ngettext("{n} drill", "{n} drills", closing.drills).format(n=closing.drills)
    lines = [f"{reviews} · {drills} · {duration_text(closing.seconds)}"]
    if closing.interrupted:
        lines.insert(0, _("Interrupted. Every answer shown as saved is saved."))
    elif closing.time_is_up:
        lines.insert(0, _("The time is up."))
    if cards := sum(closing.grades.values()):
        known = sum(number for grade, number in closing.grades.items() if grade >= PASSING)
        share = round(100 * known / cards)
        lines.append(
            _("{known} of {n} remembered, {percent}").format(known=known, n=cards, percent=percent_text(share))
        )
    lines += _next_lines(closing)
    tomorrow = closing.due_tomorrow
    lines.append(ngettext("Tomorrow: {n} card due.", "Tomorrow: {n} cards due.", tomorrow).format(n=tomorrow))
    if closing.streak > 1:
        lines.append(ngettext("Streak: {n} day.", "Streak: {n} days.", closing.streak).format(n=closing.streak))
    return lines


def _nothing_text(mode: Mode) -> str:
    """Why a session that does not follow the day had nothing to ask."""
    match mode:
        case "ahead":
            return _("Nothing else is due by then.")
        case "mistakes":
            return _("No recent mistake is left.")
        case _:
            return _("There is no such card.")


def _next_lines(closing: Closing) -> list[str]:
    """What is left of the day, and what to type for more."""
    nothing_asked = not closing.grades
    if closing.left:
        today = ngettext("{n} card is left for today.", "{n} cards are left for today.", closing.left)
        left = today if closing.mode == "study" else ngettext("{n} card is left.", "{n} cards are left.", closing.left)
        return [left.format(n=closing.left), _("To go on: {command}").format(command=closing.command)]
    if closing.mode != "study":
        return [_nothing_text(closing.mode) if nothing_asked else _("That was all.")]
    lines = [_("Done for today.")]
    if closing.beyond:
        held = ngettext(
            "The day's limit holds {n} more card back.", "The day's limit holds {n} more cards back.", closing.beyond
        )
        more = f"{closing.command} --reviews {closing.beyond}"
        lines += [held.format(n=closing.beyond), _("To see them all the same: {command}").format(command=more)]
    if closing.waits_for and nothing_asked:
        topics = ", ".join(map(clean, closing.waits_for))
        lines.append(_("New cards here wait until these topics have been met: {topics}.").format(topics=topics))
        lines.append(_("To meet them all the same, say how many: --new 5"))
    if closing.new_waiting and nothing_asked:
        lines.append(_("More new cards: {command} --new 5").format(command=closing.command))
    return lines
