"""`quizdock deck new`."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from quizdock.cli.options import Command, Globals, pass_globals
from quizdock.cli.output import say
from quizdock.cli.study import interactive
from quizdock.cli.workspace import Opened, opened
from quizdock.core.cleaning import tidy_name
from quizdock.core.errors import QuizDockError
from quizdock.core.message import msg
from quizdock.sessions.shelf import SUFFIX, expect_suffix, id_taken, is_there, write_new
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import translate

if TYPE_CHECKING:
    from quizdock.deck.template import Draft
    from quizdock.ui.form import Form

Taken = Callable[[str], Path | None]
"""The file that has a deck id already, if there is one."""


class _New(Command):
    """`--lang` is the deck's language here, and with it the interface's, where it speaks that language."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.params = [each for each in self.params if each.expose_value or each.name != "lang"]


@click.command(
    "new", cls=_New, help=_("Write a first deck, with comments and examples. Asks what the options do not say.")
)
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.option("--id", "name", metavar="ID", help=_("The deck's id: letters without accents, digits, - _ ."))
@click.option("--title", metavar="TITLE", help=_("The deck's title. With it or --id, nothing is asked."))
@click.option("--lang", metavar="LANG", help=_("The language of the deck's texts: en, fr, …"))
@click.option("--source", metavar="TEXT", help=_("The course that the deck is made from."))
@pass_globals
def new(
    options: Globals, file: Path | None, name: str | None, title: str | None, lang: str | None, source: str | None
) -> None:
    """Write one file that was not there."""
    if file is not None:
        expect_suffix(file)
        if os.path.lexists(file):
            raise is_there(file)
    given = {
        key: tidy_name(text)
        for key, text in (("id", name), ("title", title), ("lang", lang), ("source", source))
        if text is not None
    }
    _refuse_bad(given)
    with opened(options) as work:
        owners = {known.deck: Path(known.path) for known in work.store.catalogue.files().values() if known.deck}
        draft = _completed(given, file) if given.keys() & {"id", "title"} else _asked(given, file, owners.get)
        owner = owners.get(draft.id)
        if owner is not None:
            raise id_taken(draft.id, owner)
        path = file or work.home.content / f"{draft.id}{SUFFIX}"
        _write(path, draft)
    _say_what_next(work, path, draft)


def _refuse_bad(given: dict[str, str]) -> None:
    from quizdock.deck.template import header_problem

    for key, text in given.items():
        problem = translate(header_problem(key, text))
        if problem:
            raise click.BadParameter(problem, param_hint=f"--{key}")


def _completed(given: dict[str, str], file: Path | None) -> "Draft":
    """What the options say, and what follows from it."""
    from quizdock.deck.template import Draft, first_topic

    title = given.get("title") or given["id"].replace("-", " ").capitalize()
    name = given.get("id") or _suggested_id(title, file)
    if not name:
        raise QuizDockError(msg("no id can be made of this title"), msg("Say one: --id ID"))
    lang = given.get("lang") or os.environ.get("LANGUAGE", "en")
    return Draft(name, title, lang, given.get("source", ""), first_topic(lang))


def _suggested_id(title: str, file: Path | None) -> str:
    """After the file if there is one, else after the title."""
    from quizdock.deck.template import suggested_id

    return suggested_id(file.stem if file else title)


def _asked(given: dict[str, str], file: Path | None, owner: Taken) -> "Draft":
    from quizdock.deck.template import Draft, first_topic

    form = _form()
    title = _line(form, "title", _("Title of the deck"), "")
    name = _line(form, "id", _("Id (it never changes)"), _suggested_id(title, file), owner)
    language = os.environ.get("LANGUAGE", "en")
    lang = given.get("lang") or _line(form, "lang", _("Language of its texts (en, fr, …)"), language)
    source = given.get("source")
    if source is None:
        source = _line(form, "source", _("Source: which course is it made from? (may stay empty)"), "")
    topic = _line(form, "title", _("Title of its first topic"), first_topic(lang))
    return Draft(name, title, lang, source, topic)


def _form() -> "Form":
    if interactive(plain=False):
        from quizdock.ui.form_screen import InteractiveForm

        return InteractiveForm()
    from quizdock.ui.form import PlainForm

    return PlainForm(sys.stdin, sys.stdout)


def _line(form: "Form", key: str, label: str, default: str, owner: Taken = lambda _name: None) -> str:
    """One answer. Raises QuizDockError where the input ends."""
    from quizdock.deck.template import header_problem

    def problem(text: str) -> str:
        taken = owner(text)
        if taken is not None:
            return translate(id_taken(text, taken).message)
        return translate(header_problem(key, tidy_name(text)))

    answer = form.line(label, default, problem)
    if answer is None:
        raise QuizDockError(
            msg("the input ended before every question was answered; nothing was written"),
            msg("Without questions: quizdock deck new --id ID --title TITLE"),
        )
    return tidy_name(answer)


def _write(path: Path, draft: "Draft") -> None:
    from quizdock.deck.reader import parse_deck
    from quizdock.deck.template import starter

    data = starter(draft).encode()
    parse_deck(data, str(path))  # nothing is written that a check would refuse
    write_new(path, data)


def _say_what_next(work: Opened, path: Path, draft: "Draft") -> None:
    say(_("Written: {path}").format(path=path))
    say(_("Open it in your editor and put your course in the place of the examples. Then:"))
    say(f"  quizdock deck check {quote(str(path))}")
    on_shelf = path.absolute().parent == work.home.content
    say(f"  quizdock study {draft.id}" if on_shelf else f"  quizdock deck add {quote(str(path))}")
