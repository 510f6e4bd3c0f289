"""Changing what is done at a meeting, who hosts it, and where."""

import pytest

from circles.errors import NotAllowed
from library.models import Practice
from notifications.models import Notice
from practice import services
from tests.factories import make_person
from tests.practice.tables import (
    detail,
    make_table,
    meet_once,
    page,
    people_of,
    signed_in,
    stand,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_practice_host_and_place_can_be_changed_without_a_mail() -> None:
    session = meet_once(make_table())
    inês, tomasz, _ = people_of(session.circle)
    practice = Practice.objects.get(slug="case-clinic")
    wish = detail(
        practice=practice.pk, host=tomasz.pk, place="The mill 🌾", link="https://room.example/"
    )
    client = signed_in(inês)
    assert client.post(page("details", session), wish).status_code == 303
    now = stand(session)
    assert (now.practice, now.host, now.place) == (practice, tomasz, "The mill 🌾")
    assert (now.link, now.sequence, now.moved_at) == ("https://room.example/", 1, None)
    words = text(client.get(page("session", session)))
    assert "Where: The mill 🌾" in words
    assert "Tomasz hosts." in words
    assert practice.title in words
    assert not Notice.objects.filter(kind="practice.changed").exists()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "not a link", "https://"])
def test_a_link_leads_to_a_web_page_or_is_explained(link: str) -> None:
    session = meet_once(make_table())
    client = signed_in(people_of(session.circle)[0])
    response = client.post(page("details", session), detail(link=link, place="The mill 🌾"))
    assert response.status_code == 422
    assert "The mill 🌾" in text(response)
    assert stand(session).link == ""


def test_only_somebody_at_the_table_hosts() -> None:
    session = meet_once(make_table())
    inês, outsider = people_of(session.circle)[0], make_person()
    with pytest.raises(NotAllowed):
        services.change_details(
            session=session, by=inês, practice=None, host=outsider, place="", link=""
        )
    response = signed_in(inês).post(page("details", session), detail(host=outsider.pk))
    assert response.status_code == 422
    assert stand(session).host == inês
