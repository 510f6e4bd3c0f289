"""Pages of a congregation, by noun."""
