"""The order of devices: the journal is replayed in the order of their numbers, and this one's own goes on.

So whatever a learner did elsewhere before it came here stands before what is done here from now on: this device has
number 1, and the journals of others have lower ones. Where a history that began here went on elsewhere, this device
begins a new journal, under a new name, behind it.
"""

from collections.abc import Sequence

from quizdock.core.errors import QuizDockError
from quizdock.core.message import msg
from quizdock.store.database import Database
from quizdock.store.journal import HERE


class Devices:
    """The devices that wrote to the journal. Call it inside a transaction."""

    def __init__(self, database: Database) -> None:
        """Read and write through the database."""
        self._database = database

    def number(self, name: str) -> int:
        """The device's number, added behind all others if not there yet: its journal is empty."""
        self._database.execute("INSERT OR IGNORE INTO device (name) VALUES (?)", [name])
        number: int = self._database.value("SELECT id FROM device WHERE name = ?", [name])
        return number

    def settle(self, names: Sequence[str], fresh: str) -> None:
        """See that these devices are here, and in this order; `fresh` names this one if it begins a new journal.

        Raises QuizDockError where they stand in another order here.
        """
        known = [
            name
            for (name,) in self._database.rows(
                f"SELECT name FROM device WHERE id = {HERE}"
                " OR EXISTS (SELECT 1 FROM event WHERE event.device = device.id) ORDER BY id"
            )
        ]
        here: str = self._database.value(f"SELECT name FROM device WHERE id = {HERE}")
        order = merged(known, names, here)
        if order == known:
            return
        self._database.execute("PRAGMA defer_foreign_keys = ON")  # until this transaction ends
        if order[-1] != here:
            order.append(fresh)
        for number, name in enumerate(order, HERE + 1 - len(order)):
            self._move(name, number)

    def _move(self, name: str, number: int) -> None:
        """Give the device this number, which is free: whoever had it came before, and has a lower one now."""
        before = self._database.value("SELECT id FROM device WHERE name = ?", [name])
        if before is None:
            self._database.execute("INSERT INTO device (id, name) VALUES (?, ?)", [number, name])
        elif before != number:
            self._database.execute("UPDATE device SET id = ? WHERE id = ?", [number, before])
            for column in ("event SET device", "event SET of_device", "attempt SET device"):
                self._database.execute(f"UPDATE {column} = ?1 WHERE {column.split()[-1]} = ?2", [number, before])


def merged(known: Sequence[str], names: Sequence[str], here: str) -> list[str]:
    """Both in one order; what nothing settles comes before `here`. Raises QuizDockError where they contradict."""
    common = [name for name in names if name in known]
    if common != [name for name in known if name in common]:
        raise QuizDockError(
            msg("the devices of this history are in another order here"),
            msg("Import it into a database of its own: --home DIR"),
        )
    order = [*known]
    place = len(order) if common[-1:] == [here] else order.index(here)
    for name in reversed(names):
        if name in known:
            place = order.index(name)
        else:
            order.insert(place, name)
    return order
