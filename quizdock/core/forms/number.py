"""Number: the learner types a number, with its unit if it has one."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self

from quizdock.core.errors import ResponseError
from quizdock.core.forms.task import Form, Given, Shape, Verdict, as_line
from quizdock.core.message import NOTHING, Message, msg
from quizdock.core.text import fold, without_typography

MOST_DIGITS = 30
"""Digits of a number that are read; a longer one is refused, and so is one with a greater power of ten."""

# fmt: off
DECIMAL_COMMA = {
    "bg", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "id", "is", "it", "lt", "lv", "nb", "nl",
    "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi",
}
# fmt: on
"""Languages that write a comma before decimals, so that a point may stand between thousands."""

_NUMBER = re.compile(r"([+-]?) ?(\d(?:[\d .,']*\d)?|[.,]\d+)(?:[eE]([+-]?\d+))?(.*)", re.ASCII | re.DOTALL)
_DECIMALS = re.compile(r"\d*(?:[.,]\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}([ '.,])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d+)?", re.ASCII)
_EITHER = re.compile(r"[1-9]\d{0,2}([.,])\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Number(Form):
    """The value, how far off is still right, and the units accepted; value and tolerance are decimal texts."""

    form: ClassVar[str] = "number"
    shape: ClassVar[Shape] = Shape.LINE

    value: str
    tolerance: str = "0"
    relative: bool = False
    units: tuple[str, ...] = ()
    lang: str = ""

    @property
    def answer(self) -> str:
        """The value as the deck's language writes it, so that it can be read in one way only, with its first unit."""
        value = self.value.replace(".", self._mark)
        if self._mark == "," and _EITHER.fullmatch(value.lstrip("-")):
            value += "0"
        return f"{value}\N{NO-BREAK SPACE}{self.units[0]}" if self.units else value

    def mark(self, response: object) -> Verdict:
        """Credit 1 if |given - value| <= tolerance (tolerance x |value| where relative), else 0.

        Decimals follow a comma or a point; spaces, apostrophes, points or commas may stand between thousands. A missing
        unit is forgiven, another one is wrong. Raises ResponseError for what is no number, and for one that may be read
        in two ways: `1,234` is either 1234 or 1.234.
        """
        text = as_line(response)
        if not text:
            return Verdict(0.0)
        number, unit = self._parts(text)
        if unit and fold(unit) not in map(fold, self.units):
            return Verdict(0.0, detail=self._unit_detail(unit))
        value = Fraction(self.value)
        allowed = Fraction(self.tolerance) * (abs(value) if self.relative else 1)
        if abs(number - value) > allowed:
            return Verdict(0.0)
        return Verdict(1.0, msg("the unit was not counted") if self.units and not unit else NOTHING)

    def given(self, response: object) -> Given:
        """The typed text."""
        return as_line(response)

    def as_data(self) -> list[Any]:
        """Plain JSON data."""
        return [self.value, self.tolerance, int(self.relative), list(self.units), self.lang]

    @classmethod
    def from_data(cls, data: list[Any]) -> Self:
        """The task that `as_data` wrote."""
        value, tolerance, relative, units, lang = data
        return cls(value, tolerance, bool(relative), tuple(units), lang)

    def _unit_detail(self, unit: str) -> Message:
        if not self.units:
            return msg("no unit was asked for, and “{unit}” is one", unit=unit)
        return msg("the unit is {right}, not “{unit}”", right=self.units[0], unit=unit)

    def _parts(self, text: str) -> tuple[Fraction, str]:
        """The number and what stands behind it."""
        found = _NUMBER.fullmatch(_in_ascii_digits(without_typography(text)))
        if found is None:
            raise ResponseError(msg("answer with a number"))
        sign, digits, power, rest = found[1], found[2], int(found[3] or 0), found[4].lstrip(" .,")
        if sum(map(str.isdigit, digits)) > MOST_DIGITS or abs(power) > MOST_DIGITS:
            raise ResponseError(msg("that is too long: {limit} digits at most", limit=MOST_DIGITS))
        if next((sign for sign in rest if sign.isalnum()), "").isnumeric():
            raise ResponseError(msg("answer with a number"))
        self._refuse_either(sign, digits)
        return Fraction(sign + _without_thousands(digits).replace(",", ".")) * Fraction(10) ** power, rest

    def _refuse_either(self, sign: str, digits: str) -> None:
        either = _EITHER.fullmatch(digits)
        if either and (either[1] == "," or self.lang in DECIMAL_COMMA):
            raise ResponseError(
                msg(
                    "“{number}” may mean two numbers: write {whole} or {decimals}",
                    number=sign + digits,
                    whole=sign + digits.replace(either[1], ""),
                    decimals=sign + digits.replace(either[1], self._mark) + "0",
                )
            )

    @property
    def _mark(self) -> str:
        return "," if self.lang in DECIMAL_COMMA else "."


def _in_ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def _without_thousands(digits: str) -> str:
    """The digits with at most one sign among them, the one before decimals. Raises ResponseError for none such."""
    if _DECIMALS.fullmatch(digits):
        return digits
    found = _THOUSANDS.fullmatch(digits)
    if found is None:
        raise ResponseError(msg("answer with a number"))
    return digits.replace(found[1], "")
