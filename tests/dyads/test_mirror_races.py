"""Two who press at the same moment, at one mirror."""

from functools import partial

from dyads import services
from dyads.models import Mirror, MirrorAnswer
from notifications.models import Notice
from tests.dyads.mirrors import FAR, NEAR, answer, make_two
from tests.races import RACES, at_once

pytestmark = RACES


def told(mirror: Mirror) -> int:
    return Notice.objects.filter(kind="dyads.mirror_opened", ref=mirror.pk).count()


def test_two_who_answer_at_once_open_it_once() -> None:
    for _ in range(3):
        dyad, nina, oisín = make_two()
        mirror = services.ask_mirror(dyad=dyad, by=nina)
        met = at_once(partial(answer, mirror, nina, NEAR), partial(answer, mirror, oisín, FAR))
        assert met == [None, None]
        mirror.refresh_from_db()
        assert mirror.is_open
        assert told(mirror) == 2


def test_two_who_ask_at_once_ask_for_one() -> None:
    dyad, nina, oisín = make_two()
    met = at_once(
        partial(services.ask_mirror, dyad=dyad, by=nina),
        partial(services.ask_mirror, dyad=dyad, by=oisín),
    )
    assert met == [None, None]
    assert Mirror.objects.filter(dyad=dyad).count() == 1


def test_whoever_takes_back_while_the_other_answers_is_read_by_nobody() -> None:
    for _ in range(3):
        dyad, nina, oisín = make_two()
        mirror = services.ask_mirror(dyad=dyad, by=nina)
        answer(mirror, nina)
        met = at_once(
            partial(services.withdraw_answers, mirror=mirror, by=nina),
            partial(answer, mirror, oisín, FAR),
        )
        assert met == [None, None]
        mirror.refresh_from_db()
        assert not mirror.is_open
        readable = MirrorAnswer.objects.readable_by
        assert not readable(nina).filter(mirror=mirror).exists()
        assert {one.person_id for one in readable(oisín).filter(mirror=mirror)} == {oisín.pk}
