"""Item analysis on the screen, in lines, and as data."""

from collections.abc import Iterable
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quizdock.core.cleaning import clean
from quizdock.core.item_verdicts import FEWEST, GOOD, accuses_key, verdicts
from quizdock.core.items import Analysis, Option, Statistics, Test
from quizdock.core.message import Message
from quizdock.ui.figures import percent_text
from quizdock.ui.prose import Prose
from quizdock.ui.render import Bar
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext, translate

FIELDS = (
    "item",
    "n",
    "facility",
    "deviation",
    "discrimination",
    "efficiency",
    "weight",
    "guess",
    "verdicts",
)
_NONE = "–"


def items_view(found: Analysis, fewest: int = FEWEST) -> RenderableType:
    """The test as a whole, a line an item, then everything about the doubtful ones."""
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column(_("Item"), overflow="fold", ratio=2)
    for header in (_("n"), _("Facility"), _("Discrimination")):
        table.add_column(header, justify="right", no_wrap=True)
    table.add_column(_("Verdict"), overflow="fold", ratio=2)
    for item in found.items:
        table.add_row(
            Text(clean(item.item.id.partition("/")[2] or item.item.id)),
            str(item.n),
            _percent(item.facility),
            _percent(item.discrimination),
            _verdict_text(item, fewest),
        )
    doubtful = [item for item in found.items if item.options and _is_doubtful(item, fewest)]
    return Group(*map(Prose, test_lines(found.test)), table, *(_details(item, fewest) for item in doubtful))


def _is_doubtful(item: Statistics, fewest: int) -> bool:
    return item.n >= fewest and verdicts(item, fewest) != [GOOD]


def _verdict_text(item: Statistics, fewest: int) -> Text:
    said = verdicts(item, fewest)
    style = "good" if said == [GOOD] else "bad" if accuses_key(item, fewest) else "quiet" if item.n < fewest else "half"
    return Text("; ".join(map(_shown, said)), style=style)


def _shown(message: Message) -> str:
    return translate(message)


def _details(item: Statistics, fewest: int) -> RenderableType:
    """An item's question, and how often each option was chosen by whom."""
    table = Table.grid(padding=(0, 2))
    table.add_column(ratio=3)
    table.add_column(width=12)
    table.add_column(justify="right")
    table.add_column(justify="right")
    for option in item.options:
        share = option.chosen / item.n if item.n else 0.0
        sign, style = ("✓ ", "good") if option.right else ("  ", "")
        rest = "" if option.mean_rest is None else _("rest {percent}").format(percent=_percent(option.mean_rest))
        bar = Bar(share, "█░", "good" if option.right else "half")
        table.add_row(Text(f"{sign}{clean(option.text)}", style=style), bar, str(option.chosen), rest)
    head = Text.assemble((clean(item.item.id), "accent"), " · ", _verdict_text(item, fewest))
    return Padding(Group(head, Prose(_asks(item)), table), (0, 1, 1, 1))


def _asks(item: Statistics) -> str:
    return clean(item.item.prompt.splitlines()[-1]) if item.item.prompt else ""


def test_lines(test: Test) -> list[str]:
    """The figures of the test as a whole."""
    n = ngettext("{n} attempt", "{n} attempts", test.n).format(n=test.n)
    first = _("{n} · mean {mean} · median {median} · standard deviation {deviation}").format(
        n=n, mean=_percent(test.mean), median=_percent(test.median), deviation=_percent(test.deviation)
    )
    consistency = _(
        "Internal consistency (Cronbach’s α) {alpha} · error ratio {ratio} · standard error {error}"
    ).format(alpha=_percent(test.consistency), ratio=_percent(test.error_ratio), error=_percent(test.standard_error))
    lines = [first, consistency]
    if not test.alike:
        lines.append(_("Papers differ: each item's figures are over those that had it, and α is an approximation."))
    return lines


def items_lines(found: Analysis, fewest: int = FEWEST) -> Iterable[str]:
    """The same in lines, for screen readers and pipes."""
    yield from test_lines(found.test)
    for item in found.items:
        yield ""
        yield f"{clean(item.item.id)}: {'; '.join(map(_shown, verdicts(item, fewest)))}"
        if asks := _asks(item):
            yield asks
        yield _(
            "n {n}, facility {facility}, discrimination {discrimination}, efficiency {efficiency}, weight {weight},"
            " by chance {guess}"
        ).format(
            n=item.n,
            facility=_percent(item.facility),
            discrimination=_percent(item.discrimination),
            efficiency=_percent(item.efficiency),
            weight=_percent(item.weight),
            guess=_percent(100 * item.item.guess),
        )
        yield from map(_option_line, item.options)


def _option_line(option: Option) -> str:
    chosen = ngettext("chosen {n} time", "chosen {n} times", option.chosen).format(n=option.chosen)
    right = _("right") if option.right else _("wrong")
    rest = "" if option.mean_rest is None else ", " + _("rest {percent}").format(percent=_percent(option.mean_rest))
    return f"  {clean(option.text)} ({right}): {chosen}{rest}"


def items_data(found: Analysis, fewest: int = FEWEST) -> dict[str, Any]:
    """The same as plain JSON data; percentages are numbers, None where they are undefined."""
    test = found.test
    return {
        "attempts": test.n,
        "mean": _rounded(test.mean),
        "median": _rounded(test.median),
        "deviation": _rounded(test.deviation),
        "consistency": _rounded(test.consistency),
        "error_ratio": _rounded(test.error_ratio),
        "standard_error": _rounded(test.standard_error),
        "papers_alike": test.alike,
        "items": [_item_data(item, fewest) for item in found.items],
    }


def _item_data(item: Statistics, fewest: int) -> dict[str, Any]:
    return {
        "item": item.item.id,
        "prompt": item.item.prompt,
        "n": item.n,
        "facility": _rounded(item.facility),
        "deviation": _rounded(item.deviation),
        "discrimination": _rounded(item.discrimination),
        "efficiency": _rounded(item.efficiency),
        "weight": _rounded(item.weight),
        "guess": _rounded(100 * item.item.guess),
        "options": [
            {
                "text": option.text,
                "right": option.right,
                "chosen": option.chosen,
                "mean_rest": _rounded(option.mean_rest),
            }
            for option in item.options
        ],
        "verdicts": [_shown(message) for message in verdicts(item, fewest)],
        "check_key": accuses_key(item, fewest),
    }


def items_rows(found: Analysis, fewest: int = FEWEST) -> list[list[object]]:
    """A row an item of FIELDS, for spreadsheets."""
    rows: list[list[object]] = []
    for item in found.items:
        data = _item_data(item, fewest)
        data["verdicts"] = "; ".join(data["verdicts"])
        rows.append([data[field] for field in FIELDS])
    return rows


def _percent(figure: float | None) -> str:
    return _NONE if figure is None else percent_text(round(figure, 1))


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 4)
