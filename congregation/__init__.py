"""Floor 6: a congregation, in which crews form, learn from each other and help each other."""
