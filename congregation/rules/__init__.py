"""Pure rules of congregations: no database, no clock."""
