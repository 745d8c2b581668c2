"""The same questions on a terminal, with a line that can be edited."""

import questionary

from quizdock.core.text import clean
from quizdock.ui.form import Check
from quizdock.ui.prompts import STYLE


class InteractiveForm:
    """A line that holds its default, and says at once what is wrong with it."""

    def line(self, label: str, default: str, check: Check) -> str | None:
        """What was typed; None at the end of input. Raises KeyboardInterrupt."""

        def valid(text: str) -> bool | str:
            return check(text.strip()) or True

        question = questionary.text(f"{clean(label)}:", default=default, validate=valid, qmark="", style=STYLE)
        try:
            return str(question.unsafe_ask()).strip()
        except EOFError:
            return None
