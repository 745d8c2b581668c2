"""Texts as strangers may write them, for laws about every text."""

from hypothesis import settings
from hypothesis import strategies as st

LAW = settings(deadline=None, derandomize=True, max_examples=200)
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SPECIAL = "\t\n\r\x0b\x0c\x1b\x7f\x85\u00a0\u2028\u202f\ufeff\u200b’«»œŒæßİΐ" + BIDI
texts = st.text(st.characters() | st.sampled_from(SPECIAL), max_size=30)
