"""Pages of dyads, by noun."""
