"""Pages of the private place, by noun."""
