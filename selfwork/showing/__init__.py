"""What the owner reads, by noun."""
