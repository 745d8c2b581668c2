"""What tests of the core share."""

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from quizdock.core.forms import Boolean, Choice, Choices, Option, Recall, Task, Text

_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_named = _texts.filter(bool)
_whys = st.just("") | _texts


@st.composite
def _options(draw: st.DrawFn, most_right: int) -> tuple[Option, ...]:
    texts = draw(st.lists(_named, min_size=1, max_size=6, unique=True))
    right = draw(st.integers(1, min(most_right, len(texts))))
    options = [Option(text, at < right, draw(_whys)) for at, text in enumerate(texts)]
    return tuple(draw(st.permutations(options)))


_wrong = st.lists(st.builds(Option, _named, st.just(False), _whys), max_size=3).map(tuple)
_tasks: SearchStrategy[Task] = st.one_of(
    st.builds(Recall, _texts),
    st.builds(Boolean, st.booleans()),
    st.builds(Choice, _options(most_right=1)),
    st.builds(Choices, _options(most_right=6)),
    st.builds(
        Text, st.lists(_named, min_size=1, max_size=3).map(tuple), _wrong, st.sampled_from(["", "fr", "en", "x"])
    ),
)


@pytest.fixture(scope="session")
def tasks() -> SearchStrategy[Task]:
    """Tasks of every form."""
    return _tasks
