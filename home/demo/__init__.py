"""A believable congregation to look around in. Made-up people; example.org addresses."""
