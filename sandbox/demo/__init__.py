"""A story that the demo tells over the wire, and the benchmark that it is told with."""
