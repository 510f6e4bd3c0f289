"""Floor 0: the database of wrapped keys. Knows nothing of whose they are or what they open."""
