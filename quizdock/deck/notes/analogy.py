"""`[[analogy]]`: concepts and the images that stand for them."""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from pydantic import Field

from quizdock.core.card import Card
from quizdock.core.forms import Pair, Recall
from quizdock.core.text import fold
from quizdock.deck.notes.base import (
    NONE_LISTED,
    Derive,
    Deriving,
    Id,
    Label,
    MaybeProse,
    Strict,
    WrongOption,
    WrongOptions,
    after,
    duplicates,
    exam_choice,
    in_language,
    matches,
    option_problems,
    others,
    too_telling,
)
from quizdock.deck.problems import Problem


class _Phrases(NamedTuple):
    """What its cards ask, in one language."""

    image_of: str
    concept_of: str
    pairs: str
    breaks: str
    where_it_breaks: str


_PHRASES = {
    "en": _Phrases(
        image_of="Analogy “{title}”: what stands for {concept}?",
        concept_of="Analogy “{title}”: what does “{image}” stand for?",
        pairs="Analogy “{title}”\nMatch each image with what it stands for.",
        breaks="Where the analogy breaks: {breaks}",
        where_it_breaks="Analogy “{title}”: where does it break?",
    ),
    "fr": _Phrases(
        image_of="Analogie « {title} » : {concept}, c'est comme… ?",
        concept_of="Analogie « {title} » : que représente « {image} » ?",
        pairs="Analogie « {title} »\nAssociez chaque image à ce qu'elle représente.",
        breaks="Limite de l'analogie : {breaks}",
        where_it_breaks="Analogie « {title} » : où cesse-t-elle d'être vraie ?",
    ),
}


class PairEntry(Strict):
    """A concept and its image; `wrong` lists other images that a learner may take for it."""

    KEYS = {
        "concept": "What is to be learned.",
        "image": "What it is like.",
        "wrong": "Other images that a learner might take for it.",
    }

    id: Id
    concept: Label
    image: Label
    wrong: WrongOptions = NONE_LISTED
    explain: MaybeProse = ""


class Analogy(Deriving):
    """An analogy: from concepts to images and back, all of them at once, and where the analogy breaks."""

    KEYS = {
        "pairs": "Concepts with their images.",
        "breaks": "How far the analogy holds; makes a card of its own.",
    }

    DERIVATIONS = ("image", "concept", "match", "breaks")

    title: Label
    pairs: Annotated[list[PairEntry], Field(min_length=1, max_length=50)]
    breaks: MaybeProse = ""
    derive: Derive = [*DERIVATIONS]

    def problems(self) -> Iterator[Problem]:
        """Pair ids, concepts or images used twice; wrong images that are right."""
        yield from super().problems()
        yield from duplicates((pair.id for pair in self.pairs), ("pairs",), "id")
        yield from duplicates((pair.concept for pair in self.pairs), ("pairs",), "concept", same=fold)
        yield from duplicates((pair.image for pair in self.pairs), ("pairs",), "image", same=fold)
        for index, pair in enumerate(self.pairs):
            yield from option_problems([pair.image], pair.wrong, ("pairs", index, "wrong"))

    def warnings(self) -> Iterator[Problem]:
        """Images that give themselves away among their wrong ones."""
        yield from super().warnings()
        for index, pair in enumerate(self.pairs):
            yield from too_telling(pair.image, pair.wrong, ("pairs", index, "image"))

    def fact(self, part: str) -> str:
        """Both directions of a pair answer each other."""
        return part.partition(">")[0]

    def cards(self, lang: str) -> Iterator[Card]:
        """Concept to image for every pair, then image to concept, then all at once, then where it breaks."""
        phrases = in_language(_PHRASES, lang)
        for place, pair in enumerate(self.pairs if "image" in self.derive else []):
            wrong = others(pair.image, (other.image for other in after(place, self.pairs)), pair.wrong)
            prompt = phrases.image_of.format(title=self.title, concept=pair.concept)
            yield self._direction(phrases, pair, "image", prompt, pair.image, wrong)
        for place, pair in enumerate(self.pairs if "concept" in self.derive else []):
            wrong = others(pair.concept, (other.concept for other in after(place, self.pairs)))
            prompt = phrases.concept_of.format(title=self.title, image=pair.image)
            yield self._direction(phrases, pair, "concept", prompt, pair.concept, wrong)
        pairs = [Pair(each.image, each.concept) for each in self.pairs]
        for part, task in matches(pairs) if "match" in self.derive else []:
            yield self.card(part, phrases.pairs.format(title=self.title), task, exam=task)
        if "breaks" in self.derive and self.breaks:
            yield self.card("!", phrases.where_it_breaks.format(title=self.title), Recall(self.breaks))

    def _direction(
        self, phrases: _Phrases, pair: PairEntry, towards: str, prompt: str, answer: str, wrong: list[WrongOption]
    ) -> Card:
        breaks = phrases.breaks.format(breaks=self.breaks) if self.breaks and "breaks" not in self.derive else ""
        explain = "\n".join(filter(None, (pair.explain or self.explain, breaks)))
        return self.card(
            f"{pair.id}>{towards}", prompt, Recall(answer), exam=exam_choice(answer, wrong), explain=explain
        )
