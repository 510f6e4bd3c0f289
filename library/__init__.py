"""Floor 3: practices, what there is to practise."""
