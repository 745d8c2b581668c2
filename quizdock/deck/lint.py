"""What is doubtful in a deck that can be used: warnings, beside those that each kind of note gives itself."""

import re
from collections.abc import Iterator
from itertools import combinations

from quizdock.core.card import Card
from quizdock.core.forms import Choice, Choices, Command, Recall, Task, Text
from quizdock.core.message import msg
from quizdock.core.text import fold, without_accents, without_article
from quizdock.deck.problems import Located, Problem, in_order
from quizdock.deck.reader import Entry, Read, located

LONG_TO_RECALL = 240
"""Characters of an answer beyond which hardly anyone knows whether they recalled it."""

COMMANDS = frozenset((":u", ":l", ":s", ":b", ":h", ":0", ":q", ":e", ":?", ":m", ":r"))
"""What a learner types to command QuizDock, where answers are typed too."""


def warnings(read: Read, file: str) -> list[Located]:
    """Every warning with its line, in the order of the file."""
    lang = read.deck.lang.partition("-")[0]
    notes = {entry.note.id: entry for entry in read.entries}
    found = [problem for entry in read.entries for problem in _of_the_note(entry, bool(read.deck.topics))]
    found += _unused_topics(read)
    found += _same_questions(read.deck.cards, notes)
    for card in read.deck.cards:
        path = notes[card.note].path
        found += (Problem(path, problem.message, problem.hint) for problem in _of_the_card(card, lang))
    once = {(problem.path, str(problem.message)): problem for problem in found}
    return in_order(located(file, read.source, list(once.values()), doubts=True))


def _of_the_note(entry: Entry, has_topics: bool) -> Iterator[Problem]:
    path, note = entry
    for problem in note.warnings():
        yield Problem((*path, *problem.path), problem.message, problem.hint)
    if has_topics and not note.topic:
        yield Problem(path, msg("has no topic"), msg("add one: exams are drawn evenly over topics"))


def _unused_topics(read: Read) -> Iterator[Problem]:
    used = {entry.note.topic for entry in read.entries}
    for index, topic in enumerate(read.deck.topics):
        if topic.id not in used:
            hint = msg('remove it, or write topic = "{name}" in its notes', name=topic.id)
            yield Problem(("topic", index), msg("no note has the topic “{name}”", name=topic.id), hint)


def _same_questions(cards: tuple[Card, ...], notes: dict[str, Entry]) -> Iterator[Problem]:
    """Cards that a learner cannot tell apart before the answer is shown."""
    asked: dict[tuple[str, tuple[str, ...]], Card] = {}
    for card in cards:
        first = asked.setdefault((fold(card.prompt), tuple(sorted(card.study.choices))), card)
        if first is not card:
            yield Problem(
                notes[card.note].path,
                msg("the card “{card}” asks the same as “{other}”", card=card.name, other=first.name),
                msg("ask so that only one answer is right"),
            )


def _of_the_card(card: Card, lang: str) -> Iterator[Problem]:
    if not card.explain:
        yield Problem((), msg("has no explanation"), msg("add explain: say why, do not repeat the answer"))
    if isinstance(card.study, Recall) and len(card.study.answer) > LONG_TO_RECALL:
        message = msg("the card “{card}” has a long answer", card=card.name)
        yield Problem((), message, msg("make several cards of it, or move what explains to explain"))
    yield from _told(card)
    yield from _commanding(card)
    for task in dict.fromkeys([card.study, card.exam]):
        yield from _alike(task, lang)


def _told(card: Card) -> Iterator[Problem]:
    """A typed answer that the question or the hint has in it already."""
    if isinstance(card.study, Text | Command):
        shown = fold(f"{card.prompt} {' '.join(card.hints)}")
        for answer in card.study.accepted:
            if re.search(rf"(?<!\w){re.escape(fold(answer))}(?!\w)", shown):
                message = msg("the answer “{text}” stands elsewhere on its card", text=answer)
                yield Problem((), message, msg("rephrase it"))


def _commanding(card: Card) -> Iterator[Problem]:
    """A typed answer that the learner cannot give as it is."""
    if isinstance(card.study, Text | Command):
        for answer in card.study.accepted:
            if answer.strip().lower() in COMMANDS:
                message = msg("the answer “{text}” is a command of QuizDock where it is typed", text=answer)
                yield Problem(
                    (), message, msg("say in the question that it is typed with two colons: :{text}", text=answer)
                )


def _alike(task: Task | None, lang: str) -> Iterator[Problem]:
    """Two options that differ by accents or an article alone, so that both are right or both are wrong."""
    if isinstance(task, Choice | Choices):
        bare = {option.text: without_article(without_accents(fold(option.text)), lang) for option in task.options}
        for one, other in combinations(bare, 2):
            if bare[one] == bare[other]:
                message = msg("“{one}” and “{other}” are one option", one=one, other=other)
                yield Problem((), message, msg("remove one of them"))
