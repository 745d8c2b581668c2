"""`[[list]]`: things that belong together, and some that do not."""

from collections.abc import Iterator
from math import ceil
from typing import Annotated, NamedTuple

from pydantic import Field, StringConstraints

from quizdock.core.card import Card
from quizdock.core.forms import Choice, Choices, Listing, Option, Recall
from quizdock.core.message import msg
from quizdock.core.text import fold
from quizdock.deck.notes.base import (
    LONG_TO_TYPE,
    NONE_LISTED,
    ONE_LINE,
    Derive,
    Deriving,
    Label,
    MaybeProse,
    Strict,
    after,
    exam_choice,
    in_language,
    listed_twice,
    others,
    text_or_table,
)
from quizdock.deck.problems import Path, Problem

MOST_TO_RECALL = 12
"""Members beyond which recalling all of them asks too much."""
_SHOWN_MEMBERS, _SHOWN_INTRUDERS, _BESIDE_THE_ODD_ONE = 6, 4, 3
_SEPARATORS = ",;"
_JOINTS = "#+>?!*"

Term = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=ONE_LINE)]


def _sign_problems(path: Path, text: str) -> Iterator[Problem]:
    """Signs that learners type between members, and signs that join the parts of a card's id."""
    if any(sign in text for sign in _SEPARATORS):
        message = msg("“{text}” has a comma or a semicolon, which learners type between members", text=text)
        yield Problem(path, message, msg("leave it out, or split the text"))
    if "also" not in path and any(sign in text for sign in _JOINTS):
        message = msg(
            "“{text}” has one of {signs}, which join the parts of card ids", text=text, signs=" ".join(_JOINTS)
        )
        yield Problem(path, message, msg("write it without, and the true spelling under also"))


class _Phrases(NamedTuple):
    """What its cards ask, in one language."""

    recall_all: str
    recall_both: str
    members: str
    member_meaning: str
    odd_one_out: str


_PHRASES = {
    "en": _Phrases(
        recall_all="{title}\nName all {count}, in any order.",
        recall_both="{title}\nName both, in any order.",
        members="{title}\nWhich of these belong here?",
        member_meaning="{title}\nWhat does “{term}” mean here?",
        odd_one_out="{title}\nWhich one does not belong here?",
    ),
    "fr": _Phrases(
        recall_all="{title}\nCitez les {count}, dans n'importe quel ordre.",
        recall_both="{title}\nCitez les deux, dans n'importe quel ordre.",
        members="{title}\nLesquels en font partie ?",
        member_meaning="{title}\nQue désigne ici « {term} » ?",
        odd_one_out="{title}\nCherchez l'intrus.",
    ),
}


class Member(Strict):
    """A member; `also` lists other spellings, `meaning` makes a card of its own."""

    KEYS = {
        "term": "What it is called; progress hangs on it.",
        "meaning": "What it means; makes a card of its own.",
        "also": "Other spellings that are accepted.",
    }

    term: Term
    meaning: MaybeProse = ""
    also: Annotated[list[Term], Field(max_length=20)] = NONE_LISTED
    explain: MaybeProse = ""


class Intruder(Strict):
    """What a learner may take for a member, and why it is none."""

    KEYS = {
        "text": "What it is called; progress hangs on it.",
    }

    text: Term
    why: MaybeProse = ""


class TermList(Deriving):
    """Things that belong together: recall them all, tell members from intruders, what each means, the odd one out."""

    KEYS = {
        "members": "Terms, or { term = …, meaning = …, also = […], explain = … }.",
        "intruders": "What a learner may take for a member. A text, or a text with its reason in `why`.",
    }

    DERIVATIONS = ("recall", "member", "meaning", "odd")

    title: Label
    members: Annotated[list[Annotated[Member, text_or_table("term")]], Field(min_length=2, max_length=100)]
    intruders: Annotated[list[Annotated[Intruder, text_or_table("text")]], Field(max_length=50)] = NONE_LISTED
    derive: Derive = [*DERIVATIONS]

    def problems(self) -> Iterator[Problem]:
        """What is listed twice, as a member or as an intruder, in any spelling; signs that mean something else."""
        yield from super().problems()
        seen: set[str] = set()
        for path, text in self._spellings():
            if not fold(text):
                yield Problem(path, msg("must not be empty"))
            elif fold(text) in seen:
                yield listed_twice(path, text)
            seen.add(fold(text))
            yield from _sign_problems(path, text)

    def _spellings(self) -> Iterator[tuple[Path, str]]:
        """Everything that a learner may name, with its place."""
        for index, member in enumerate(self.members):
            yield ("members", index), member.term
            yield from ((("members", index, "also", place), text) for place, text in enumerate(member.also))
        for index, intruder in enumerate(self.intruders):
            yield ("intruders", index), intruder.text

    def warnings(self) -> Iterator[Problem]:
        """Members that are long to type, or more than anyone recalls at once."""
        yield from super().warnings()
        if "recall" not in self.derive:
            return
        for index, member in enumerate(self.members):
            if len(member.term) > LONG_TO_TYPE:
                message = msg("“{text}” is long to type", text=member.term)
                yield Problem(("members", index), message, msg("say it in a few words"))
        if len(self.members) > MOST_TO_RECALL:
            yield Problem(
                ("members",),
                msg("{count} members are many to recall at once", count=len(self.members)),
                msg("split the list, or leave “recall” out of derive"),
            )

    def cards(self, lang: str) -> Iterator[Card]:
        """All at once, members among intruders, meanings, odd ones out."""
        phrases = in_language(_PHRASES, lang)
        if "recall" in self.derive:
            yield self._recall(phrases, lang)
        if "member" in self.derive and self.intruders:
            yield from self._members(phrases)
        if "meaning" in self.derive:
            yield from self._meanings(phrases)
        if "odd" in self.derive and len(self.members) >= _BESIDE_THE_ODD_ONE:
            for place, intruder in enumerate(self.intruders):
                yield self._odd(phrases, place, intruder)

    def fact(self, part: str) -> str:
        """What shows members answers what asks for them all."""
        return part if part.endswith("?meaning") else "*"

    def _recall(self, phrases: _Phrases, lang: str) -> Card:
        members = tuple((member.term, *member.also) for member in self.members)
        task = Listing(members, self._wrong(self.intruders), lang)
        phrase = phrases.recall_both if len(members) == 2 else phrases.recall_all
        prompt = phrase.format(title=self.title, count=len(members))
        return self.card("*", prompt, task, exam=task)

    def _members(self, phrases: _Phrases) -> Iterator[Card]:
        """As few cards as show every member once, with alike numbers of them; intruders take turns."""
        count = ceil(len(self.members) / _SHOWN_MEMBERS)
        for turn in range(count):
            right = (Option(member.term, right=True) for member in self.members[turn::count])
            first = turn * _SHOWN_INTRUDERS % len(self.intruders)
            wrong = [*self.intruders[first:], *self.intruders[:first]][:_SHOWN_INTRUDERS]
            task = Choices((*right, *self._wrong(wrong)))
            part = f"?{turn + 1}" if turn else "?"
            yield self.card(part, phrases.members.format(title=self.title), task, exam=task)

    def _meanings(self, phrases: _Phrases) -> Iterator[Card]:
        for place, member in enumerate(self.members):
            if member.meaning:
                wrong = others(member.meaning, (other.meaning for other in after(place, self.members)))
                yield self.card(
                    f"{member.term}?meaning",
                    phrases.member_meaning.format(title=self.title, term=member.term),
                    Recall(member.meaning),
                    exam=exam_choice(member.meaning, wrong),
                    explain=member.explain or self.explain,
                )

    def _odd(self, phrases: _Phrases, place: int, intruder: Intruder) -> Card:
        first = place % len(self.members)  # each intruder gets others beside it
        beside = [*self.members[first:], *self.members[:first]][:_BESIDE_THE_ODD_ONE]
        wrong = tuple(Option(member.term) for member in beside)
        task = Choice((Option(intruder.text, right=True), *wrong))
        explain = "\n".join(filter(None, (intruder.why, self.explain)))
        return self.card(
            f"{intruder.text}!", phrases.odd_one_out.format(title=self.title), task, exam=task, explain=explain
        )

    @staticmethod
    def _wrong(intruders: list[Intruder]) -> tuple[Option, ...]:
        return tuple(Option(intruder.text, why=intruder.why) for intruder in intruders)
