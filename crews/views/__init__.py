"""Pages of crews, by noun."""
