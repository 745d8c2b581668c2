"""`[[analogy]]`: concepts and the images that stand for them."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from quizdock.core.card import Card
from quizdock.core.forms import Recall
from quizdock.core.text import fold
from quizdock.deck.notes.base import (
    Id,
    Label,
    MaybeProse,
    Note,
    Strict,
    WrongOption,
    WrongOptions,
    choice_of,
    duplicates,
    option_problems,
    others,
)
from quizdock.deck.phrases import Phrases
from quizdock.deck.problems import Problem


class Pair(Strict):
    """A concept and its image; `wrong` lists other images that a learner may take for it."""

    id: Id
    concept: Label
    image: Label
    wrong: WrongOptions = []
    explain: MaybeProse = ""


class Analogy(Note):
    """Two cards a pair: from the concept to its image and back."""

    title: Label
    pairs: Annotated[list[Pair], Field(min_length=1, max_length=50)]
    breaks: MaybeProse = ""

    def problems(self) -> Iterator[Problem]:
        """Pair ids used twice; wrong images that are right."""
        yield from duplicates((pair.id for pair in self.pairs), ("pairs",), "id")
        yield from duplicates((pair.concept for pair in self.pairs), ("pairs",), "concept", same=fold)
        yield from duplicates((pair.image for pair in self.pairs), ("pairs",), "image", same=fold)
        for index, pair in enumerate(self.pairs):
            yield from option_problems([pair.image], pair.wrong, ("pairs", index, "wrong"))

    def cards(self, phrases: Phrases) -> Iterator[Card]:
        """Concept to image for every pair, then image to concept."""
        for pair in self.pairs:
            prompt = phrases.image_of.format(title=self.title, concept=pair.concept)
            rest = [*pair.wrong, *others(pair.image, (other.image for other in self.pairs))]
            yield self._direction(phrases, pair, "image", prompt, pair.image, rest)
        for pair in self.pairs:
            prompt = phrases.concept_of.format(title=self.title, image=pair.image)
            rest = others(pair.concept, (other.concept for other in self.pairs))
            yield self._direction(phrases, pair, "concept", prompt, pair.concept, rest)

    def _direction(
        self, phrases: Phrases, pair: Pair, towards: str, prompt: str, answer: str, wrong: list[WrongOption]
    ) -> Card:
        breaks = phrases.breaks.format(breaks=self.breaks) if self.breaks else ""
        explain = "\n".join(filter(None, (pair.explain or self.explain, breaks)))
        distinct: dict[str, WrongOption] = {}
        for option in wrong:
            distinct.setdefault(fold(option.text), option)
        exam = choice_of(answer, distinct.values())
        return self.card(f"{pair.id}>{towards}", prompt, Recall(answer), exam=exam, explain=explain)
