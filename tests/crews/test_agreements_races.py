"""Two who press at the same moment, over what the crew agreed."""

from functools import partial

from crews import errors, services
from crews.models import Acceptance, Agreements, Crew, Reopening
from crews.rules.agreements import Texts
from notifications.models import Notice
from tests.crews.tables import make_crew
from tests.races import RACES, at_once, sitting

pytestmark = RACES

FIRST = Texts("Kind.", "Tuesdays.", "Six times.")
OTHER = Texts("Kind.", "Wednesdays.", "Six times.")


def agreed(crew: Crew) -> Agreements:
    return services.agree(crew=crew, by=sitting(crew)[0], texts=FIRST)


def test_one_who_accepts_twice_and_another_at_once_make_two_yeses() -> None:
    crew = make_crew(people=2)
    edition = agreed(crew)
    _, two, three = sitting(crew)
    yes = partial(services.accept, crew=crew, number=edition.number, version=edition.version)
    assert at_once(*(partial(yes, by=by) for by in (two, two, three))) == [None] * 3
    assert Acceptance.objects.filter(edition=edition).count() == 3


def test_nobody_accepts_what_they_have_not_read() -> None:
    """A yes and a change at once: the yes is to the old words, or it is asked for anew."""
    for _ in range(3):
        crew = make_crew(people=2)
        edition = agreed(crew)
        one, two, _three = sitting(crew)
        met = at_once(
            partial(
                services.accept,
                crew=crew,
                by=two,
                number=edition.number,
                version=edition.version,
            ),
            partial(services.agree, crew=crew, by=one, texts=OTHER, seen=FIRST.marks),
        )
        assert met[1] is None
        assert met[0] in {None, errors.WrittenAnew}
        said = Acceptance.objects.filter(person=two).values_list("edition__meeting", flat=True)
        assert list(said) == ([FIRST.meeting] if met[0] is None else [])
        latest = Agreements.objects.latest_of(crew)
        assert latest is not None
        assert latest.texts == OTHER


def test_of_two_who_write_the_same_text_at_once_the_later_is_told() -> None:
    crew = make_crew(people=2)
    agreed(crew)
    one, two, _ = sitting(crew)
    third = Texts("Kind.", "Fridays.", "Six times.")
    met = at_once(
        partial(services.agree, crew=crew, by=one, texts=OTHER, seen=FIRST.marks),
        partial(services.agree, crew=crew, by=two, texts=third, seen=FIRST.marks),
    )
    assert set(met) == {None, errors.WrittenMeanwhile}
    latest = Agreements.objects.latest_of(crew)
    assert latest is not None
    assert latest.texts == (OTHER if met[0] is None else third)


def test_of_three_who_reopen_at_once_one_does_and_the_others_hear_once() -> None:
    crew = make_crew(people=2)
    agreed(crew)
    people = sitting(crew)
    met = at_once(*(partial(services.reopen, crew=crew, by=by) for by in people))
    assert sorted(str(one) for one in met) == sorted(
        str(one) for one in (None, errors.ReopenedAlready, errors.ReopenedAlready)
    )
    asked = Reopening.objects.open().get(crew=crew)
    told = Notice.objects.filter(kind="crews.reopened", ref=asked.pk)
    assert {one.person for one in told} == set(people) - {asked.asked_by}


def test_a_new_edition_settles_a_reopening_that_comes_at_the_same_moment_or_not_yet() -> None:
    crew = make_crew(people=2)
    agreed(crew)
    one, two, _ = sitting(crew)
    met = at_once(
        partial(services.reopen, crew=crew, by=two),
        partial(services.agree, crew=crew, by=one, texts=OTHER, seen=FIRST.marks),
    )
    assert met == [None, None]
    asked = Reopening.objects.get(crew=crew)
    editions = Agreements.objects.filter(crew=crew).count()
    # Asked first: settled by an edition of its own. Asked after it: it is about the new words.
    assert editions == (1 if asked.settled_at is None else 2)
