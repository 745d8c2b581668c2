"""Figures as people read them."""

from quizdock.ui.translations import gettext as _


def number_text(number: float) -> str:
    """A number of two decimals at most, without needless zeros, with the language's decimal mark."""
    return f"{round(number, 2):g}".replace(".", _("."))


def percent_text(percent: float) -> str:
    """A percentage, with its sign."""
    return _("{number} %").format(number=number_text(percent))


def duration_text(seconds: int) -> str:
    """Minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02d}"
