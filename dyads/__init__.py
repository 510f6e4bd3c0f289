"""Floor 6: dyads. Two people, equal turns."""
