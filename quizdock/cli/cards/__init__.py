"""The subcommands of `quizdock card`."""
