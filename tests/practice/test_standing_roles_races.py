"""Two who change the crew's standing roles at the same moment."""

from functools import partial

from circles.models import Circle
from practice import errors, services
from practice.models import StandingRole
from practice.rules.roles import MOST_STANDING
from tests.factories import make_bare_crew
from tests.races import RACES, at_once, sitting

pytestmark = RACES


def names(circle: Circle) -> list[str]:
    return list(circle.standing_roles.values_list("name", flat=True))


def test_of_two_who_add_the_same_role_at_once_one_is_told() -> None:
    crew = make_bare_crew(people=3)
    one, two, _ = sitting(crew)
    met = at_once(
        partial(services.add_role, circle=crew, by=one, name="Cook"),
        partial(services.add_role, circle=crew, by=two, name="cook"),
    )
    assert set(met) == {None, errors.RoleThereAlready}
    assert sum(name.casefold() == "cook" for name in names(crew)) == 1


def test_of_many_who_add_roles_at_once_no_more_are_added_than_fit() -> None:
    crew = make_bare_crew(people=3)
    one, two, three = sitting(crew)
    free = MOST_STANDING - crew.standing_roles.count()
    met = at_once(
        *(
            partial(services.add_role, circle=crew, by=by, name=f"Role {number}")
            for number, by in enumerate([one, two, three] * (free + 1))
        )
    )
    assert met.count(None) == free
    assert set(met) <= {None, errors.TooManyRoles}
    places = list(crew.standing_roles.values_list("position", flat=True))
    assert places == list(range(1, MOST_STANDING + 1))


def test_two_roles_never_get_the_same_name_at_once() -> None:
    crew = make_bare_crew(people=3)
    one, two, _ = sitting(crew)
    first, second, *_rest = crew.standing_roles.all()
    change = partial(services.change_role, name="Cook", what_for="")
    met = at_once(partial(change, role=first, by=one), partial(change, role=second, by=two))
    assert set(met) == {None, errors.RoleThereAlready}
    assert names(crew).count("Cook") == 1


def test_a_role_that_is_dropped_while_it_is_changed_is_gone_or_was_changed_first() -> None:
    crew = make_bare_crew(people=3)
    one, two, _ = sitting(crew)
    role: StandingRole = crew.standing_roles.all()[0]
    met = at_once(
        partial(services.drop_role, role=role, by=one),
        partial(services.change_role, role=role, by=two, name="Cook", what_for=""),
        partial(services.drop_role, role=role, by=two),
    )
    assert set(met) <= {None, errors.NoSuchRole}
    assert met.count(None) >= 1
    assert not crew.standing_roles.filter(pk=role.pk).exists()
    assert "Cook" not in names(crew)
