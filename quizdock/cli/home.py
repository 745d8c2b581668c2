"""Where decks and data live."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import quizdock
from quizdock.core.errors import QuizDockError
from quizdock.core.message import Message, msg

_PACKAGE = Path(quizdock.__file__).parent


class Home(NamedTuple):
    """The folder with `content/` and `data/`, why it was chosen, and where the shipped decks are."""

    root: Path
    reason: Message
    shipped: Path

    @property
    def content(self) -> Path:
        """The home's own decks."""
        return self.root / "content"

    @property
    def database(self) -> Path:
        """The learners' database."""
        return self.root / "data" / "quizdock.db"

    @property
    def settings(self) -> Path:
        """The settings file, which need not be there."""
        return self.root / "data" / "settings.toml"

    @property
    def removed_learners(self) -> Path:
        """The histories of learners who were removed."""
        return self.root / "data" / "removed-learners"

    @property
    def removed_decks(self) -> Path:
        """Files of decks that were taken out of `content`."""
        return self.root / "data" / "removed-decks"

    @property
    def deck_folders(self) -> list[Path]:
        """Where decks are looked for; the first wins where two have the same id."""
        return list(dict.fromkeys([self.content, self.shipped]))


def find_home(option: str | None, environment: Mapping[str, str]) -> Home:
    """`--home` (or QUIZDOCK_HOME, which fills it), else the checkout, else the user's data folder.

    Raises QuizDockError for a chosen home that is a file.
    """
    checkout = _PACKAGE.parent if (_PACKAGE.parent / "pyproject.toml").is_file() else None
    shipped = checkout / "content" if checkout else _PACKAGE / "content"
    if option:
        root = Path(os.path.abspath(os.path.expanduser(option)))  # noqa: PTH100, PTH111 - resolve() would follow links; a stranger's ~ stays
        if root.exists() and not root.is_dir():
            raise QuizDockError(msg("{path}: the home must be a folder", path=root))
        from_environment = option == environment.get("QUIZDOCK_HOME")
        return Home(root, msg("QUIZDOCK_HOME") if from_environment else msg("--home"), shipped)
    if checkout:
        return Home(checkout, msg("this checkout"), shipped)
    from platformdirs import user_data_path

    return Home(user_data_path("quizdock", appauthor=False), msg("the user's data folder"), shipped)
