"""The colours, by what they mean. Terminal colours by name, so that dark and light backgrounds both stay readable."""

from rich.theme import Theme

THEME = Theme(
    {
        "title": "bold",
        "quiet": "bright_black",
        "accent": "cyan",
        "good": "green",
        "bad": "red",
        "half": "yellow",
        "focus": "bold reverse",
        "masked": "bright_black",
        "key": "bold cyan",
        "table.header": "bold",
    }
)

PROMPT_STYLE = [
    ("qmark", "fg:ansicyan bold"),
    ("question", "fg:ansiyellow"),
    ("answer", "fg:ansicyan bold"),
    ("pointer", "fg:ansicyan bold"),
    ("highlighted", "fg:ansicyan bold"),
    ("selected", "fg:ansicyan"),
    ("instruction", "fg:ansibrightblack"),
    ("text", ""),
    ("separator", "fg:ansibrightblack"),
    ("footer", "fg:ansibrightblack"),
    ("footer-key", "fg:ansicyan bold"),
]
"""For questionary and prompt_toolkit."""
