"""Floor 6: crews. Calling one, its table, its agreements."""
