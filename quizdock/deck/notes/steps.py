"""`[[steps]]`: a procedure, in its order."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, NamedTuple

from pydantic import Field

from quizdock.core.card import Card
from quizdock.core.forms import Order
from quizdock.core.message import msg
from quizdock.core.text import fold
from quizdock.deck.notes.base import (
    Derive,
    Deriving,
    Id,
    Label,
    MaybeProse,
    Strict,
    after,
    choice_of,
    duplicates,
    in_language,
    others,
)
from quizdock.deck.problems import Problem

LONGEST_STEP = 120
"""Characters beyond which a step is hard to compare with others."""


class _Phrases(NamedTuple):
    """What its cards ask, in one language."""

    order: str
    next_step: str


_PHRASES = {
    "en": _Phrases(
        order="{title}\nPut the steps in order.",
        next_step="{title}\nWhat comes right after “{step}”?",
    ),
    "fr": _Phrases(
        order="{title}\nRemettez les étapes dans l'ordre.",
        next_step="{title}\nQu'est-ce qui vient juste après « {step} » ?",
    ),
}


class Step(Strict):
    """A step; progress hangs on its id."""

    KEYS = {
        "text": "What is done.",
    }

    id: Id
    text: Label
    explain: MaybeProse = ""


class Steps(Deriving):
    """A procedure: put its steps in order; what comes right after each."""

    KEYS = {
        "steps": "The steps in order, three to twelve.",
    }

    DERIVATIONS = ("order", "next")

    title: Label
    steps: Annotated[list[Step], Field(min_length=3, max_length=12)]
    derive: Derive = [*DERIVATIONS]

    def problems(self) -> Iterator[Problem]:
        """Ids or texts used twice."""
        yield from super().problems()
        yield from duplicates((step.id for step in self.steps), ("steps",), "id")
        yield from duplicates((step.text for step in self.steps), ("steps",), "text", same=fold)

    def warnings(self) -> Iterator[Problem]:
        """Steps that are too long."""
        yield from super().warnings()
        for index, step in enumerate(self.steps):
            if len(step.text) > LONGEST_STEP:
                yield Problem(("steps", index, "text"), msg("is long for a step"), msg("say it in a few words"))

    def fact(self, part: str) -> str:
        """The order of them all says what comes next."""
        return ""

    def cards(self, lang: str) -> Iterator[Card]:
        """The whole order, then what comes next, step by step."""
        phrases = in_language(_PHRASES, lang)
        if "order" in self.derive:
            task = Order(tuple(step.text for step in self.steps))
            yield self.card("*", phrases.order.format(title=self.title), task, exam=task)
        for place, (step, following) in enumerate(pairwise(self.steps) if "next" in self.derive else []):
            wrong = others(following.text, (other.text for other in after(place + 1, self.steps) if other is not step))
            choice = choice_of(following.text, wrong)
            assert choice is not None, "three steps at least"
            prompt = phrases.next_step.format(title=self.title, step=step.text)
            yield self.card(f"{step.id}>", prompt, choice, exam=choice, explain=following.explain or self.explain)
