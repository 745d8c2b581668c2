"""Prose on the screen: lines that end where a reader would end them."""

import re
from typing import Any

from rich.console import Console
from rich.containers import Lines
from rich.text import Text

_GLUE = "\ue000"
"""Stands for a space at which no line may end while lines are sought: rich would end one at any kind of space."""
_GLUED = re.compile(r"[\u00a0\u202f]| (?=[?!:;»](?:\s|$))|(?<=«) ")


class Prose(Text):
    """Text that is broken neither at a no-break space nor before punctuation that stands apart, as in French."""

    def wrap(self, *args: Any, **options: Any) -> Lines:
        """The lines; what glued their words together is a no-break space in the end."""
        glued = self.copy()
        glued.plain = _GLUED.sub(_GLUE, self.plain)
        lines = glued.wrap(*args, **options)
        for line in lines:
            line.plain = line.plain.replace(_GLUE, "\u00a0")
        return lines


def folded(text: str, width: int) -> list[str]:
    """The lines of a text, none wider than so many columns."""
    return [line.plain.rstrip() for line in Prose(text).wrap(Console(width=width), width)]
