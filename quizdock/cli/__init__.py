"""The command line: one file a command group; each parses options, makes one call, prints. Imports are lazy."""
