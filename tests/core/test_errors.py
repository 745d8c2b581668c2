"""Errors that say how to mend them."""

from quizdock.core.errors import QuizDockError, ResponseError, unknown_name
from quizdock.core.message import NOTHING, msg

MESSAGE = msg("there is no deck “{name}”", name="dokcer")


def test_an_error_keeps_its_parts_untranslated_and_reads_in_english() -> None:
    error = QuizDockError(MESSAGE, msg("try another"))
    assert (error.message, error.hint) == (MESSAGE, msg("try another"))
    assert str(error) == "there is no deck “dokcer”"
    assert QuizDockError(MESSAGE).hint is NOTHING


def test_an_unreadable_response_is_one_of_the_errors() -> None:
    assert isinstance(ResponseError(MESSAGE), QuizDockError)


def test_an_unknown_name_gets_the_nearest_one_as_its_hint() -> None:
    error = unknown_name(MESSAGE, "dokcer", ["compose", "docker", "git"])
    assert error.message == MESSAGE
    assert str(error.hint) == "Did you mean docker?"


def test_an_unknown_name_with_nothing_near_gets_the_known_ones_in_order() -> None:
    assert str(unknown_name(MESSAGE, "zzz", ["b", "a"]).hint) == "Known: a, b."


def test_at_most_twenty_known_names_are_listed_and_that_there_are_more_is_said() -> None:
    known = [f"n{index:02}" for index in range(21)]
    twenty = ", ".join(known[:20])
    assert str(unknown_name(MESSAGE, "zzzzzz", known[:20]).hint) == f"Known: {twenty}."
    assert str(unknown_name(MESSAGE, "zzzzzz", known).hint) == f"Known: {twenty}, …."


def test_where_nothing_is_known_there_is_no_hint() -> None:
    assert unknown_name(MESSAGE, "a", []).hint is NOTHING
