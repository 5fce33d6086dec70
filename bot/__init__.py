"""The room that opens doors: settings, wiring and the command line."""
