"""The subcommands of `quizdock deck`: one file each."""
