"""What the dyads' pages show, by noun."""
