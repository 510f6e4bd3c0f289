"""Pages about meetings, by noun."""
