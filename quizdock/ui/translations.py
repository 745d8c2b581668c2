"""The interface's language, through the standard library's gettext, which click's own texts go through as well."""

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


def translate(message: Message) -> str:
    """The message in the process's language."""
    catalogue = _catalogue(os.environ.get("LANGUAGE", "en"))
    return message.translated(catalogue.gettext, catalogue.ngettext)


@cache  # the functions of gettext look for the catalogue's file at each text
def _catalogue(language: str) -> gettext_module.NullTranslations:
    return gettext_module.translation(_DOMAIN, _CATALOGUES, [language], fallback=True)
