"""Crews for a season: what no proposal ever breaks, and how good it is."""

from crews.rules.points import may_sit_together
from crews.rules.proposing import propose
from tests.crews.rules.instances import SPARSE, by_id, congregation


def test_everybody_sits_once_at_most_and_every_crew_may_be() -> None:
    people = by_id(congregation(40, SPARSE, 1))
    proposal = propose(people.values(), seed=1, seconds=5)
    seated = [person for crew in proposal.crews for person in crew]
    assert sorted([*seated, *proposal.unplaced]) == sorted(people)
    assert all(may_sit_together([people[one] for one in crew]) for crew in proposal.crews)
