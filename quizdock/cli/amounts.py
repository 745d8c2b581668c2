"""How much there is of something, in words."""

from quizdock.ui.translations import ngettext


def counted_events(n: int) -> str:
    """So many events."""
    return ngettext("{n} event", "{n} events", n).format(n=n)


def counted_exams(n: int) -> str:
    """So many exams."""
    return ngettext("{n} exam", "{n} exams", n).format(n=n)
