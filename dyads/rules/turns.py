"""Who speaks first: it alternates, so that neither is always the second. Pure."""


def speaks_first[Person](first: Person, second: Person, *, number: int) -> Person:
    """Who of the two begins the meeting `number` (1, 2, …); `first` began the first one."""
    return first if number % 2 else second
