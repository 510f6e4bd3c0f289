"""What a person writes to themselves, by noun."""
