"""`python -m quizdock` is the same as `quizdock`."""

from quizdock.cli.main import main

main()
