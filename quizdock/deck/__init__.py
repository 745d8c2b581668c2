"""From a TOML file to a deck of cards: reading, validation with located errors, derivation."""
