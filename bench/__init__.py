"""The room that thinks: pure rules without I/O, await, clock or Discord."""
