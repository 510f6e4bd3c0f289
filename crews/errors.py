"""What can stand in the way of a wish about a crew, in words for the person who wished it."""
