"""Result files: what is written is read again, and what cannot be so is refused with its reason."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.card import Card, encode
from quizdock.core.errors import QuizDockError
from quizdock.core.forms import Choice, Match, Option, Pair, Text
from quizdock.core.marking import Certainty, Mark, Place, Rules, result
from quizdock.core.paper import Asked
from quizdock.core.result_file import Attempt, Results, read, write
from quizdock.core.sitting import Event, Kind

PLACE = Place("deck", "t", "The topic")
CHOICE = Choice((Option("right", right=True), Option("wrong")))
TEXT = Text(("docker",))


def asked(name: str, task: Choice | Text) -> Asked:
    return Asked(PLACE, name, 7, encode(Card(name, "t", f"{name}?", task, task)))


PAPER = (asked("a", CHOICE), asked("b", TEXT))
EVENTS = (
    Event(Kind.OPENED, 1000),
    Event(Kind.ANSWERED, 2000, 1, "right", 1.0, 900, Certainty.SURE),
    Event(Kind.FLAGGED, 2500, 2),
    Event(Kind.ANSWERED, 3000, 2, "podman", 0.0, 800, Certainty.GUESS),
    Event(Kind.SUBMITTED, 4000),
)
RULES = Rules(60.0, minutes=10, certainty=True)
MARKS = [Mark(PLACE, 1.0, Certainty.SURE), Mark(PLACE, 0.0, Certainty.GUESS)]
ATTEMPT = Attempt(3, {"deck": "The deck"}, 42, RULES, 739_944, 1000, 601_000, 4000, PAPER, EVENTS, result(MARKS, RULES))
RESULTS = Results("laptop", "Ada", (ATTEMPT,))


def test_what_is_written_is_read_again() -> None:
    assert read(write(RESULTS)) == RESULTS
    assert write(read(write(RESULTS))) == write(RESULTS)


def test_a_mark_given_anew_travels_with_its_corrected_card() -> None:
    body = encode(Card("b", "t", "b?", Text(("podman",)), Text(("podman",))))
    events = (*EVENTS, Event(Kind.REGRADED, 9000, 2, "podman", 1.0, hash=8, body=body))
    marks = [Mark(PLACE, 1.0, Certainty.SURE), Mark(PLACE, 1.0, Certainty.GUESS)]
    regraded = Results("laptop", "Ada", (ATTEMPT._replace(events=events, result=result(marks, RULES)),))
    assert read(write(regraded)) == regraded


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "this is no result file, or only a part of one"),
        (write(RESULTS)[:-40], "this is no result file, or only a part of one"),
        ("[" * 100_000, "this is no result file, or only a part of one"),
        ("[]", "this is no file of exam results"),
        ('{"quizdock": "deck"}', "this is no file of exam results"),
        ('{"quizdock": "results"}', "this file has no format that QuizDock knows"),
        ('{"quizdock": "results", "format": true}', "this file has no format that QuizDock knows"),
        ('{"quizdock": "results", "format": 2}', "this file was written by a newer QuizDock (format 2)"),
        ('{"quizdock": "results", "format": 1}', "“device” is not what it should be"),
        (
            '{"quizdock": "results", "format": 1, "device": "x", "learner": "y", "attempts": {}}',
            "“attempts” is not what it should be",
        ),
    ],
)
def test_what_is_no_result_file_is_refused_as_a_whole(text: str, said: str) -> None:
    with pytest.raises(QuizDockError) as caught:
        read(text)
    assert str(caught.value) == said


@pytest.mark.parametrize("depth", [40, 400, 700, 950, 990])
@pytest.mark.parametrize("key", ["given", "asked", "at", "kind", "later"])
def test_what_is_nested_too_deep_is_refused_as_a_whole(key: str, depth: int) -> None:
    data = json.loads(write(RESULTS))
    data["attempts"][0]["events"][1][key] = "deep"
    with pytest.raises(QuizDockError, match=r"nested more than 32 levels deep|only a part of one"):
        read(json.dumps(data).replace('"deep"', "[" * depth + "]" * depth))


def test_a_file_of_millions_of_values_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(QuizDockError, match="this file holds more values than exams ever have"):
        read(f'{{"quizdock": "results", "format": 1, "later": [{"[]," * 5_000_000}[]]}}')


@pytest.mark.parametrize("given", [[["x"]], ["x"], [[["x"], "ex"]], [[{}, "ex"]], [["x", "ex", "more"]], [7], "x", {}])
def test_pairs_that_are_none_are_no_answer(given: object) -> None:
    match = Match((Pair("x", "ex"), Pair("y", "why")))
    paper = (Asked(PLACE, "m", 7, encode(Card("m", "t", "m?", match, match))),)
    events = (Event(Kind.ANSWERED, 2000, 1, given, 1.0), Event(Kind.SUBMITTED, 4000))
    attempt = ATTEMPT._replace(paper=paper, events=events, result=result([Mark(PLACE, 1.0)], RULES))
    found = read(write(Results("laptop", "Ada", (attempt,))))
    assert found.attempts == ()
    assert len(found.refused) == 1


def changed(change: Callable[[dict[str, Any]], object]) -> list[str]:
    """Why the attempt is refused after a change; the other one in the file is not."""
    data = json.loads(write(Results("laptop", "Ada", (ATTEMPT, ATTEMPT._replace(number=4)))))
    change(data["attempts"][0])
    found = read(json.dumps(data))
    assert [attempt.number for attempt in found.attempts] == [4]
    assert [refused.place for refused in found.refused] == [1]
    return [str(refused.reason) for refused in found.refused]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda a: a.update(points=2), "it claims 2 points, but its marks come to 1"),
        (lambda a: a.update(points=99), "“points” is not what it should be"),
        (lambda a: a["events"][3].update(credit=1), "question 2 claims 1, but its answer is worth 0"),
        (lambda a: a["events"][3].update(credit=7), "“credit” is not what it should be"),
        (lambda a: a["events"][3].update(credit=float("nan")), "“credit” is not what it should be"),
        (lambda a: a["events"][1].update(given="neither"), "the answer to question 1 is none"),
        (lambda a: a["events"][1].update(number=3), "“number” is not what it should be"),
        (lambda a: a["events"][1].update(number=True), "“number” is not what it should be"),
        (lambda a: a["events"][1].update(kind="won"), "“kind” is not what it should be"),
        (lambda a: a["events"][1].update(certainty="very"), "“certainty” is not what it should be"),
        (lambda a: a["events"].pop(), "it is not finished, or goes on after its end"),
        (lambda a: a["events"].append(a["events"][1]), "it is not finished, or goes on after its end"),
        (lambda a: a["events"].append(a["events"][-1]), "it is not finished, or goes on after its end"),
        (lambda a: a.update(finished=1), "it ended before it began"),
        (lambda a: a.update(finished=10**30), "“finished” is not what it should be"),
        (lambda a: a["questions"].clear(), "“number” is not what it should be"),
        (lambda a: a["questions"][0].pop("asked"), "question 1 cannot be read"),
        (lambda a: a["questions"][1].update(asked={"q": "?", "a": ["recall", "x"]}), "question 2 cannot be read"),
        (lambda a: a["questions"][1].update(asked={"q": 1, "a": [], "x": 1}), "question 2 cannot be read"),
        (lambda a: a["questions"][0]["asked"].update(a=["choice", [[1, 1], ["x", 0]]]), "question 1 cannot be read"),
        (lambda a: a["questions"][1]["asked"].update(a=["text", ["x" * 5000, [], ""]]), "question 2 cannot be read"),
        (lambda a: a["questions"][0]["asked"].update(e=7), "question 1 cannot be read"),
        (lambda a: a["questions"][0]["asked"].update(t=[None]), "question 1 cannot be read"),
        (lambda a: a["questions"][0]["asked"].update(y="no idea"), "question 1 cannot be read"),
        (lambda a: a["questions"][0].update(deck="d" * 400), "“deck” is not what it should be"),
        (lambda a: a.update(decks=[]), "“decks” is not what it should be"),
        (lambda a: a.update(day="yesterday"), "“day” is not what it should be"),
        (lambda a: a.update(rules={"pass": 60, "mode": "easy"}), "“mode” is not what it should be"),
        (lambda a: a.update(rules={"pass": 160}), "“pass” is not what it should be"),
        (lambda a: a.pop("rules"), "“rules” is not what it should be"),
        (lambda a: a.update(number=0), "“number” is not what it should be"),
        (lambda a: a.update(seed="42"), "“seed” is not what it should be"),
    ],
)
def test_an_attempt_that_cannot_be_so_is_refused_with_its_reason(
    change: Callable[[dict[str, Any]], object], said: str
) -> None:
    assert changed(change) == [said]


def test_a_part_that_is_no_table_is_refused() -> None:
    data = json.loads(write(RESULTS))
    data["attempts"] = ["x", 7, None, []]
    assert len(read(json.dumps(data)).refused) == 4


def test_texts_from_strangers_are_cleaned() -> None:
    data = json.loads(write(RESULTS))
    data["learner"] = "A\x1b[2Jda"
    data["attempts"][0]["decks"] = {"deck": "D\u202e"}
    data["attempts"][0]["questions"][0]["asked"]["q"] = "a\x1b?"
    found = read(json.dumps(data))
    assert found.learner == "A\ufffd[2Jda"
    assert found.attempts[0].decks == {"deck": "D\ufffd"}
    assert found.attempts[0].paper[0].decoded.prompt == "a\ufffd?"


def test_keys_of_later_versions_are_ignored() -> None:
    data = json.loads(write(RESULTS))
    data["more"] = data["attempts"][0]["more"] = data["attempts"][0]["events"][0]["more"] = [1]
    assert read(json.dumps(data)) == RESULTS


scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=5)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
)


def places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything in the tree."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(found for key, value in items for found in places(value, (*path, key)))]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data(), anything)
def test_whatever_is_put_anywhere_is_refused_or_read_and_never_a_crash(data: st.DataObject, value: Any) -> None:
    tree = json.loads(write(RESULTS))
    path = data.draw(st.sampled_from(places(tree)[1:]))
    node = tree
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    try:
        found = read(json.dumps(tree))
    except QuizDockError:
        return
    assert all(0 <= attempt.result.score.percent <= 100 for attempt in found.attempts)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(0, 3000), st.integers(0, 255), st.booleans())
def test_a_damaged_file_is_refused_or_read_and_never_a_crash(place: int, byte: int, cut: bool) -> None:
    text = write(RESULTS)
    place %= len(text)
    damaged = text[:place] + ("" if cut else chr(byte) + text[place + 1 :])
    try:
        read(damaged)
    except QuizDockError as error:
        assert str(error)
