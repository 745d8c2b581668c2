"""Where settings come from: options, the environment, the home's file; and writing that file."""

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quizdock.cli.globals import Globals
from quizdock.cli.home import Home, find_home
from quizdock.cli.output import say
from quizdock.core.cleaning import tidy_name
from quizdock.core.errors import QuizDockError
from quizdock.core.setting_keys import Chosen, Key, Value, read_environment, resolve, settings_of
from quizdock.core.settings import Settings
from quizdock.ui.translations import gettext as _


class Sources(NamedTuple):
    """Every setting's value with its source, and what is wrong: the wrong ones are as if nobody had said them."""

    chosen: Mapping[str, Chosen]
    problems: Sequence[QuizDockError]

    def settings(self) -> Settings:
        """The settings. Raises QuizDockError, the first problem, if there is any."""
        for problem in self.problems:
            raise problem
        return self.tolerated()

    def tolerated(self) -> Settings:
        """The settings, whatever else is wrong."""
        return settings_of(self.chosen)


def look_up(options: Globals, home: Home) -> Sources:
    """What everybody says: option > environment > settings file > default."""
    environment, wrong = read_environment(os.environ)
    file, broken = _file_values(home)
    return Sources(resolve(_said(options), environment, file), [*broken, *wrong])


def write_setting(options: Globals, key: Key, value: Value) -> None:
    """Write a setting into the home's file, and say so if the environment wins over it."""
    from quizdock.store.settings_file import set_value

    set_value(find_home(options.home, os.environ).settings, key, value)
    if os.environ.get(key.variable):
        say(_("{variable} is set, and wins over the settings file.").format(variable=key.variable), err=True)


def _file_values(home: Home) -> tuple[Mapping[str, Value], list[QuizDockError]]:
    if not os.path.lexists(home.settings):
        return {}, []
    from quizdock.store.settings_file import SettingsError, read_settings

    try:
        file = read_settings(home.settings)
    except QuizDockError as error:
        return {}, [error]
    return file.values, [SettingsError(file.path, file.problems)] if file.problems else []


def _said(options: Globals) -> dict[str, Value]:
    """What options said; click hands on QUIZDOCK_LEARNER as if it were one."""
    said: dict[str, Value] = {}
    if options.learner and options.learner != os.environ.get("QUIZDOCK_LEARNER"):
        said["learner"] = tidy_name(options.learner)
    if options.lang:
        said["lang"] = options.lang
    return said
