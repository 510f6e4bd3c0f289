"""What people type about dyads, by noun."""
