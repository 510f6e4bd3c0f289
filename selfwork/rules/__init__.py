"""What holds in the private place, as functions of what they are given."""
