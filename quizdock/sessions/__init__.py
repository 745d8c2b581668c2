"""The loops that bring store, asker, clock and core together; they know no SQL and no screen."""
