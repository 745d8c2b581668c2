"""A first deck file to be edited: comments that teach, and one example of the most useful notes.

Its language is the deck's, not the interface's, so its texts stand here and not in the translations.
"""

import json
import re
from string import Template
from typing import NamedTuple

from pydantic import ValidationError

from quizdock.core.cleaning import clean
from quizdock.core.message import NOTHING, Message, msg
from quizdock.core.text import fold, without_accents
from quizdock.deck.reader import Header
from quizdock.deck.validation import problems_of

LONGEST_ID = 64


class Draft(NamedTuple):
    """What a new deck is called; `topic` is the title of its first topic."""

    id: str
    title: str
    lang: str
    source: str
    topic: str


def starter(draft: Draft) -> str:
    """The file's text, in French for a French deck, else in English."""
    template = _FRENCH if _is_french(draft.lang) else _ENGLISH
    fields = {name: toml_text(value) for name, value in draft._asdict().items()}
    return template.substitute(fields, topic_id=toml_text(suggested_id(draft.topic) or "topic-1"))


def first_topic(lang: str) -> str:
    """What a first topic is called if nobody says."""
    return "Premier thème" if _is_french(lang) else "First topic"


def header_problem(key: str, text: str) -> Message:
    """What is wrong with a text as this key of `[deck]`, in the reader's words; NOTHING if it is fine."""
    sound = {"id": "x", "title": "X", "lang": "en"}
    try:
        Header.model_validate({**sound, key: clean(text)})
    except ValidationError as error:
        problem = next(problems_of(error, Header))
        if problem.hint is NOTHING:
            return problem.message
        return msg("{message} ({hint})", message=problem.message, hint=problem.hint)
    return NOTHING


def suggested_id(title: str) -> str:
    """An id made of a title: `L'état présent` becomes `l-etat-present`; empty if nothing is left."""
    plain = without_accents(fold(title))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_ID].rstrip("-")


def toml_text(text: str) -> str:
    """The text between quotes, with what TOML does not take as it is escaped."""
    return json.dumps(clean(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _is_french(lang: str) -> bool:
    return lang.partition("-")[0] == "fr"


_ENGLISH = Template("""\
#:schema ./deck.schema.json
# (The line above is for editors: `quizdock deck schema > deck.schema.json` writes that file.)
#
# What stands behind a # is a comment: QuizDock does not read it.
# The examples below are about QuizDock itself: put your course in their place.
# `quizdock deck check` says what is wrong, with the line; content/README.md is the whole guide.
format = 1

[deck]
id = $id          # never change it: your learners' progress hangs on it
title = $title
lang = $lang      # the language of the texts below
source = $source  # the course that the deck was made from

# A section of the course; add as many as you like. Exams are drawn evenly over them.
[[topic]]
id = $topic_id
title = $topic

# A flashcard: the learner thinks, looks at the back, and grades themselves.
[[flashcard]]
id = "note"                 # unique in the file, and never changed
topic = $topic_id
front = "What is one entry of a deck called?"
back = "A note"
# With wrong options, exams may ask it too. A reason (why) is shown to whoever chose the option.
wrong = [
  "A page",
  { text = "A card", why = "Cards are made from it: one note may make several." },
]
explain = "A note is written once; QuizDock makes its cards from it."
source = "content/README.md"  # where to read again

# A question: marked automatically. Types: choice, choices, boolean, text, number, command, match, order.
[[question]]
id = "progress"
topic = $topic_id
ask = "You correct a typo in a question that learners know already. What becomes of their progress?"
type = "choice"
answer = "It stays as it is"
wrong = [
  { text = "It starts again", why = "It would, if you changed the id." },
  "It moves to another card",
]
explain = "Progress hangs on ids, and never on texts."

[[question]]
id = "below-three"
topic = $topic_id
ask = "A card with a grade below 3 starts again tomorrow."
type = "boolean"
answer = true               # without quotes
explain = "Grades go from 0 to 5; from 3 on, the interval grows."

# A cloze: a text with holes, typed, one card a hole. {{hole|other spelling}} accepts both.
[[cloze]]
id = "format"
topic = $topic_id
text = "A deck is a {{TOML}} file; its cards come back at the intervals of {{SM-2|SM2}}."
explain = "Both are old acquaintances: plain text to write, and a method from 1990 to remember."

# A table: one card a cell. Rows have ids; so may columns, { id = "…", title = "…" }.
[[table]]
id = "commands"
topic = $topic_id
title = "Two commands"
columns = ["Purpose", "How often"]
rows = [
  { id = "study", label = "quizdock study", cells = ["to learn", "a few minutes a day"] },
  { id = "exam", label = "quizdock exam", cells = ["to prove what one knows", "once in a while"] },
]
explain = "Study brings cards back when they are due; an exam draws questions evenly over the topics."

# Steps: a procedure. The learner puts it in order, and says what comes next.
[[steps]]
id = "adding"
topic = $topic_id
title = "From a course to learners"
steps = [
  { id = "write", text = "Write the deck" },
  { id = "check", text = "Check it" },
  { id = "preview", text = "Look at its cards" },
  { id = "study", text = "Study it" },
]
explain = "A mistake is cheapest before anybody has learned it."

# There are also [[list]] (members and intruders), [[machine]] (state diagrams) and [[analogy]].
""")

_FRENCH = Template("""\
#:schema ./deck.schema.json
# (La ligne ci-dessus sert aux éditeurs : `quizdock deck schema > deck.schema.json` écrit ce fichier.)
#
# Ce qui suit un # est un commentaire : QuizDock ne le lit pas.
# Les exemples ci-dessous parlent de QuizDock : remplacez-les par votre cours.
# `quizdock deck check` dit ce qui ne va pas, avec la ligne ; content/README.md est le guide complet.
format = 1

[deck]
id = $id          # ne le changez jamais : la progression des apprenants en dépend
title = $title
lang = $lang      # la langue des textes ci-dessous
source = $source  # le cours dont le paquet est tiré

# Une partie du cours ; ajoutez-en autant que vous voulez. Les examens les couvrent toutes également.
[[topic]]
id = $topic_id
title = $topic

# Une carte recto verso : l'apprenant réfléchit, regarde le verso et se note lui-même.
[[flashcard]]
id = "fiche"                # unique dans le fichier, et jamais changé
topic = $topic_id
front = "Comment appelle-t-on une entrée d'un paquet ?"
back = "Une fiche"
# Avec de mauvaises réponses (wrong), les examens peuvent aussi la poser. La raison (why) est montrée à qui s'y trompe.
wrong = [
  "Une page",
  { text = "Une carte", why = "Les cartes en sont tirées : une fiche peut en donner plusieurs." },
]
explain = "Une fiche s'écrit une fois ; QuizDock en tire les cartes."
source = "content/README.md"  # où relire

# Une question : corrigée automatiquement. Types : choice, choices, boolean, text, number, command, match, order.
[[question]]
id = "progression"
topic = $topic_id
ask = "Vous corrigez une faute dans une question que des apprenants connaissent déjà. Que devient leur progression ?"
type = "choice"
answer = "Elle reste telle quelle"
wrong = [
  { text = "Elle repart de zéro", why = "Ce serait le cas si vous changiez l'id." },
  "Elle passe à une autre carte",
]
explain = "La progression dépend des id, jamais des textes."

[[question]]
id = "moins-de-trois"
topic = $topic_id
ask = "Une carte notée moins de 3 recommence demain."
type = "boolean"
answer = true               # sans guillemets
explain = "Les notes vont de 0 à 5 ; à partir de 3, l'intervalle s'allonge."

# Un texte à trous, à compléter au clavier : une carte par trou. {{trou|autre graphie}} accepte les deux.
[[cloze]]
id = "format"
topic = $topic_id
text = "Un paquet est un fichier {{TOML}} ; ses cartes reviennent aux intervalles de {{SM-2|SM2}}."
explain = "Deux vieilles connaissances : du texte simple pour écrire, une méthode de 1990 pour retenir."

# Un tableau : une carte par case. Les lignes ont un id ; les colonnes aussi si l'on veut, { id = "…", title = "…" }.
[[table]]
id = "commandes"
topic = $topic_id
title = "Deux commandes"
columns = ["But", "Rythme"]
rows = [
  { id = "study", label = "quizdock study", cells = ["apprendre", "quelques minutes par jour"] },
  { id = "exam", label = "quizdock exam", cells = ["prouver ce que l'on sait", "de temps en temps"] },
]
explain = "study ramène les cartes à leur échéance ; un examen tire ses questions également dans tous les thèmes."

# Une marche à suivre : l'apprenant la remet dans l'ordre et dit ce qui vient ensuite.
[[steps]]
id = "ajout"
topic = $topic_id
title = "Du cours aux apprenants"
steps = [
  { id = "write", text = "Écrire le paquet" },
  { id = "check", text = "Le vérifier" },
  { id = "preview", text = "Regarder ses cartes" },
  { id = "study", text = "L'étudier" },
]
explain = "Une erreur coûte le moins avant que quelqu'un l'ait apprise."

# Il y a aussi [[list]] (éléments et intrus), [[machine]] (diagrammes d'états) et [[analogy]] (analogies).
""")
