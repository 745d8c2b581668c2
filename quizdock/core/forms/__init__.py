"""The forms of answer. One form = one file here + one line in `FORMS`.

Every form is a frozen dataclass that holds what is right and offers what `Task` lists. The user interface never
asks which form it has, only which `Shape` of input it takes.
"""

from typing import Any

from quizdock.core.errors import ResponseError
from quizdock.core.forms.boolean import Boolean
from quizdock.core.forms.choice import Choice
from quizdock.core.forms.choices import Choices
from quizdock.core.forms.command import Command
from quizdock.core.forms.listing import Listing
from quizdock.core.forms.match import Match
from quizdock.core.forms.number import Number
from quizdock.core.forms.order import Order
from quizdock.core.forms.path import Path, Refusal
from quizdock.core.forms.recall import Recall
from quizdock.core.forms.task import Given, Option, Ordered, Pair, Shape, Task, Verdict, is_nothing
from quizdock.core.forms.text import Text
from quizdock.core.message import msg

FORMS: dict[str, type[Task]] = {
    form.form: form for form in (Recall, Choice, Choices, Boolean, Text, Number, Command, Listing, Match, Order, Path)
}


def task_as_data(task: Task) -> list[Any]:
    """The task as plain JSON data: its form's name, then what `from_data` of that form takes."""
    return [task.form, task.as_data()]


def task_from_data(data: list[Any]) -> Task:
    """The task that `task_as_data` wrote."""
    name, inner = data
    return FORMS[name].from_data(inner)


def response_for(task: Task, given: object) -> object:
    """The response that was given in these texts, in the terms of `mark`; `given` is as JSON has what `given` returned.

    Raises ResponseError where it chose what the task does not offer.
    """
    match task.shape:
        case Shape.ONE:
            return _places(task.choices, [given])[0]
        case Shape.SOME | Shape.ORDER:
            return _places(task.choices, given)
        case Shape.MATCH:
            partners = _partners(given)
            return _places(task.choices, [partners[item] for item in task.items if item in partners])
        case _:
            return given


def _partners(given: object) -> dict[str, object]:
    """The partners by their entries, of those that are pairs."""
    pairs = [each for each in given if isinstance(each, list) and len(each) == 2] if isinstance(given, list) else []
    return {entry: partner for entry, partner in pairs if isinstance(entry, str)}


def _places(choices: tuple[str, ...], texts: object) -> list[int]:
    if not isinstance(texts, list) or not all(text in choices for text in texts):
        raise ResponseError(msg("what was chosen is not on offer any more"))
    return [choices.index(text) for text in texts]


__all__ = [
    "FORMS",
    "Boolean",
    "Choice",
    "Choices",
    "Command",
    "Given",
    "Listing",
    "Match",
    "Number",
    "Option",
    "Order",
    "Ordered",
    "Pair",
    "Path",
    "Recall",
    "Refusal",
    "Shape",
    "Task",
    "Text",
    "Verdict",
    "is_nothing",
    "response_for",
    "task_as_data",
    "task_from_data",
]
