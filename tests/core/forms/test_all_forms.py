"""Laws that hold for every form of answer."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

from quizdock.core.errors import ResponseError
from quizdock.core.forms import (
    FORMS,
    Choice,
    Choices,
    Option,
    Pair,
    Shape,
    Task,
    Verdict,
    response_for,
    task_as_data,
    task_from_data,
)
from quizdock.core.message import NOTHING

# Whatever a line of JSON can hold, NaN and lone halves of surrogate pairs included; small whole numbers often.
responses = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 8) | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
BY_INDEX = (Shape.SOME, Shape.MATCH, Shape.ORDER)
LAW = settings(deadline=None, derandomize=True, max_examples=200)


def test_each_form_is_known_by_its_name() -> None:
    assert {name: form.shape for name, form in FORMS.items()} == {
        "recall": Shape.NONE,
        "choice": Shape.ONE,
        "choices": Shape.SOME,
        "boolean": Shape.YES_NO,
        "text": Shape.LINE,
        "number": Shape.LINE,
        "command": Shape.LINE,
        "list": Shape.LIST,
        "match": Shape.MATCH,
        "order": Shape.ORDER,
        "path": Shape.PATH,
    }


@LAW
@given(data=st.data())
def test_a_task_survives_json(tasks: SearchStrategy[Task], data: DataObject) -> None:
    task = data.draw(tasks)
    again = task_from_data(json.loads(json.dumps(task_as_data(task))))
    assert again == task
    assert type(again) is type(task)


@LAW
@given(data=st.data(), response=responses)
def test_a_response_is_marked_or_refused_and_nothing_else(
    tasks: SearchStrategy[Task], data: DataObject, response: object
) -> None:
    task = data.draw(tasks)
    try:
        verdict = task.mark(response)
    except ResponseError as error:
        assert str(error)
        return
    task.given(response)
    if verdict is None:
        assert task.shape is Shape.NONE
    else:
        assert 0 <= verdict.credit <= 1
        assert verdict.right == (verdict.credit == 1)


@LAW
@given(data=st.data(), seed=st.text(st.characters(exclude_categories=["Cs"]), max_size=5))
def test_arranging_keeps_the_choices_and_the_answer(tasks: SearchStrategy[Task], data: DataObject, seed: str) -> None:
    task = data.draw(tasks)
    arranged = task.arranged(seed)
    assert sorted(arranged.choices) == sorted(task.choices)
    assert arranged.arranged(seed) == arranged
    if isinstance(task.answer, tuple):
        assert isinstance(arranged.answer, tuple)
        assert sorted(arranged.answer) == sorted(task.answer)
    else:
        assert arranged.answer == task.answer


@LAW
@given(data=st.data())
def test_the_right_answer_gets_full_credit(tasks: SearchStrategy[Task], data: DataObject) -> None:
    task = data.draw(tasks).arranged("7")
    response = right_response(task)
    if task.shape is not Shape.NONE:
        assert task.mark(response) == Verdict(1.0, NOTHING, _why(task, response))


@LAW
@given(data=st.data(), response=responses | st.lists(st.integers(0, 4), max_size=4))
def test_what_an_answer_is_worth_does_not_depend_on_the_order_of_the_options(
    tasks: SearchStrategy[Task], data: DataObject, response: object
) -> None:
    """What was given in one order, as it is stored, is marked the same in another."""
    one = data.draw(tasks).arranged("1")
    try:
        verdict, given_texts = one.mark(response), one.given(response)
    except ResponseError:
        return
    if verdict is None:
        return
    stored = json.loads(json.dumps(given_texts))
    other = one.arranged("2")
    again = other.mark(response_for(other, stored))
    assert again is not None
    assert again.credit == verdict.credit
    assert other.given(response_for(other, stored)) == given_texts or one.shape is Shape.SOME


@LAW
@given(data=st.data())
def test_options_that_stay_last_are_last_in_every_order(data: DataObject) -> None:
    texts = data.draw(st.lists(st.text(min_size=1, max_size=3), min_size=2, max_size=6, unique=True))
    last = set(data.draw(st.lists(st.sampled_from(texts), max_size=2, unique=True)))
    options = tuple(Option(text, right=place == 0, last=text in last) for place, text in enumerate(texts))
    for form in (Choice, Choices):
        arranged = form(options).arranged(data.draw(st.text(max_size=3)))
        behind = [option.text for option in options if option.last]
        assert [option.text for option in arranged.options][len(texts) - len(behind) :] == behind


def right_response(task: Task) -> object:
    """The answer in the terms of the JSON protocol."""
    if task.shape is Shape.ONE:
        return task.choices.index(str(task.answer))
    if not isinstance(task.answer, tuple):
        return task.answer
    texts = [each.partner if isinstance(each, Pair) else each for each in task.answer]
    return [task.choices.index(text) for text in texts] if task.shape in BY_INDEX else texts


def _why(task: Task, response: object) -> str:
    """The reason that these tasks, unlike a deck's, may give for a right choice."""
    verdict = task.mark(response)
    return verdict.why if verdict and task.shape is Shape.ONE else ""
