"""The colours, by what they mean. Terminal colours by name, so that dark and light backgrounds both stay readable."""

from rich.theme import Theme

THEME = Theme(
    {
        "title": "bold",
        "quiet": "dim",
        "accent": "cyan",
        "good": "green",
        "bad": "red",
        "half": "magenta",
        "focus": "bold reverse",
        "masked": "dim",
        "key": "bold cyan",
        "table.header": "bold",
    }
)

WIDEST = 100
"""Columns that a screen uses at most: longer lines are hard to read."""

PROMPT_STYLE = [
    ("qmark", "fg:ansicyan bold"),
    ("question", "fg:ansimagenta"),
    ("answer", "fg:ansicyan bold"),
    ("pointer", "fg:ansicyan bold"),
    ("highlighted", "fg:ansicyan bold"),
    ("selected", "fg:ansicyan"),
    ("instruction", "dim"),
    ("text", ""),
    ("separator", "dim"),
    ("footer", "dim"),
    ("footer-key", "fg:ansicyan bold"),
]
"""For questionary and prompt_toolkit."""
