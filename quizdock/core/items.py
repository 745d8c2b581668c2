"""Item analysis: what the marks of many sittings say about each question, and about the test as a whole.

Classical test theory, as Moodle's statistics have it: x is an item's mark, T a sitting's total, R = T - x its rest
score; variances and covariances divide by n - 1. Papers may differ: an item's figures are over the sittings that had
it, and totals and rest scores are then shares of what could be reached, so that an easy paper counts for no more than a
hard one. Where all papers are alike that changes nothing. Percentages are 0-100; None is what is undefined.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import comb, sqrt
from statistics import fmean, median
from typing import NamedTuple

from quizdock.core.forms import Boolean, Choice, Choices, Match, Task


class Answer(NamedTuple):
    """What one sitting has for one item: the mark, its maximum, and the texts of the options chosen, if any."""

    mark: float
    maximum: float
    given: tuple[str, ...] = ()


class Sheet(NamedTuple):
    """One sitting as item analysis sees it: who sat it (an opaque identity), and the answers by the items' ids."""

    learner: str
    answers: Mapping[str, Answer]

    @property
    def total(self) -> float:
        """T: the marks together."""
        return sum(answer.mark for answer in self.answers.values())

    @property
    def maximum(self) -> float:
        """What could be reached."""
        return sum(answer.maximum for answer in self.answers.values())


class Item(NamedTuple):
    """A question: its card's id, what it asks, its options (none where it is typed), and what chance earns (0-1)."""

    id: str
    prompt: str = ""
    options: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    guess: float = 0.0


class Option(NamedTuple):
    """An option: how many chose it, and their mean rest score in percent."""

    text: str
    right: bool
    chosen: int
    mean_rest: float | None
    rest_variance: float | None
    """Of the rest scores as shares, 0-1."""


class Statistics(NamedTuple):
    """One item's figures over `n` sittings."""

    item: Item
    n: int
    facility: float | None
    deviation: float | None
    """The standard deviation of the mark, in percent of its maximum."""
    discrimination: float | None
    """The correlation of the mark with the rest score."""
    efficiency: float | None
    """Their covariance, of the greatest that these marks could have."""
    weight: float | None
    """The item's part in the spread of the totals."""
    options: tuple[Option, ...]


class Test(NamedTuple):
    """The figures of the test as a whole over `n` sittings, in percent of what could be reached."""

    n: int
    mean: float | None
    median: float | None
    deviation: float | None
    consistency: float | None
    """Cronbach's alpha over the items that carry marks; an approximation where papers differ."""
    error_ratio: float | None
    standard_error: float | None
    alike: bool
    """Whether all papers had the same items."""


class Analysis(NamedTuple):
    """The test, and its items in their order."""

    test: Test
    items: tuple[Statistics, ...]


def analysis(items: Sequence[Item], sheets: Sequence[Sheet]) -> Analysis:
    """The figures of these items over these sheets."""
    usual = fmean(sheet.maximum for sheet in sheets) if sheets else 0.0
    taken = _by_item(sheets)
    roots = {item.id: _root(taken[item.id], usual) for item in items}
    together = sum(roots.values())
    return Analysis(_test(sheets), tuple(_statistics(item, taken[item.id], roots[item.id], together) for item in items))


class _Taken(NamedTuple):
    """An item as the sittings have it that had it, in their order: four lists side by side.

    R, the rest score, is the share, 0-1, of what could be reached with the other items; 0 where there is none.
    """

    answers: list[Answer]
    totals: list[float]
    maxima: list[float]
    rests: list[float]


def _by_item(sheets: Iterable[Sheet]) -> Mapping[str, _Taken]:
    """Each item's sittings; every sheet is added up once."""
    found: dict[str, _Taken] = defaultdict(lambda: _Taken([], [], [], []))
    for sheet in sheets:
        total, maximum = sheet.total, sheet.maximum
        for item, answer in sheet.answers.items():
            others = maximum - answer.maximum
            answers, totals, maxima, rests = found[item]
            answers.append(answer)
            totals.append(total)
            maxima.append(maximum)
            rests.append((total - answer.mark) / others if others else 0.0)
    return found


def first_attempts(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The first sheet of each learner; they are given in the order of time."""
    firsts: dict[str, Sheet] = {}
    for sheet in sheets:
        firsts.setdefault(sheet.learner, sheet)
    return list(firsts.values())


def guess_of(task: Task) -> float:
    """The credit, 0-1, that answering by chance earns: one option of several, true or false, any set of ticks but none,
    any partner for each entry. 0 where something is typed or put in order.
    """
    match task:
        case Boolean():
            return 0.5
        case Choice(options=options):
            return 1 / len(options)
        case Choices(options=options):
            right = len(task.answer)
            return _by_ticking(right, len(options) - right)
        case Match():
            return 1 / len(task.choices)
        case _:
            return 0.0


def _by_ticking(right: int, wrong: int) -> float:
    """The mean credit over all sets of ticks that are not empty."""
    earned = sum(
        comb(right, hits) * comb(wrong, misses) * (hits - misses) / right
        for hits in range(right + 1)
        for misses in range(min(hits, wrong + 1))
    )
    return float(earned / (2 ** (right + wrong) - 1))


def _statistics(item: Item, taken: _Taken, root: float, together: float) -> Statistics:
    marks, rests, n = [answer.mark for answer in taken.answers], taken.rests, len(taken.answers)
    maximum = max((answer.maximum for answer in taken.answers), default=0.0)
    spread, rest_spread, shared = _covariance(marks, marks), _covariance(rests, rests), _covariance(marks, rests)
    greatest = _covariance(sorted(marks), sorted(rests))
    return Statistics(
        item,
        n,
        100 * fmean(marks) / maximum if maximum else None,
        100 * sqrt(spread) / maximum if maximum and n > 1 else None,
        100 * shared / sqrt(spread * rest_spread) if _is_some(spread) and _is_some(rest_spread) else None,
        100 * shared / greatest if _is_some(spread) and _is_some(greatest) else None,
        100 * root / together if together else None,
        tuple(_option(text, item, taken) for text in item.options),
    )


def _root(taken: _Taken, usual: float) -> float:
    """The root of the covariance of mark and total, 0 where that is negative; as if all had sat the mean paper."""
    sums = zip(taken.totals, taken.maxima, strict=True)
    totals = [total * (usual / maximum) if maximum else 0.0 for total, maximum in sums]
    return sqrt(max(0.0, _covariance([answer.mark for answer in taken.answers], totals)))


def _option(text: str, item: Item, taken: _Taken) -> Option:
    rests = [rest for answer, rest in zip(taken.answers, taken.rests, strict=True) if text in answer.given]
    mean = 100 * fmean(rests) if rests else None
    spread = _covariance(rests, rests) if len(rests) > 1 else None
    return Option(text, text in item.right, len(rests), mean, spread)


def _test(sheets: Sequence[Sheet]) -> Test:
    sheets = [sheet for sheet in sheets if sheet.maximum]
    alike = len({frozenset(sheet.answers) for sheet in sheets}) <= 1
    if not sheets:
        return Test(0, None, None, None, None, None, None, alike)
    shares = [100 * sheet.total / sheet.maximum for sheet in sheets]
    deviation = sqrt(_covariance(shares, shares)) if len(sheets) > 1 else None
    alpha = _alpha(sheets)
    ratio = sqrt(max(0.0, 1 - alpha)) if alpha is not None else None
    return Test(
        len(sheets),
        fmean(shares),
        median(shares),
        deviation,
        None if alpha is None else 100 * alpha,
        None if ratio is None else 100 * ratio,
        None if ratio is None or deviation is None else ratio * deviation,
        alike,
    )


def _alpha(sheets: Sequence[Sheet]) -> float | None:
    """Cronbach's alpha, k/(k - 1) x (1 - sum of the items' variances / variance of the totals).

    Where papers differ, k is their mean length, and each item's variance counts as often as papers had it.
    """
    marks: dict[str, list[float]] = {}
    for sheet in sheets:
        for item, answer in sheet.answers.items():
            if answer.maximum:
                marks.setdefault(item, []).append(answer.mark)
    length = sum(map(len, marks.values())) / len(sheets)
    totals = [sheet.total for sheet in sheets]
    spread = _covariance(totals, totals)
    if length <= 1 or not _is_some(spread):
        return None
    within = sum(_covariance(each, each) * len(each) / len(sheets) for each in marks.values())
    return length / (length - 1) * (1 - within / spread)


def _covariance(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Dividing by n - 1; 0 for fewer than two."""
    if len(xs) < 2:
        return 0.0
    x, y = fmean(xs), fmean(ys)
    return sum((one - x) * (other - y) for one, other in zip(xs, ys, strict=True)) / (len(xs) - 1)


def _is_some(spread: float) -> bool:
    """Whether there is any variance beyond what rounding leaves."""
    return spread > 1e-12
