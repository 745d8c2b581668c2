"""Printing for people: whatever strangers wrote is cleaned on its way to the terminal."""

import click

from quizdock.core.text import clean, json_text


def say(text: str, *, err: bool = False) -> None:
    """Print a text to stdout, or to stderr, without anything that could drive the terminal."""
    click.echo(clean(text), err=err)


def say_json(data: object) -> None:
    """Print data to stdout as one line of JSON."""
    click.echo(json_text(data))
