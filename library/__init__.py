"""Floor 4: practices, what there is to practise."""
