"""Brings the French catalogue up to date: run it, translate what it names in `quizdock.po`, run it again.

The catalogue holds every text of the package, and click's own, which go through the same gettext. Its header has no
dates and its entries no places, so that it only changes when a text does.
"""

from collections.abc import Iterable
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

Texts = dict[str, str | tuple[str, str]]
"""Texts, with their plurals if they have one, by the key that gettext knows them by: the singular."""

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "quizdock" / "ui" / "locale" / "fr" / "LC_MESSAGES" / "quizdock.po"
KEYWORDS = {**DEFAULT_KEYWORDS, "msg": None, "nmsg": (1, 2)}
CLICK = "click"
"""The note at click's texts. Those that only older versions of it show stay in the catalogue."""
CLICK_VERSION = (8, 5)
"""The newest click whose texts are all there."""
CLICK_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "shell_completion", "termui", "types")


class French(Catalog):
    """A catalogue with a small header."""

    mime_headers = [  # type: ignore[misc,assignment,override,unused-ignore]  # noqa: RUF012 - babel's property, made constant
        ("Language", "fr"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Plural-Forms", "nplurals=2; plural=(n > 1)"),
    ]
    num_plurals = 2  # type: ignore[assignment,misc,unused-ignore]  # likewise: some versions of babel would have three

    def __init__(self) -> None:
        """Without an entry."""
        super().__init__("fr", header_comment="# QuizDock in French.", fuzzy=False)


def own_texts() -> Texts:
    """Every text that the package's sources mark, file after file."""
    return _texts(sorted((ROOT / "quizdock").rglob("*.py")))


def click_texts() -> Texts:
    """Every text that the installed click marks in the modules that a user can meet."""
    spec = find_spec("click")
    assert spec is not None and spec.origin is not None
    return _texts(Path(spec.origin).with_name(f"{name}.py") for name in CLICK_MODULES)


def catalogue(path: Path = CATALOGUE) -> dict[str, Message]:
    """The entries of a `.po` file by their keys."""
    with path.open("rb") as file:
        return {_key(message.id): message for message in read_po(file) if message.id}


def refreshed(entries: dict[str, Message]) -> French:
    """The catalogue as it should be: what is new is empty, what is stale is gone."""
    older: Texts = {key: _text(entry.id) for key, entry in entries.items() if CLICK in entry.auto_comments}
    own = own_texts()
    of_click = {**click_texts(), **older}
    fresh = French()
    for key, text in [*own.items(), *sorted((key, text) for key, text in of_click.items() if key not in own)]:
        before = entries.get(key)
        message = fresh.add(
            text,
            before.string if before else None,
            auto_comments=() if key in own else (CLICK,),
            user_comments=before.user_comments if before else (),
        )
        message.flags.clear()  # babel guesses which texts have gaps; what it guesses depends on its version
    return fresh


def untranslated(fresh: Catalog) -> list[str]:
    """The keys of the entries that lack a translation, or one of its plural forms."""
    return [_key(message.id) for message in fresh if message.id and not all(translations(message))]


def translations(message: Message) -> tuple[str, ...]:
    """An entry's translation, or one for each plural form."""
    return (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)


def po_file(fresh: Catalog) -> bytes:
    """The catalogue as translators edit it."""
    file = BytesIO()
    write_po(file, fresh, width=110, no_location=True)
    return file.getvalue().rstrip() + b"\n"


def mo_file(fresh: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    file = BytesIO()
    write_mo(file, fresh)
    return file.getvalue()


def _texts(files: Iterable[Path]) -> Texts:
    found = [text for path in files for _, text, _, _ in extract_from_file("python", path, keywords=KEYWORDS)]
    return {_key(text): _text(text) for text in found}


def _key(text: str | list[str] | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


def _text(text: str | list[str] | tuple[str, ...]) -> str | tuple[str, str]:
    return text if isinstance(text, str) else (text[0], text[1])


def main() -> None:
    """Write both files and say what is left to translate."""
    fresh = refreshed(catalogue())
    CATALOGUE.write_bytes(po_file(fresh))
    CATALOGUE.with_suffix(".mo").write_bytes(mo_file(fresh))
    print(f"{len(fresh)} texts", *(f"not translated: {key}" for key in untranslated(fresh)), sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
