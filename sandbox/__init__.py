"""A stand-in for Discord on this machine; it imports none of the other rooms."""
