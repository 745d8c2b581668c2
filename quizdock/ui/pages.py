"""What HTML pages share: one self-contained file, no script, nothing loaded from anywhere, every text escaped."""

from collections.abc import Iterable
from html import escape
from os import environ

from quizdock.core.cleaning import clean

_HEAD = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="QuizDock">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
"""
_STYLE = """
:root { --ink: #1c2430; --quiet: #5d6b7a; --line: #d7dde4; --paper: #ffffff; --ground: #f3f5f8; --accent: #1769aa;
  --good: #1b7f3b; --half: #9a6700; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf0; --quiet: #9aa7b5; --line: #364150; --paper: #1b222c; --ground: #12171e; --accent: #6bb6f2;
    --good: #5fcf86; --half: #e3b341; --bad: #ff8a80; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 48rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .75rem; }
p { margin: .35rem 0; overflow-wrap: anywhere; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.25rem;
  margin: .75rem 0; break-inside: avoid; }
.quiet { color: var(--quiet); }
.good { color: var(--good); } .half { color: var(--half); } .bad { color: var(--bad); }
.big { font-size: 2.25rem; font-weight: 700; line-height: 1.1; }
.asks { font-weight: 600; white-space: pre-line; }
.label { display: inline-block; min-width: 7.5rem; color: var(--quiet); }
.text { white-space: pre-line; }
pre { overflow-x: auto; line-height: 1.15; font-size: .8rem; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; padding: .3rem .5rem .3rem 0; vertical-align: middle; }
td.number { text-align: right; white-space: nowrap; } td.name { white-space: nowrap; }
svg { display: block; width: 100%; height: .8rem; }
svg .ground { fill: var(--line); } svg .range { fill: var(--accent); opacity: .35; }
svg .good { fill: var(--good); } svg .half { fill: var(--half); } svg .bad { fill: var(--bad); }
svg .quiet { fill: var(--quiet); }
footer { margin-top: 2.5rem; font-size: .85rem; color: var(--quiet); }
ol.options { list-style: upper-alpha; } ol.options li { padding: .1rem 0; }
.lines span { display: block; border-bottom: 1px solid var(--quiet); height: 1.9rem; }
.box { display: inline-block; width: .95rem; height: .95rem; border: 1.5px solid var(--ink); border-radius: .15rem;
  vertical-align: -.1rem; margin-right: .35rem; }
.fields { display: flex; flex-wrap: wrap; gap: 1rem 2rem; margin: 1rem 0; }
.fields span { flex: 1 1 12rem; border-bottom: 1px solid var(--quiet); padding-bottom: .2rem; }
.sheet + .sheet { break-before: page; margin-top: 3rem; }
@media print {
  :root { --ink: #000; --quiet: #444; --line: #bbb; --paper: #fff; --ground: #fff; --accent: #1769aa; --good: #1b7f3b;
    --half: #9a6700; --bad: #b3261e; }
  body { font-size: 11pt; } main { max-width: none; padding: 0; }
  .card { padding: .6rem .8rem; }
  * { print-color-adjust: exact; }
}
"""


def text(words: str) -> str:
    """A text as HTML: nothing in it is markup any more."""
    return escape(clean(words), quote=True)


def element(name: str, content: str, kind: str = "") -> str:
    """An element around content that is HTML already."""
    return f'<{name} class="{kind}">{content}</{name}>' if kind else f"<{name}>{content}</{name}>"


def paragraph(words: str, kind: str = "") -> str:
    """A text as a paragraph."""
    return element("p", text(words), kind)


def labelled(label: str, words: str, kind: str = "text") -> str:
    """A text behind what it is."""
    return element("p", f"{element('span', text(label), 'label')} {element('span', text(words), kind)}")


def bar(share: float, kind: str) -> str:
    """A share, 0–1, as a bar."""
    width = round(100 * min(max(share, 0.0), 1.0), 1)
    return _picture(_rectangle("ground", 0, 100), _rectangle(kind, 0, width))


def scale(low: float, high: float, at: float | None, kind: str) -> str:
    """0 to 1 with a range on it, and a mark where something lies."""
    mark = "" if at is None else _rectangle(kind, 98 * at, 2)
    return _picture(_rectangle("ground", 0, 100), _rectangle("range", 100 * low, 100 * (high - low)), mark)


def _picture(*rectangles: str) -> str:
    drawn = "".join(rectangles)
    return f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" role="presentation">{drawn}</svg>'


def _rectangle(kind: str, x: float, width: float) -> str:
    return f'<rect class="{kind}" x="{round(x, 1)}" width="{round(width, 1)}" height="10"/>'


def page(title: str, parts: Iterable[str]) -> str:
    """The whole page around parts that are HTML already."""
    head = _HEAD.format(lang=text(environ.get("LANGUAGE", "en")), title=text(title), style=_STYLE)
    body = "\n".join(parts)
    return f"{head}<main>\n{body}\n</main>\n</body>\n</html>\n"
