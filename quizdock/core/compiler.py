"""The version of what decks are compiled to: apart from the compiling itself, which loads ten times as much."""

COMPILER = 4
"""Raise it whenever derivation, forms or `core.card.encode` change, so that every deck is compiled anew after an
update."""
