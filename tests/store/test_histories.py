"""Whole histories, written out and taken in again."""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizdock.core import sitting
from quizdock.core.card import Deck, encode
from quizdock.core.errors import QuizDockError
from quizdock.core.history_file import read
from quizdock.core.journal import Answer, Kind
from quizdock.core.marking import Certainty, Place, Result, Rules, Score
from quizdock.core.paper import Asked
from quizdock.store import Store, open_store
from quizdock.store.devices import merged
from quizdock.store.histories import Imported
from quizdock.store.journal import Key, Moment

DAY = 739_944  # 2026-11-24
NOON = Moment(1_795_521_600_000, DAY)
CARDS = ("one/a", "one/b", "one/c", "two/d")


class Answered(NamedTuple):
    """Who answered which card, how well, and how many days after what happened before."""

    learner: int
    card: int
    grade: int
    later: int
    kind: Kind
    response: object


class Recorded(NamedTuple):
    """A card suspended, resumed, buried, reset or brought forward."""

    learner: int
    card: int
    kind: Kind


class Relinked(NamedTuple):
    """A card handed over to the next but `by`."""

    learner: int
    card: int
    by: int


class Undone(NamedTuple):
    """An undo of the event that is `back` places before the last one still standing."""

    back: int


class Sat(NamedTuple):
    """An exam, finished or left open, marked anew or not; `retry` asks an earlier one's mistakes, if there is one."""

    learner: int
    given: object
    certain: Certainty | None
    finished: bool
    regraded: bool
    deleted: bool
    retry: bool


Step = Answered | Recorded | Relinked | Undone | Sat
learners, cards = st.integers(0, 1), st.integers(0, 3)
responses = st.one_of(
    st.none(),
    st.booleans(),
    st.text(st.characters(categories=("L", "N", "P", "S")), max_size=8),
    st.lists(st.sampled_from(["docker ps", "é", "→"]), max_size=3),
)
answers = st.builds(
    Answered,
    learners,
    cards,
    st.integers(0, 5),
    st.sampled_from([0, 0, 1, 6, 40, -1]),
    st.sampled_from([Kind.REVIEW, Kind.REVIEW, Kind.DRILL, Kind.CRAM]),
    responses,
)
recorded = st.builds(
    Recorded, learners, cards, st.sampled_from([Kind.SUSPEND, Kind.RESUME, Kind.BURY, Kind.RESET, Kind.DUE])
)
relinked = st.builds(Relinked, learners, cards, st.integers(1, 3))
sat = st.builds(
    Sat,
    learners,
    st.sampled_from(["the answer", "wrong for a", "is not on offer", None]),
    st.sampled_from([None, *Certainty]),
    st.booleans(),
    st.booleans(),
    st.sampled_from([False, False, True]),
    st.booleans(),
)
histories = st.lists(
    st.one_of(answers, answers, answers, recorded, relinked, sat, st.builds(Undone, st.integers(0, 5))), max_size=30
)
lenient = settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
Decks = Callable[..., Deck]


@contextmanager
def database(name: str) -> Iterator[Store]:
    """A store of a device with this name."""
    with tempfile.TemporaryDirectory() as folder, closing(open_store(Path(folder) / "q.db", name)) as store:
        store.database.execute("PRAGMA synchronous = OFF")  # nobody pulls the plug here
        yield store


def put_decks(store: Store, deck_of: Decks) -> None:
    store.catalogue.put(deck_of("two", topic="d"), "two.toml", b"")
    store.catalogue.put(deck_of("one", topic="a b c"), "one.toml", b"")


def number_of(store: Store, card: str) -> int:
    deck, _slash, name = card.partition("/")
    (found,) = store.cards.named(name, deck)
    return found.number


def live(store: Store, steps: Sequence[Step], start: Moment = NOON) -> None:
    """Let all this happen to Ada and Bob."""
    standing: list[tuple[int, Key]] = []
    people = [store.learners.find_or_add(name) for name in ("Ada", "Bob")]
    numbers = [number_of(store, card) for card in CARDS]
    now = start
    for step in steps:
        now = Moment(now.at + 1000, now.day + (step.later if isinstance(step, Answered) else 0))
        match step:
            case Answered(who, card, grade, _later, kind, response):
                text = None if response is None else json.dumps(response, ensure_ascii=False, separators=(",", ":"))
                answer = Answer(numbers[card], grade, text, 100 + grade, 77, kind)
                standing.append((people[who], store.journal.answer(people[who], answer, now)[0]))
            case Recorded(who, card, kind):
                standing.append((people[who], store.journal.record(people[who], kind, numbers[card], now)))
            case Relinked(who, card, by):
                other = numbers[(card + by) % len(numbers)]
                standing.append((people[who], store.journal.relink(people[who], numbers[card], other, now)))
            case Undone(back):
                if standing:
                    store.journal.undo(*standing.pop(-1 - back % len(standing)), now)
            case Sat():
                sit(store, people[step.learner], step, now)


def sit(store: Store, learner: int, step: Sat, now: Moment) -> int:
    row = store.catalogue.card(number_of(store, "one/a"))
    body = encode(row.card)
    paper = [Asked(Place("one", "topic", "About topic"), "a", row.hash, body)] * 2
    earlier = store.attempts.finished(learner)
    rules = Rules(
        60 if step.retry else 62.5,
        minutes=30 if step.finished else None,
        mode="practice" if step.retry else "deferred",
        penalty=0.25 if step.regraded else 0.0,
        certainty=step.certain is not None,
        retry_of=earlier[0].id if step.retry and earlier else None,
    )
    attempt = store.attempts.start(learner, paper, {"one": "The one"}, 42, rules, now)
    store.attempts.append(attempt, 0, sitting.Event(sitting.Kind.OPENED, now.at))
    given = sitting.Event(sitting.Kind.ANSWERED, now.at + 1, 1, step.given, 0.5, 1200, step.certain)
    store.attempts.append(attempt, 1, given)
    certainty = Score(3.0, 6) if step.certain else None
    if step.finished:
        result = Result(Score(0.5, 2), (), passed=False, certainty=certainty)
        store.attempts.finish(attempt, 2, sitting.Event(sitting.Kind.SUBMITTED, now.at + 2), result)
        if step.regraded:
            regrade = sitting.Event(sitting.Kind.REGRADED, now.at + 3, 1, step.given, 1.0, hash=7, body=body)
            store.attempts.regrade(attempt, 3, [regrade], result)
    if step.deleted:
        store.attempts.delete(attempt)
    return attempt


def exported(store: Store, name: str = "Ada") -> bytes:
    return store.histories.export(store.learners.find(name))[0].encode()


def take_in(store: Store, lines: bytes, name: str = "Ada") -> Imported:
    return store.histories.take_in(read(lines.splitlines(keepends=True)), name, "fresh")


def standing_of(store: Store, name: str = "Ada") -> list[list[Any]]:
    """What is kept of a learner's cards, days and exams, by names."""
    card = "(SELECT deck.name || '/' || card.name FROM card JOIN deck ON deck.id = card.deck WHERE card.id = card)"
    learner = store.learners.find(name)
    queries = [
        f"SELECT {card} AS of, repetitions, interval, ease, due, reviewed, repeat_day, lapses FROM schedule"
        " WHERE learner = ? ORDER BY of",
        f"SELECT {card} AS of, suspended, buried FROM held WHERE learner = ? ORDER BY of",
        "SELECT day, deck.name, new, reviews, drills, milliseconds FROM daily JOIN deck ON deck.id = deck"
        " WHERE learner = ? AND (new OR reviews OR drills) ORDER BY day, deck.name",
        "SELECT deck.name, position FROM frontier JOIN deck ON deck.id = deck WHERE learner = ?"
        " AND deck.file IS NOT NULL ORDER BY 1",
    ]
    exams = [
        (row.number, row.device, row.points, row.certainty_points, row.percent, row.passed, row.decks)
        for row in sorted(store.attempts.finished(learner), key=lambda row: (row.device, row.number))
    ]
    papers = [(store.attempts.paper(row.id), store.attempts.events(row.id)) for row in store.attempts.finished(learner)]
    return [*(store.database.rows(query, [learner]) for query in queries), exams, papers]


@lenient
@given(history=histories, with_decks=st.booleans())
def test_a_history_comes_back_as_it_was_with_the_decks_and_without(
    deck_of: Decks, history: list[Step], with_decks: bool
) -> None:
    with database("here") as store, database("elsewhere") as other:
        put_decks(store, deck_of)
        live(store, history)
        store.learners.follow(store.learners.find("Ada"), [store.catalogue.deck("two").id])
        store.journal.rebuild()
        if with_decks:
            put_decks(other, deck_of)
        lines = exported(store)
        take_in(other, lines)
        assert exported(other) == lines
        assert other.journal.rebuild().wrong == 0
        if not with_decks:
            put_decks(other, deck_of)
            assert other.cards.orphans(other.learners.find("Ada")) == []
            other.journal.rebuild()
        assert exported(other) == lines
        assert standing_of(other) == standing_of(store)


@lenient
@given(history=histories)
def test_whoever_was_removed_comes_back_by_an_import(deck_of: Decks, history: list[Step]) -> None:
    with database("here") as store:
        put_decks(store, deck_of)
        live(store, history)
        store.journal.rebuild()
        file = store.database.path.parent / "ada.jsonl"
        before, events = standing_of(store), store.database.rows("SELECT * FROM event")
        store.learners.remove("Ada", file)
        lines = file.read_bytes()
        done = take_in(store, lines)
        assert done.known == (done.events if lines.count(b"\n") > 1 else 0)
        assert store.database.rows("SELECT * FROM event") == events
        assert exported(store) == lines
        assert standing_of(store) == before
        assert store.journal.rebuild().wrong == 0


@lenient
@given(first=histories, second=histories, third=histories)
def test_a_history_goes_on_elsewhere_and_comes_home(
    deck_of: Decks, first: list[Step], second: list[Step], third: list[Step]
) -> None:
    with database("laptop") as laptop, database("desktop") as desktop:
        put_decks(laptop, deck_of)
        put_decks(desktop, deck_of)
        live(laptop, first)
        take_in(desktop, exported(laptop))
        live(desktop, second, Moment(NOON.at + 10**9, DAY + 50))
        assert desktop.journal.rebuild().wrong == 0
        laptop.learners.remove("Ada", laptop.database.path.parent / "ada.jsonl")
        take_in(laptop, exported(desktop))
        assert exported(laptop) == exported(desktop)
        for store in (laptop, desktop):
            live(store, third, Moment(NOON.at + 2 * 10**9, DAY + 100))
            assert store.journal.rebuild().wrong == 0
            assert store.database.rows("PRAGMA foreign_key_check") == []
        assert [each[:3] for each in standing_of(laptop)[:3]] == [each[:3] for each in standing_of(desktop)[:3]]


# What is refused


EVENTFUL: list[Step] = [
    Answered(0, 0, 4, 0, Kind.REVIEW, "docker ps"),
    Answered(1, 0, 5, 0, Kind.REVIEW, None),
    Answered(0, 1, 2, 0, Kind.REVIEW, ["a", "b"]),
    Undone(0),
    Relinked(0, 0, 2),
    Sat(0, "the answer", Certainty.SURE, finished=True, regraded=True, deleted=False, retry=False),
    Sat(0, "the answer", None, finished=True, regraded=False, deleted=False, retry=True),
    Sat(0, "the answer", None, finished=False, regraded=False, deleted=False, retry=False),
]


@pytest.fixture
def lines(deck_of: Decks) -> list[dict[str, Any]]:
    """What Ada did: a learner's line, four events, three exams."""
    with database("here") as other:
        put_decks(other, deck_of)
        live(other, EVENTFUL)
        return [json.loads(line) for line in exported(other).splitlines()]


def joined(lines: Sequence[dict[str, Any]]) -> bytes:
    return "".join(f"{json.dumps(line)}\n" for line in lines).encode()


def refused(store: Store, data: bytes, name: str = "Ada") -> tuple[str, str]:
    """Why it is refused, and the hint; nothing has changed."""
    before = list(store.database.connection.iterdump())
    with pytest.raises(QuizDockError) as caught:
        take_in(store, data, name)
    assert list(store.database.connection.iterdump()) == before
    return str(caught.value), str(caught.value.hint)


def test_a_name_is_taken_by_whoever_has_done_anything(
    store: Store, deck_of: Decks, lines: list[dict[str, Any]]
) -> None:
    put_decks(store, deck_of)
    live(store, [Recorded(0, 0, Kind.SUSPEND)])
    assert refused(store, joined(lines)) == (
        "line 1: there is already a learner called Ada",
        "Import it under another name: --as NAME",
    )
    take_in(store, joined(lines), "Augusta")
    assert store.learners.names() == ["Ada", "Augusta", "Bob"]


def test_a_name_of_whoever_has_done_nothing_is_free(store: Store, lines: list[dict[str, Any]]) -> None:
    ada = store.learners.add("Ada")
    assert take_in(store, joined(lines)) == Imported(4, 3, 0, 3)
    assert store.learners.find("Ada") == ada


def test_what_is_here_already_does_not_come_twice(store: Store, lines: list[dict[str, Any]]) -> None:
    take_in(store, joined(lines))
    said = "line 2: this is here already, of Ada"
    assert refused(store, joined(lines), "Eve") == (
        said,
        "Nothing was imported: what the file holds is here already, or a part of it.",
    )
    header = {**lines[0], "events": 0}
    assert refused(store, joined([header, *lines[5:]]), "Eve")[0] == said


def test_whoever_was_removed_gets_nothing_back_that_is_not_equal(
    store: Store, lines: list[dict[str, Any]], tmp_path: Path
) -> None:
    take_in(store, joined(lines))
    store.learners.remove("Ada", tmp_path / "ada.jsonl")
    lines[1]["grade"] = 5
    assert refused(store, joined(lines))[0] == "line 2: another event has this number here"


def test_an_exam_that_was_deleted_does_not_come_back_to_whoever_is_here(
    store: Store, lines: list[dict[str, Any]]
) -> None:
    take_in(store, joined(lines))
    store.attempts.delete(store.attempts.finished()[0].id)
    header = {**lines[0], "events": 0}
    assert refused(store, joined([header, *lines[5:]]), "Eve")[0] == "line 2: this is here already, of Ada"


def test_a_retry_names_its_exam_in_every_database(store: Store, deck_of: Decks, lines: list[dict[str, Any]]) -> None:
    put_decks(store, deck_of)
    live(store, [Sat(1, "the answer", None, finished=True, regraded=False, deleted=False, retry=False)])
    take_in(store, joined(lines))
    first, retry = store.attempts.finished(store.learners.find("Ada"))
    assert (first.number, retry.number, retry.rules.retry_of) == (1, 2, first.id)
    assert first.id != 1


def test_a_file_of_format_2_is_read(store: Store, lines: list[dict[str, Any]]) -> None:
    lines[0] = {"type": "learner", "format": 2, "name": "Ada"}
    for attempt in lines[5:]:
        attempt["decks"] = list(attempt["decks"])
        del attempt["certainty_points"], attempt["gone"]
        for question in attempt["questions"]:
            del question["topic_id"]
        for event in attempt["events"]:
            event.pop("asked", None)
    lines[6]["rules"]["retry_of"] = 1
    assert take_in(store, joined(lines)) == Imported(4, 3, 0, 3)
    first, retry = store.attempts.finished(store.learners.find("Ada"))
    assert (first.decks, retry.rules.retry_of) == ({"one": "one"}, first.id)


Change = Callable[[list[dict[str, Any]]], object]
WRONG: list[tuple[Change, str]] = [
    (lambda all_: all_[0].update(format=4), "this file was written by a newer QuizDock (format 4)"),
    (lambda all_: all_[0].update(format=1), "line 1: “format” is not what it should be"),
    (lambda all_: all_[0].update(format=True), "line 1: “format” is not what it should be"),
    (lambda all_: all_[0].update(name="\n"), "line 1: “name” is not what it should be"),
    (lambda all_: all_[0].update(name="x" * 61), "line 1: “name” is not what it should be"),
    (lambda all_: all_[0].update(follows=[1]), "line 1: “follows” is not what it should be"),
    (lambda all_: all_[0].update(type="event"), "this is no learner's history"),
    (lambda all_: all_.clear(), "this is no learner's history"),
    (lambda all_: all_.pop(), "line 7: the file is not whole: its first line promises other lines than these"),
    (lambda all_: all_.pop(4), "line 7: the file is not whole: its first line promises other lines than these"),
    (lambda all_: all_[2].update(type="learner"), "line 3: “type” is not what it should be"),
    (lambda all_: all_.append(all_[1]), "line 9: “type” is not what it should be"),
    (lambda all_: all_[1].pop("device"), "line 2: “device” is not what it should be"),
    (lambda all_: all_[1].update(device="x" * 301), "line 2: “device” is not what it should be"),
    (lambda all_: all_[1].update(seq=0), "line 2: “seq” is not what it should be"),
    (lambda all_: all_[4].update(seq=10**9 + 1), "line 5: “seq” is not what it should be"),
    (lambda all_: all_[2].update(seq=1), "line 3: the device's events do not stand in the order of “seq”"),
    (lambda all_: all_[2].update(device="x"), "line 4: the events of one device do not stand together"),
    (lambda all_: all_[1].update(kind="win"), "line 2: “kind” is not what it should be"),
    (lambda all_: all_[1].update(kind=["review"]), "line 2: “kind” is not what it should be"),
    (lambda all_: all_[1].update(at="2026-11-24"), "line 2: “at” is not what it should be"),
    (lambda all_: all_[1].update(at="9026-11-24T12:00:00.000+00:00"), "line 2: “at” is not what it should be"),
    (lambda all_: all_[1].update(at="2026-11-24T25:00:00.000+00:00"), "line 2: “at” is not what it should be"),
    (lambda all_: all_[1].update(day="0001-01-01"), "line 2: “day” is not what it should be"),
    (lambda all_: all_[1].update(day="2026-02-30"), "line 2: “day” is not what it should be"),
    (lambda all_: all_[1].update(day=739_944), "line 2: “day” is not what it should be"),
    (lambda all_: all_[1].update(card="one"), "line 2: “card” is not what it should be"),
    (lambda all_: all_[1].update(card="/a"), "line 2: “card” is not what it should be"),
    (lambda all_: all_[1].update(grade=6), "line 2: “grade” is not what it should be"),
    (lambda all_: all_[1].update(grade=None), "line 2: “grade” is not what it should be"),
    (lambda all_: all_[1].update(grade=True), "line 2: “grade” is not what it should be"),
    (lambda all_: all_[1].update(milliseconds=-1), "line 2: “milliseconds” is not what it should be"),
    (lambda all_: all_[1].update(response={"a": 1}), "line 2: “response” is not what it should be"),
    (lambda all_: all_[1].update(response=[[[[["a"]]]]]), "line 2: “response” is not what it should be"),
    (lambda all_: all_[1].update(hash=2**63), "line 2: “hash” is not what it should be"),
    (lambda all_: all_[1].update(of=all_[3]["of"]), "line 2: “of” does not belong here"),
    (lambda all_: all_[1].update(to_card="one/b"), "line 2: “to_card” does not belong here"),
    (lambda all_: all_[3].update(grade=3), "line 4: “grade” does not belong here"),
    (lambda all_: all_[3].update(of=None), "line 4: “of” is not what it should be"),
    (
        lambda all_: all_[3]["of"].update(seq=99),
        "line 4: it takes back what is no event of this card in the lines before",
    ),
    (
        lambda all_: all_[3].update(card="one/a"),
        "line 4: it takes back what is no event of this card in the lines before",
    ),
    (lambda all_: all_[4].update(to_card="one/a"), "line 5: “to_card” is not what it should be"),
    (lambda all_: all_[4].update(to_card=None), "line 5: “to_card” is not what it should be"),
    (lambda all_: all_[6].update(number=1), "line 7: this exam stands in the file twice"),
    (lambda all_: all_[5].update(number="1"), "line 6: “number” is not what it should be"),
    (lambda all_: all_[5].update(seed=-1), "line 6: “seed” is not what it should be"),
    (lambda all_: all_[5].update(decks=["one"]), "line 6: “decks” is not what it should be"),
    (lambda all_: all_[5].update(rules={"pass": 101}), "line 6: “pass” is not what it should be"),
    (lambda all_: all_[5]["rules"].update(mode=[]), "line 6: “mode” is not what it should be"),
    (lambda all_: all_[5]["rules"].update(certainty=1), "line 6: “certainty” is not what it should be"),
    (lambda all_: all_[5].update(points=99), "line 6: “points” is not what it should be"),
    (lambda all_: all_[5].update(gone=0), "line 6: “gone” is not what it should be"),
    (lambda all_: all_[5].update(finished=None), "line 6: it is not finished, or goes on after its end"),
    (
        lambda all_: all_[5]["events"].append(all_[5]["events"][0]),
        "line 6: it is not finished, or goes on after its end",
    ),
    (lambda all_: all_[5].update(questions=[]), "line 6: it has no question"),
    (lambda all_: all_[5]["questions"][1].update(number=1), "line 6: “number” is not what it should be"),
    (lambda all_: all_[5]["questions"][1].update(asked={}), "line 6: question 2 cannot be read"),
    (lambda all_: all_[5]["questions"][1]["asked"].update(q=1), "line 6: question 2 cannot be read"),
    (lambda all_: all_[5]["events"][1].update(number=3), "line 6: “number” is not what it should be"),
    (lambda all_: all_[5]["events"][1].update(credit=1.5), "line 6: “credit” is not what it should be"),
    (lambda all_: all_[5]["events"][1].update(certainty=4), "line 6: “certainty” is not what it should be"),
    (lambda all_: all_[5]["events"][1].update(given={}), "line 6: “given” is not what it should be"),
    (lambda all_: all_[5]["events"][0].update(given="x"), "line 6: “given” does not belong here"),
    (lambda all_: all_[5]["events"][3].update(asked=[]), "line 6: question 1 cannot be read"),
]


@pytest.mark.parametrize(("change", "said"), WRONG, ids=[said for _change, said in WRONG])
def test_what_cannot_be_so_is_refused_with_its_line(
    store: Store, lines: list[dict[str, Any]], change: Change, said: str
) -> None:
    change(lines)
    assert refused(store, joined(lines))[0] == said


def test_texts_of_strangers_are_cleaned(store: Store, lines: list[dict[str, Any]]) -> None:
    lines[1]["response"] = ["\x1b[2J", "\u202e"]
    lines[1]["card"] = "one/\x1b"
    take_in(store, joined(lines))
    (event,) = [json.loads(line) for line in exported(store).splitlines()][1:2]
    assert (event["response"], event["card"]) == (["\ufffd[2J", "\ufffd"], "one/\ufffd")


def test_a_database_goes_on_after_any_number(store: Store, deck_of: Decks, lines: list[dict[str, Any]]) -> None:
    put_decks(store, deck_of)
    for line in lines[1:]:
        line["device"] = "this-machine"
    lines[3]["of"]["device"] = "this-machine"
    lines[6]["rules"]["retry_of"]["device"] = "this-machine"
    lines[4]["seq"] = lines[7]["number"] = 10**9
    take_in(store, joined(lines))
    live(store, EVENTFUL, Moment(NOON.at, DAY + 1))
    assert store.journal.rebuild().wrong == 0


# The order of devices


def test_a_device_whose_exams_were_collected_before_takes_them_along(
    store: Store, lines: list[dict[str, Any]], deck_of: Decks
) -> None:
    store.database.execute("INSERT INTO device (name) VALUES ('here')")
    store.database.execute(
        "INSERT INTO attempt (device, number, candidate, seed, rules, day, started, questions)"
        " VALUES (2, 99, 'Eve', 1, '{\"pass\": 70}', 739000, 0, 1)"
    )
    take_in(store, joined(lines))
    assert store.database.rows("SELECT id, name FROM device ORDER BY id") == [(0, "here"), (1, "this-machine")]
    assert store.database.rows("SELECT DISTINCT device FROM attempt") == [(0,)]
    assert store.database.rows("PRAGMA foreign_key_check") == []


def test_a_device_begins_a_new_journal_behind_what_went_on_elsewhere(
    store: Store, lines: list[dict[str, Any]], tmp_path: Path, deck_of: Decks
) -> None:
    put_decks(store, deck_of)
    live(store, EVENTFUL)
    store.learners.remove("Ada", tmp_path / "ada.jsonl")
    with database("elsewhere") as other:
        take_in(other, (tmp_path / "ada.jsonl").read_bytes())
        other.journal.record(other.learners.find("Ada"), Kind.SUSPEND, number_of(other, "one/c"), NOON)
        take_in(store, exported(other))
    devices = store.database.rows("SELECT id, name FROM device ORDER BY id")
    assert devices == [(-1, "this-machine"), (0, "elsewhere"), (1, "fresh")]
    bobs = store.database.rows("SELECT device FROM event WHERE learner = ?", [store.learners.find("Bob")])
    assert bobs == [(-1,)]
    assert store.journal.record(store.learners.find("Bob"), Kind.SUSPEND, 1, NOON) == Key(1, 1)


@pytest.mark.parametrize(
    ("known", "names", "order"),
    [
        (["here"], ["a"], ["a", "here"]),
        (["here"], ["a", "b"], ["a", "b", "here"]),
        (["here"], ["here"], ["here"]),
        (["a", "here"], ["b"], ["a", "b", "here"]),
        (["a", "here"], ["b", "a"], ["b", "a", "here"]),
        (["a", "here"], ["a", "b"], ["a", "b", "here"]),
        (["a", "c", "here"], ["a", "b", "c", "d"], ["a", "b", "c", "d", "here"]),
        (["here"], ["here", "a"], ["here", "a"]),
        (["a", "here"], ["a", "here", "b", "c"], ["a", "here", "b", "c"]),
        (["a", "here"], ["b", "here", "c"], ["a", "b", "here", "c"]),
    ],
)
def test_devices_keep_their_order_and_what_went_on_elsewhere_comes_last(
    known: list[str], names: list[str], order: list[str]
) -> None:
    assert merged(known, names, "here") == order


def test_devices_in_another_order_are_refused() -> None:
    with pytest.raises(QuizDockError) as caught:
        merged(["a", "b", "here"], ["b", "a"], "here")
    assert str(caught.value) == "the devices of this history are in another order here"
