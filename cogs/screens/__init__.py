"""What members read: each screen is a function from a value to a view, without I/O."""
