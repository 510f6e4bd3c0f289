"""What the pages show of a congregation, by noun."""
