"""The room that does: one use case per call; it owns transactions, the clock and the workers."""
