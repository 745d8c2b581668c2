"""Everything a person or a program sees: askers, rendering, wording, translations."""
