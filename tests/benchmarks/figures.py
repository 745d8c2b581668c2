"""What a benchmark found, beside what it should be: as a table for people, as JSON for programs."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple


class Figure(NamedTuple):
    """One row of the table: `most` and `least` bound the value, the floor and the peer are of the same run."""

    name: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None
    floor: str = ""
    """The least that Python and SQLite allow, measured beside it."""
    peer: str = ""
    """What another program takes for the same."""

    @property
    def met(self) -> bool:
        """Whether the value is within its bounds."""
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    @property
    def target(self) -> str:
        """The bounds, as people write them."""
        least = [f"≥ {number(self.least)}"] if self.least is not None else []
        most = [f"≤ {number(self.most)}"] if self.most is not None else []
        return f"{' and '.join([*least, *most])} {self.unit}" if least or most else "–"


def number(value: float) -> str:
    """Three digits that count, or all of a larger whole number."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def as_markdown(figures: Sequence[Figure]) -> str:
    """The table in Markdown."""
    lines = ["| figure | measured | target | met | floor | peer |", "| --- | --- | --- | --- | --- | --- |"]
    lines += [
        f"| {each.name} | {number(each.value)} {each.unit} | {each.target} | {'yes' if each.met else 'NO'}"
        f" | {each.floor or '–'} | {each.peer or '–'} |"
        for each in figures
    ]
    return "\n".join(lines)


def as_json(figures: Sequence[Figure], circumstances: dict[str, Any]) -> str:
    """The same with what the figures depend on."""
    rows = [{**each._asdict(), "met": each.met} for each in figures]
    return json.dumps({**circumstances, "figures": rows}, ensure_ascii=False, indent=1)
