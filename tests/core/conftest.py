"""What tests of the core share."""

from itertools import pairwise

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from quizdock.core.forms import (
    Boolean,
    Choice,
    Choices,
    Command,
    Listing,
    Match,
    Number,
    Option,
    Order,
    Pair,
    Path,
    Recall,
    Refusal,
    Task,
    Text,
)
from quizdock.core.machine import Machine, Transition
from quizdock.core.text import fold

_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_named = _texts.filter(bool)
_whys = st.just("") | _texts


@st.composite
def _options(draw: st.DrawFn, most_right: int) -> tuple[Option, ...]:
    texts = draw(st.lists(_named, min_size=1, max_size=6, unique=True))
    right = draw(st.integers(1, min(most_right, len(texts))))
    options = [Option(text, at < right, draw(_whys)) for at, text in enumerate(texts)]
    return tuple(draw(st.permutations(options)))


@st.composite
def _listings(draw: st.DrawFn) -> Listing:
    spellings = draw(st.lists(_named.filter(str.strip), min_size=1, max_size=8, unique_by=fold))
    cuts = draw(st.lists(st.integers(1, len(spellings)), max_size=3).map(lambda cuts: sorted({*cuts, len(spellings)})))
    members = tuple(tuple(spellings[start:end]) for start, end in pairwise([0, *cuts]))
    return Listing(members, draw(_wrong), draw(_langs), draw(st.booleans()))


@st.composite
def _matches(draw: st.DrawFn) -> Match:
    items = draw(st.lists(_named, min_size=1, max_size=5, unique=True))
    extra = draw(st.lists(_named, max_size=2))
    return Match(tuple(Pair(item, draw(_named)) for item in items), tuple(map(Option, extra)))


@st.composite
def _paths(draw: st.DrawFn) -> Path:
    states = "ABCDE"[: draw(st.integers(2, 5))]
    moves = st.tuples(st.sampled_from(states), st.sampled_from(["go", "stop", "Go", "été"]))
    targets = draw(st.dictionaries(moves, st.sampled_from(states), max_size=12)) | {("A", "go"): "B"}
    transitions = tuple(Transition(source, event, target) for (source, event), target in targets.items())
    goals = sorted(Machine((), transitions, "A").reachable() - {"A"})
    refused = draw(st.lists(st.builds(Refusal, st.sampled_from(states), st.just("stop"), _texts), max_size=3))
    return Path("A", draw(st.sampled_from(goals)), transitions, tuple(refused), draw(st.booleans()))


_commands = st.sampled_from(
    ["docker ps", "docker run -it --rm -p 80:80 nginx", "docker run -p80:80 'a b'", "kill -9 -- -1", "x --name=y"]
)
_langs = st.sampled_from(["", "fr", "en", "x"])
_wrong = st.lists(st.builds(Option, _named, st.just(False), _whys), max_size=3).map(tuple)
_tasks: SearchStrategy[Task] = st.one_of(
    st.builds(Recall, _texts),
    st.builds(Boolean, st.booleans()),
    st.builds(Choice, _options(most_right=1)),
    st.builds(Choices, _options(most_right=6)),
    st.builds(Text, st.lists(_named, min_size=1, max_size=3).map(tuple), _wrong, _langs, st.booleans()),
    st.builds(
        Number,
        st.decimals(-10_000, 10_000, places=2).map(str),
        st.sampled_from(["0", "0.5"]),
        st.booleans(),
        st.sampled_from([(), ("Mo",), ("%", "percent")]),
        _langs,
    ),
    st.builds(
        Command,
        st.lists(_commands, min_size=1, max_size=2).map(tuple),
        st.lists(st.builds(Option, _commands, st.just(False), _whys), max_size=2).map(tuple),
        st.sampled_from([(), ("-p", "--name")]),
    ),
    _listings(),
    _matches(),
    st.builds(Order, st.lists(_named, min_size=2, max_size=6, unique=True).map(tuple)),
    _paths(),
)


@pytest.fixture(scope="session")
def tasks() -> SearchStrategy[Task]:
    """Tasks of every form."""
    return _tasks


@pytest.fixture(scope="session")
def paths() -> SearchStrategy[Path]:
    """Paths through small machines."""
    return _paths()
