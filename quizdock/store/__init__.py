"""The only SQL: schema, catalogue of cards, journal and schedules, learners, attempts."""

from quizdock.store.store import Store, open_store

__all__ = ["Store", "open_store"]
