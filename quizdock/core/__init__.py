"""The pure core: the standard library only; no clock, no files, no SQL, no terminal, no dice."""
