"""What a deck says of its exam: how long it is, and how many questions are about what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

Difficulty = Literal["easy", "medium", "hard"]

QUESTIONS = 20
"""Questions on a paper where neither the learner nor the deck says another number."""


@dataclass(frozen=True, slots=True)
class Part:
    """A cell of the blueprint: so many questions (`count`), or such a share of all (`share`, percent), on something.

    What is not said may be anything.
    """

    topic: str = ""
    difficulty: str = ""
    forms: tuple[str, ...] = ()
    count: int | None = None
    share: float | None = None

    @property
    def cell(self) -> str:
        """What it is about, as its author wrote it."""
        said = [
            f'{key} = "{value}"' for key, value in (("topic", self.topic), ("difficulty", self.difficulty)) if value
        ]
        forms = ", ".join(f'"{form}"' for form in self.forms)
        return ", ".join([*said, *([f"forms = [{forms}]"] if forms else [])])

    def takes(self, topic: str, difficulty: str, form: str) -> bool:
        """Whether a card of this kind belongs to it."""
        return (
            self.topic in ("", topic) and self.difficulty in ("", difficulty) and (not self.forms or form in self.forms)
        )

    def weight(self, questions: int) -> float:
        """Its share, 0–1, of a paper for which the deck says so many questions."""
        return self.count / questions if self.count is not None else (self.share or 0.0) / 100


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Everything that a deck says of its exam; None and empty where it says nothing."""

    questions: int | None = None
    minutes: int | None = None
    pass_percent: float | None = None
    forms: tuple[str, ...] = ()
    """The forms of answer that are allowed."""
    parts: tuple[Part, ...] = ()

    def within(self, topics: Collection[str]) -> Self:
        """Without the parts about other topics than these."""
        parts = tuple(part for part in self.parts if not part.topic or part.topic in topics)
        return type(self)(self.questions, self.minutes, self.pass_percent, self.forms, parts)

    @property
    def weights(self) -> list[float]:
        """The share of each part, 0–1."""
        return [part.weight(self.questions or QUESTIONS) for part in self.parts]

    def as_data(self) -> dict[str, Any]:
        """Plain JSON data; what is not said is left out."""
        data = {
            "questions": self.questions,
            "minutes": self.minutes,
            "pass": self.pass_percent,
            "forms": list(self.forms),
            "parts": [[part.topic, part.difficulty, list(part.forms), part.count, part.share] for part in self.parts],
        }
        return {key: value for key, value in data.items() if value is not None and value != []}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The blueprint that `as_data` wrote."""
        parts = (
            Part(topic, difficulty, tuple(forms), *much) for topic, difficulty, forms, *much in data.get("parts", ())
        )
        return cls(
            data.get("questions"), data.get("minutes"), data.get("pass"), tuple(data.get("forms", ())), tuple(parts)
        )


def apportioned(weights: Sequence[float], questions: int) -> list[int]:
    """Whole numbers of questions for these shares (0–1, together 1 at most), by largest remainders (Hare's quota).

    Together they are the questions that the shares come to, rounded. Of equal remainders, the first goes first.
    """
    exact = [round(weight * questions, 9) for weight in weights]
    quotas = [int(share) for share in exact]
    missing = round(sum(exact)) - sum(quotas)
    by_remainder = sorted(range(len(exact)), key=lambda place: quotas[place] - exact[place])
    for place in by_remainder[: max(0, missing)]:
        quotas[place] += 1
    return quotas
