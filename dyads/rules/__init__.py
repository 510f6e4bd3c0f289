"""Pure rules of pairing dyads: no database, no clock."""
