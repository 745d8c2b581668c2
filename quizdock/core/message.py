"""Texts for people, kept apart from their translation.

A `Message` is written in English and holds the values for its gaps. Whoever shows it translates the template
first and fills the gaps afterwards, so that nothing below the user interface needs to know the language.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from quizdock.core.cleaning import clean

Gettext = Callable[[str], str]
NGettext = Callable[[str, str, int], str]


class Message(NamedTuple):
    """An English template with named gaps; `plural` and `number` where a number governs the wording.

    What fills a gap may be a stranger's text: it is cleaned, and kept on the message's line.
    """

    template: str
    fields: Mapping[str, object] = {}
    plural: str = ""
    number: int = 1

    def translated(self, gettext: Gettext, ngettext: NGettext) -> str:
        """The text in another language; fields that are messages themselves are translated too."""
        if not self.template:  # gettext keeps a catalogue's header under the empty text
            return ""
        template = ngettext(self.template, self.plural, self.number) if self.plural else gettext(self.template)
        filled = {
            name: value.translated(gettext, ngettext) if isinstance(value, Message) else _harmless(value)
            for name, value in self.fields.items()
        }
        return template.format(**filled)

    def __str__(self) -> str:
        """The text in English."""
        return self.translated(lambda text: text, lambda one, many, count: one if count == 1 else many)


def _harmless(value: object) -> object:
    return value if isinstance(value, int | float) else clean(str(value)).replace("\n", " ")


def msg(template: str, /, **fields: object) -> Message:
    """A message with named gaps: `msg("no deck called {name}", name="x")`."""
    return Message(template, fields)


def nmsg(one: str, many: str, count: int, /, **fields: object) -> Message:
    """A message whose wording depends on `count`, which also fills the gap `{count}`."""
    return Message(one, {"count": count, **fields}, many, count)


NOTHING = Message("")
