"""What SM-2 makes of a row of grades, and what a pace makes of a year: study without a learner.

Days are ordinals, intervals days. Whoever simulates brings the dice: `Dice` gives numbers in [0, 1).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quizdock.core import sm2
from quizdock.core.agenda import Candidate, Rules, plan
from quizdock.core.journal import NOTHING_DONE, Kind, Past, Standing, State, Today, moves_schedule, step
from quizdock.core.sm2 import LAST_DAY, Schedule

Dice = Callable[[], float]

MATURE = 21
"""The interval in days from which on a card counts as mature, as in Anki."""
EASY_SHARE = 0.1
"""How many of the remembered cards are graded 5."""
HARD_SHARE = 0.1
"""How many of the remembered cards are graded 3; the rest of them is graded 4."""
ALMOST_SHARE = 0.5
"""How many of the forgotten cards are graded 2; the rest of them is graded 1."""
NEW_KNOWN = 0.5
"""How probably a card is known when it is asked for the first time: its text was read, nothing was learned yet."""
REPEATED = 4
"""The grade of a drill: what was not known is known at the second try."""


class Answered(NamedTuple):
    """One answer of a row: its number from 1, its study day, its grade, and the schedule after it."""

    number: int
    day: int
    grade: int
    schedule: Schedule

    @property
    def again_today(self) -> bool:
        """Whether the card comes back on the same study day."""
        return self.grade < sm2.REPEAT_BELOW


def answers(grades: Iterable[int], start: int, late: int = 0) -> Iterator[Answered]:
    """A new card answered with these grades, first on the day `start`, then `late` days after each due day.

    Ends early where the calendar ends. Raises ValueError for a grade outside 0–5.
    """
    schedule: Schedule | None = None
    day = start
    for number, grade in enumerate(grades, 1):
        if day > LAST_DAY:
            return
        schedule = sm2.review(schedule, grade, day)
        yield Answered(number, day, grade, schedule)
        day = schedule.due + late if schedule.due < LAST_DAY else LAST_DAY + 1


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner made of dice: the probability of remembering a due card, and milliseconds for an answer."""

    retention: float
    milliseconds: int
    dice: Dice

    def grade(self, standing: Standing | None, day: int) -> int:
        """How the learner does on a card on this study day. The same number never gives less where more is retained."""
        if not moves_schedule(standing, day):
            return REPEATED
        return grade_of(self.dice(), NEW_KNOWN if standing is None else self.retention)


def grade_of(number: float, known: float) -> int:
    """The grade that a number in [0, 1) stands for, where a card is known with the probability `known`."""
    if number < known * EASY_SHARE:
        return 5
    if number < known * (1 - HARD_SHARE):
        return 4
    if number < known:
        return 3
    return 2 if number < known + (1 - known) * ALMOST_SHARE else 1


class Met(NamedTuple):
    """A card that has been answered: as a candidate for its next review, and where it stands."""

    candidate: Candidate
    standing: Standing


class Progress(NamedTuple):
    """What has been met, by the cards' numbers, and what has not, in the order in which it will be."""

    unmet: Sequence[Candidate]
    met: Mapping[int, Met]


class Day(NamedTuple):
    """One study day: what was done, and how things stood at its end."""

    day: int
    done: Today
    backlog: int
    """Due cards for which the day had no room."""
    buried: int
    """Due cards that waited because a sibling was asked."""
    mature: int
    unmet: int


def study_one_day(before: Progress, rules: Rules, learner: Learner) -> tuple[Progress, Day]:
    """The progress after one study day, and its figures: the plan, the events and the schedules of `study` itself."""
    due = [each.candidate for each in before.met.values() if each.candidate.due <= rules.day]
    agenda = plan(due, before.unmet, (), rules)
    states = {card: State(before.met[card].standing if card in before.met else None) for card in agenda.cards}
    done = NOTHING_DONE
    while (card := agenda.current) is not None:
        grade = learner.grade(states[card].standing, rules.day)
        states[card], gained = step(states[card], Past(Kind.REVIEW, rules.day, grade, learner.milliseconds))
        done = done.plus(gained)
        agenda = agenda.answered(grade)
    after = _progress(before, {card: state.standing for card, state in states.items() if state.standing})
    return after, _figures(after, done, [each for each in due if each.card not in states], rules, states.keys())


def study_days(progress: Progress, rules: Rules, learner: Learner, days: int) -> Iterator[Day]:
    """So many study days, from that of the rules on, one after the other."""
    for day in range(rules.day, rules.day + days):
        progress, figures = study_one_day(progress, rules._replace(day=day), learner)
        yield figures


def met(candidate: Candidate, standing: Standing) -> Met:
    """A card as it stands, to be asked again when its schedule says so."""
    schedule = standing.schedule
    return Met(candidate._replace(interval=schedule.interval, due=schedule.due), standing)


def _progress(before: Progress, standings: Mapping[int, Standing]) -> Progress:
    """The progress with these cards standing elsewhere."""
    first = [each for each in before.unmet if each.card in standings]
    candidates = {each.card: each for each in first}
    changed = {
        card: met(before.met[card].candidate if card in before.met else candidates[card], standing)
        for card, standing in standings.items()
    }
    unmet = [each for each in before.unmet if each.card not in standings] if first else before.unmet
    return Progress(unmet, {**before.met, **changed})


def _figures(after: Progress, done: Today, left: Sequence[Candidate], rules: Rules, asked: Iterable[int]) -> Day:
    families = {after.met[card].candidate.family for card in asked} if left and rules.bury_siblings else set()
    buried = sum(each.family in families and each.overdueness(rules.day) < 1 for each in left)
    mature = sum(each.standing.schedule.interval >= MATURE for each in after.met.values())
    return Day(rules.day, done, len(left) - buried, buried, mature, len(after.unmet))


class Span(NamedTuple):
    """Some days in a row: the first and the last, reviews a day on average, and the most of one day."""

    first: int
    last: int
    average: float
    most: int


def spans(days: Sequence[Day], length: int) -> list[Span]:
    """The days in parts of `length`; the last part may be shorter."""
    return [_span(days[at : at + length]) for at in range(0, len(days), length)]


def _span(days: Sequence[Day]) -> Span:
    reviews = [each.done.reviews for each in days]
    return Span(days[0].day, days[-1].day, sum(reviews) / len(reviews), max(reviews))


@dataclass(frozen=True, slots=True)
class Simulation:
    """A simulated pace, with what it was made of: `retention` in percent, `seconds` an answer, and at least one day."""

    decks: Sequence[str]
    cards: int
    new_per_day: int
    reviews_per_day: int
    retention: int
    seconds: int
    seed: int
    from_now: bool
    days: Sequence[Day]

    @property
    def total(self) -> Today:
        """Everything that was done."""
        total = NOTHING_DONE
        for each in self.days:
            total = total.plus(each.done)
        return total

    @property
    def last_new(self) -> int | None:
        """The day on which the last card was met; None where not all were, or none was new."""
        introduced = [each.day for each in self.days if each.done.new]
        return introduced[-1] if introduced and not self.days[-1].unmet else None

    @property
    def busiest(self) -> Day:
        """The first of the days with the most answers."""
        return max(self.days, key=lambda each: each.done.reviews + each.done.drills)

    @property
    def longest_backlog(self) -> Day:
        """The first of the days on which the most due cards had no room."""
        return max(self.days, key=lambda each: each.backlog)

    @property
    def days_with_backlog(self) -> int:
        """On how many days due cards had no room."""
        return sum(each.backlog > 0 for each in self.days)
