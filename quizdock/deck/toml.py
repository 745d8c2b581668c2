"""Reading TOML: by a fast parser what it reads as the thorough one does, by the thorough one everything else."""

from typing import Any

import rtoml
import tomli


def loads(source: str) -> dict[str, Any]:
    """What the TOML says. Raises tomli's TOMLDecodeError, ValueError or RecursionError for what tomli refuses.

    rtoml takes a third of tomli's time. What it refuses is for tomli to judge: it says where and why, and reads some
    things more, such as numbers of more than 64 bits.
    """
    source = source.replace("\r\n", "\n") if "\r" in source else source  # as tomli does, inside of texts too
    tree = None if _is_odd(source) else _read_fast(source)
    return tree if isinstance(tree, dict) else tomli.loads(source)  # rtoml's keys may be written in escapes


def _read_fast(source: str) -> Any:
    try:
        return rtoml.loads(source)
    except rtoml.TomlParsingError:
        return None


def _is_odd(source: str) -> bool:
    """Whether rtoml may read more: it skips any byte order mark, and has private keys that make dates of tables."""
    return "\r" in source or "$__" in source or source.startswith("\ufeff")
