"""What the crews' pages show, by noun. Plain dataclasses, a handful of queries."""
