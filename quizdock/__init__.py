"""Quizzes and spaced repetition in the terminal, from decks written in TOML."""

__version__ = "0.1.0"
