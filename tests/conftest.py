"""What every test starts from: an environment that says nothing about QuizDock, in English."""

import os

import pytest


@pytest.fixture(autouse=True)
def neutral_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("QUIZDOCK_") or name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("QUIZDOCK_DEBUG", "1")  # what nobody thought of is a traceback here, as tests look for those
