"""What is built is whole."""

import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[1]


def test_the_wheel_carries_the_decks_the_guide_and_the_translations(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "quizdock/content/docker-conteneurs.toml",
        "quizdock/content/README.md",
        "quizdock/ui/locale/fr/LC_MESSAGES/quizdock.mo",
        "quizdock/py.typed",
    } <= names
    assert not [name for name in names if name.endswith(".db") or name.startswith("tests")]
