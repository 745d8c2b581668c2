"""The same questions on a terminal, with a line that can be edited."""

import questionary

from quizdock.core.cleaning import clean
from quizdock.ui.form import Check, asked
from quizdock.ui.prompts import STYLE


class InteractiveForm:
    """What is wrong with a line is said below it, and the line comes again, to be mended."""

    def line(self, label: str, default: str, check: Check) -> str | None:
        """What was typed, or the default; None at the end of input. Raises KeyboardInterrupt."""
        typed = ""
        while True:
            question = questionary.text(clean(asked(label, default)), default=typed, qmark="", style=STYLE)
            try:
                typed = str(question.unsafe_ask()).strip()
            except EOFError:
                return None
            problem = check(typed or default)
            if not problem:
                return typed or default
            questionary.print(clean(problem))
