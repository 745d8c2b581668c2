"""The questions that derivations ask, in the deck's own language (not the interface's)."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language's templates."""

    lang: str
    cell: str
    which_column: str
    next_state: str
    which_event: str
    forbidden_event: str
    accepted_events: str
    meaning: str
    image_of: str
    concept_of: str
    breaks: str


_ENGLISH = Phrases(
    lang="en",
    cell="{title}\n{row} — {column}?",
    which_column="{title}\n{row}: which has “{cell}”?",
    next_state="{title}\nIn state {state}, what does “{event}” lead to?",
    which_event="{title}\nWhich event leads from {source} to {target}?",
    forbidden_event="{title}\nWhich event does state {state} refuse?",
    accepted_events="In state {state}, these are possible: {events}.",
    meaning="{title}\nWhat does the state {state} mean?",
    image_of="Analogy “{title}”: what stands for {concept}?",
    concept_of="Analogy “{title}”: what does “{image}” stand for?",
    breaks="Where the analogy breaks: {breaks}",
)
_FRENCH = Phrases(
    lang="fr",
    cell="{title}\n{row} — {column} ?",
    which_column="{title}\n{row} : à quoi correspond « {cell} » ?",
    next_state="{title}\nDans l'état {state}, à quel état mène « {event} » ?",
    which_event="{title}\nQuel événement fait passer de {source} à {target} ?",
    forbidden_event="{title}\nQuel événement est refusé dans l'état {state} ?",
    accepted_events="Dans l'état {state}, sont possibles : {events}.",
    meaning="{title}\nQue signifie l'état {state} ?",
    image_of="Analogie « {title} » : à quoi correspond {concept} ?",
    concept_of="Analogie « {title} » : que représente « {image} » ?",
    breaks="Limite de l'analogie : {breaks}",
)
_BY_LANGUAGE = {phrases.lang: phrases for phrases in (_ENGLISH, _FRENCH)}


def phrases_for(lang: str) -> Phrases:
    """The phrases of a deck's language (`fr`, `fr-CA`, …); English where the language has none."""
    language = lang.split("-", maxsplit=1)[0]
    return replace(_BY_LANGUAGE.get(language, _ENGLISH), lang=language)
