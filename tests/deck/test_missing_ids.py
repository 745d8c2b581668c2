"""`--fix`: ids are put in where they are missing, and nothing else is touched."""

from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.deck.missing_ids import NewId, with_ids
from quizdock.deck.problems import DeckError
from quizdock.deck.reader import parse_deck

BARE = """\
# A deck without ids.
format = 1

[deck]  # its heading
title = "Été à Paris"
lang = "fr"

[[topic]]
title = "First topic"

[[flashcard]]   # about the front
# a comment that belongs to it
front = "Front?"
back = '''
two
lines'''

# what follows
[[flashcard]]
front = "Front?"
back = "B"

[[table]]
title = "T"
columns = ["C"]
rows = [
  { label = "Row one", cells = ["x"] }, # one
  # between them
  {label = "Row one!", cells = ["y"]},
]

[[analogy]]
title = "Like"
pairs = [{ concept = "The concept", image = "An image" }]
"""
FIXED = """\
# A deck without ids.
format = 1

[deck]  # its heading
id = "ete-a-paris"
title = "Été à Paris"
lang = "fr"

[[topic]]
id = "first-topic"
title = "First topic"

[[flashcard]]   # about the front
id = "front"
# a comment that belongs to it
front = "Front?"
back = '''
two
lines'''

# what follows
[[flashcard]]
id = "front-2"
front = "Front?"
back = "B"

[[table]]
id = "t"
title = "T"
columns = ["C"]
rows = [
  { id = "row-one", label = "Row one", cells = ["x"] }, # one
  # between them
  { id = "row-one-2",label = "Row one!", cells = ["y"]},
]

[[analogy]]
id = "like"
title = "Like"
pairs = [{ id = "the-concept", concept = "The concept", image = "An image" }]
"""


def fixed(source: str) -> str:
    return with_ids(source.encode(), "d.toml").data.decode()


def test_every_missing_id_is_made_of_a_text_and_put_in_first() -> None:
    assert fixed(BARE) == FIXED
    assert len(parse_deck(FIXED.encode(), "d.toml").cards) == 6


def test_what_got_an_id_is_told() -> None:
    assert with_ids(BARE.encode(), "d.toml").ids == [
        NewId("deck", "ete-a-paris"),
        NewId("topic[1]", "first-topic"),
        NewId("flashcard[1]", "front"),
        NewId("flashcard[2]", "front-2"),
        NewId("analogy[1]", "like"),
        NewId("analogy[1].pairs[1]", "the-concept"),
        NewId("table[1]", "t"),
        NewId("table[1].rows[1]", "row-one"),
        NewId("table[1].rows[2]", "row-one-2"),
    ]


def test_a_deck_with_its_ids_stays_as_it_is_to_the_byte() -> None:
    assert with_ids(FIXED.encode(), "d.toml") == (FIXED.encode(), [])


@pytest.mark.parametrize("saved", [BARE.replace("\n", "\r\n"), "\ufeff" + BARE, BARE.rstrip("\n")])
def test_an_editors_way_to_save_is_kept(saved: str) -> None:
    mended = fixed(saved)
    assert mended.startswith(saved[:20])
    assert mended.count("\r\n") == (mended.count("\n") if "\r" in saved else 0)
    assert mended.replace("\r\n", "\n").removeprefix("\ufeff").rstrip("\n") == FIXED.rstrip("\n")


def test_a_header_at_the_very_end_gets_its_id_on_a_line_of_its_own() -> None:
    assert fixed("[[steps]]") == '[[steps]]\nid = "steps"\n'


def test_ids_that_are_there_are_never_taken_again() -> None:
    source = '[[question]]\nid = "front"\n[[flashcard]]\nfront = "Front"\n'
    assert 'id = "front-2"\nfront' in fixed(source)


def test_numbers_that_are_taken_are_passed_over() -> None:
    there = '[[question]]\nid = "front-2"\n[[question]]\nid = "front-4"\n'
    names = [each.id for each in with_ids((there + '[[flashcard]]\nfront = "Front"\n' * 4).encode(), "d.toml").ids]
    assert names == ["front", "front-3", "front-5", "front-6"]


def test_a_large_deck_is_not_copied_for_each_id_nor_counted_from_two_again() -> None:
    notes = "".join(f'[[flashcard]]\nfront = "{("Q", f"Question {number}")[number % 2]}"\n' for number in range(30_000))
    mended = with_ids(f'[deck]\nid = "d"\n{notes}'.encode(), "d.toml")
    assert [mended.ids[place].id for place in (0, 2, 29_998, 29_999)] == ["q", "q-2", "q-15000", "question-29999"]
    assert mended.data.endswith(b'[[flashcard]]\nid = "question-29999"\nfront = "Question 29999"\n')


def test_a_long_text_gives_whole_words_of_forty_characters_at_most() -> None:
    assert 'id = "why-is-a-container-not-a-small-virtual"\n' in fixed(
        '[[flashcard]]\nfront = "Why is a container not a small virtual machine?"\n'
    )
    assert f'id = "{"x" * 40}"\n' in fixed(f'[[flashcard]]\nfront = "{"x" * 60}"\n')


def test_a_text_of_which_no_id_can_be_made_gives_the_kinds_name() -> None:
    assert fixed('[[flashcard]]\nfront = "何？"\n') == '[[flashcard]]\nid = "flashcard"\nfront = "何？"\n'


def test_an_empty_inline_table_gets_no_comma() -> None:
    assert fixed("[[table]]\nrows = [{}, { }]\n") == (
        '[[table]]\nid = "table"\nrows = [{ id = "rows"}, { id = "rows-2" }]\n'
    )


def test_a_header_given_inline_gets_its_id_too() -> None:
    assert fixed('deck = { title = "My deck" }\n') == 'deck = { id = "my-deck", title = "My deck" }\n'


def test_a_table_made_by_dotted_keys_is_left_to_its_author() -> None:
    with pytest.raises(DeckError) as refused:
        with_ids(b'deck.title = "D"\n', "d.toml")
    assert [str(each.text) for each in refused.value.problems] == [
        "d.toml:1: deck: has no id, and no place for one (write it as a table, with id = “…”)"
    ]


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(DeckError):
        with_ids(b"[[flashcard]\n", "d.toml")


def without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_ids(each) for key, each in value.items() if key != "id"}
    return [without_ids(each) for each in value] if isinstance(value, list) else value


LINES = st.lists(
    st.sampled_from(
        [
            *("[[flashcard]]", "[[ flashcard ]] # c", "[[table]]", "[[steps]]", "[[topic]]", "# comment", "", "  "),
            *('front = "F"', "title = '''\n[[flashcard]]\n'''", 'back = "B"', "columns = ['C']", 'id = "f"'),
            *('rows = [{ label = "L" }, {\tlabel = "M", id = "f" }]', "rows = [\n# c\n{ },\n{label='L'}\n]"),
            *('steps = [{ text = "{ id }" }]', "[[table.rows]]", 'label = "L"', "[deck]", 'deck = {lang = "fr"}'),
        ]
    ),
    max_size=14,
)


@settings(max_examples=300, deadline=None)
@given(LINES)
def test_nothing_but_ids_ever_differs(lines: list[str]) -> None:
    source = "\n".join(lines)
    try:
        mended = with_ids(source.encode(), "d.toml")
    except DeckError:
        return
    before, after = tomli.loads(source), tomli.loads(mended.data.decode())
    assert without_ids(after) == without_ids(before)
    assert with_ids(mended.data, "d.toml").ids == []
    rest = iter(mended.data.decode())
    assert all(letter in rest for letter in source), "every character of the file is still there, in its order"
