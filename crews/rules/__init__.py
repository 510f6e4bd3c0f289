"""What holds for crews whatever the database says: pure functions over plain values, no clock.

Of forming them: what a crew is worth (`points`), a whole set of crews for a season (`proposing`),
who fits a seat that is open (`latecomers`), what one move does (`moving`), and what would help
those for whom there was no seat (`lacking`).
"""
