"""The interface's language. click's own texts go through the standard library's gettext, and so into this catalogue."""

import gettext as gettext_module
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from quizdock.core.message import Message
from quizdock.core.settings import LANGUAGES

_DOMAIN = "quizdock"
_CATALOGUES = Path(__file__).with_name("locale")


def language_of(environment: Mapping[str, str]) -> str:
    """The interface's language that an environment asks for: QUIZDOCK_LANG, else the locale; else English."""
    for name in ("QUIZDOCK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = environment.get(name, "")
        if wanted:
            return wanted[:2].lower() if wanted[:2].lower() in LANGUAGES else "en"
    return "en"


def activate(language: str) -> None:
    """Make this the process's language. gettext reads it from the environment, so that is where it is set."""
    os.environ["LANGUAGE"] = language
    gettext_module.bindtextdomain(_DOMAIN, str(_CATALOGUES))
    gettext_module.textdomain(_DOMAIN)


def gettext(text: str) -> str:
    """The text in the process's language."""
    return _active().gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The text for so many of something, in the process's language."""
    return _active().ngettext(one, many, count)


def translate(message: Message) -> str:
    """The message in the process's language."""
    return message.translated(gettext, ngettext)


def _active() -> gettext_module.NullTranslations:
    return _catalogue(os.environ.get("LANGUAGE", "en"))


@cache
def _catalogue(language: str) -> gettext_module.NullTranslations:
    """The language's catalogue, read once: gettext's own functions look for it at each text, and load locale too."""
    file = _CATALOGUES / language / "LC_MESSAGES" / f"{_DOMAIN}.mo"
    if language not in LANGUAGES or not file.is_file():
        return gettext_module.NullTranslations()
    with file.open("rb") as catalogue:
        return gettext_module.GNUTranslations(catalogue)
