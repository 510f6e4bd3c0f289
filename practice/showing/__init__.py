"""What pages show, as plain dataclasses, so that templates ask no questions of the database."""
