"""Printing for people: whatever strangers wrote is cleaned on its way to the terminal."""

import sys

from quizdock.core.cleaning import clean, json_text


def say(text: str, *, err: bool = False) -> None:
    """Print a text to stdout, or to stderr, without anything that could drive the terminal."""
    print(clean(text), file=sys.stderr if err else sys.stdout, flush=True)


def say_json(data: object) -> None:
    """Print data to stdout as one line of JSON."""
    sys.stdout.write(f"{json_text(data)}\n")
    sys.stdout.flush()
