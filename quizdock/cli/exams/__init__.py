"""What `quizdock exam` can do besides, a file a few commands."""
