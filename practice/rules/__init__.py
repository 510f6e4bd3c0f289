"""Pure rules: of time, of whose turn it is, of what may be offered. No database, no clock."""
