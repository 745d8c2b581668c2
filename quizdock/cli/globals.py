"""What the options say that every command takes."""

from collections.abc import Mapping


class Globals:
    """What the global options said; None where they were silent."""

    __slots__ = ("home", "lang", "learner")

    def __init__(self, home: str | None = None, learner: str | None = None, lang: str | None = None) -> None:
        """Keep what was said."""
        self.home = home
        self.learner = learner
        self.lang = lang


def of_environment(environment: Mapping[str, str]) -> Globals:
    """What the environment says where no option was given, as click has it: an empty text says nothing."""
    return Globals(environment.get("QUIZDOCK_HOME") or None, environment.get("QUIZDOCK_LEARNER") or None)
