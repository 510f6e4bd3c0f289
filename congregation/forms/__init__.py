"""What people type about a congregation, by noun."""
