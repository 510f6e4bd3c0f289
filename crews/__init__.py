"""Floor 7: crews. Calling one, its table, its agreements."""
