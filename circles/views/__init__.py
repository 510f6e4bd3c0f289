"""Pages about seats, by noun."""
