"""Asking for consent before something is done that is not undone as easily."""

import sys

from quizdock.cli.study import interactive


def agreed(question: str) -> bool:
    """Whether the answer is yes, on a line that can be edited or on a plain one; the end of input is no."""
    from quizdock.ui import form

    if interactive(plain=False):
        from quizdock.ui.form_screen import InteractiveForm

        return form.agreed(InteractiveForm(), question)
    return form.agreed(form.PlainForm(sys.stdin, sys.stdout), question)
