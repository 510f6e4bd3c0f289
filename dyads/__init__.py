"""Floor 7: dyads. Two people, equal turns."""
