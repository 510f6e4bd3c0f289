"""What waits: for stewards on their panel, and for everybody on Today."""
