"""From a desk to the shelf: offered, published, sent back, taken back."""

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError

from circles import services as seats
from circles.errors import NotAllowed
from circles.models import Circle
from congregation.services import make_steward
from library import errors
from library.models import Draft, Edition, Practice
from library.services import begin_draft, change_draft, offer, publish, send_back, take_back
from library.services.storing import free_slug
from notifications.services import send_due
from people.models import Person
from people.services import delete_account
from practice.forms.fields import PracticeField
from tests.factories import make_bare_crew, make_congregation, make_person
from tests.library.shelf import WHOLE, make_draft, make_practice, make_whole, signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward() -> Person:
    return make_person("Inês", email="ines@example.org")


@pytest.fixture
def writer() -> Person:
    return make_person("Mere", email="mere@example.org")


@pytest.fixture
def estuary(steward: Person, writer: Person) -> Circle:
    congregation: Circle = make_congregation(by=steward, name="Estuary")
    seats.take_seat(circle=congregation, person=writer)
    return congregation


def press(person: Person, draft: Draft, button: str, **fields: object) -> str:
    url = f"{draft.get_absolute_url()}{button}/"
    return text(signed_in(person).post(url, fields, follow=True))


def subjects(outbox: list[EmailMessage], person: Person) -> list[str]:
    send_due(seconds=60)
    return [str(mail.subject) for mail in outbox if person.email in mail.to[0]]


def test_offered_read_and_published(
    estuary: Circle, steward: Person, writer: Person, mailoutbox: list[EmailMessage]
) -> None:
    draft = make_draft(writer)
    assert "Offer it to Estuary" in text(signed_in(writer).get(draft.get_absolute_url()))
    assert "It is with Estuary" in press(writer, draft, "offer", home=estuary.pk)
    assert subjects(mailoutbox, steward) == ["Mere has written a practice for Estuary"]
    today = text(signed_in(steward).get("/today/"))
    assert "Mere has written a practice for Estuary" in today
    assert draft.get_absolute_url() in today
    page = text(signed_in(steward).get(draft.get_absolute_url()))
    assert "Publish it" in page
    assert "50 minutes" in page
    assert "It is on the shelf." in press(steward, draft, "publish")
    practice = Practice.objects.get(slug="slow-walk")
    assert (practice.home_id, practice.written_by, practice.minutes) == (estuary.pk, writer, 50)
    assert practice.steps.count() == 3
    assert [one.number for one in practice.editions.all()] == [1]
    assert practice.editions.get().text == practice.text
    assert not Draft.objects.exists()
    assert subjects(mailoutbox, writer) == ["What you wrote can be practised at Estuary now"]
    assert "slow-walk" in text(signed_in(writer).get("/practices/", {"words": "sink"}))
    assert "written a practice" not in text(signed_in(steward).get("/today/"))


def test_sent_back_with_a_word_changed_and_offered_again(
    estuary: Circle, steward: Person, writer: Person, mailoutbox: list[EmailMessage]
) -> None:
    draft = make_draft(writer)
    offer(draft=draft, by=writer, home=estuary)
    press(steward, draft, "send-back", word="Lovely. How does it <end>?")
    assert subjects(mailoutbox, writer) == ["A word from Estuary about what you wrote"]
    assert "How does it" in str(mailoutbox[-1].body)
    page = text(signed_in(writer).get(draft.get_absolute_url()))
    assert "How does it &lt;end&gt;?" in page
    assert signed_in(steward).get(draft.get_absolute_url()).status_code == 404
    change_draft(draft=draft, by=writer, content={**WHOLE, "title": "With an end"})
    offer(draft=draft, by=writer, home=estuary)
    assert Draft.objects.get().word == ""
    assert subjects(mailoutbox, steward) == ["Mere has written a practice for Estuary"]


@pytest.mark.parametrize("word", ["", "   ", "x" * 601])
def test_without_a_word_nothing_is_sent_back(
    estuary: Circle, steward: Person, writer: Person, word: str
) -> None:
    draft = make_draft(writer)
    offer(draft=draft, by=writer, home=estuary)
    url = f"{draft.get_absolute_url()}send-back/"
    response = signed_in(steward).post(url, {"word": word})
    assert response.status_code == 422
    assert 'id="id_word_error"' in text(response)
    assert word.strip() in text(response)
    assert Draft.objects.get().is_offered


def test_what_is_offered_is_changed_only_after_taking_it_back(
    estuary: Circle, steward: Person, writer: Person
) -> None:
    draft = make_draft(writer)
    offer(draft=draft, by=writer, home=estuary)
    with pytest.raises(errors.Offered):
        change_draft(draft=draft, by=writer, content={})
    with pytest.raises(errors.Offered):
        offer(draft=draft, by=writer, home=estuary)
    edit = f"{draft.get_absolute_url()}edit/"
    assert signed_in(writer).get(edit)["Location"] == draft.get_absolute_url()
    assert "on your desk again" in press(writer, draft, "take-back")
    assert signed_in(writer).get(edit).status_code == 200
    for too_late in ("publish", "send-back"):
        url = f"{draft.get_absolute_url()}{too_late}/"
        assert signed_in(steward).post(url, {"word": "x"}).status_code == 404
    with pytest.raises(errors.NotOffered):
        publish(draft=draft, by=steward)
    with pytest.raises(errors.NotOffered):
        take_back(draft=draft, by=writer)


def test_a_mail_about_what_was_taken_back_is_not_sent(
    estuary: Circle, steward: Person, writer: Person, mailoutbox: list[EmailMessage]
) -> None:
    draft = make_draft(writer)
    offer(draft=draft, by=writer, home=estuary)
    take_back(draft=draft, by=writer)
    assert subjects(mailoutbox, steward) == []


@pytest.mark.parametrize("missing", [{"purpose": ""}, {"steps": []}], ids=str)
def test_half_a_practice_cannot_be_offered(
    estuary: Circle, writer: Person, missing: dict[str, object]
) -> None:
    draft = make_draft(writer, missing)
    assert "Offer it" not in text(signed_in(writer).get(draft.get_absolute_url()))
    assert "Something is still missing" in press(writer, draft, "offer", home=estuary.pk)
    with pytest.raises(errors.NotReady):
        offer(draft=draft, by=writer, home=estuary)


def test_only_its_stewards_publish(estuary: Circle, steward: Person, writer: Person) -> None:
    member, neighbour = make_person(), make_person()
    seats.take_seat(circle=estuary, person=member)
    make_congregation(by=neighbour, name="Delta")
    draft = make_draft(writer)
    offer(draft=draft, by=writer, home=estuary)
    for other in (member, neighbour):
        assert signed_in(other).get(draft.get_absolute_url()).status_code == 404
        with pytest.raises(NotAllowed):
            publish(draft=draft, by=other)
        with pytest.raises(NotAllowed):
            send_back(draft=draft, by=other, word="no")
    with pytest.raises(NotAllowed):
        publish(draft=draft, by=writer)
    assert "for somebody else to decide" in press(writer, draft, "publish")
    assert not Practice.objects.filter(home=estuary).exists()


def test_it_is_offered_only_where_one_sits(estuary: Circle, writer: Person) -> None:
    delta = make_congregation(name="Delta")
    inner = make_bare_crew(parent=estuary)
    seats.take_seat(circle=inner, person=writer)
    draft = make_draft(writer)
    for home in (delta, inner):
        with pytest.raises(NotAllowed):
            offer(draft=draft, by=writer, home=home)
        assert "Choose whom you offer it to" in press(writer, draft, "offer", home=home.pk)
    with pytest.raises(NotAllowed):
        offer(draft=draft, by=make_person(), home=estuary)


def test_a_steward_publishes_their_own_at_once(estuary: Circle, steward: Person) -> None:
    draft = make_draft(steward)
    assert "on the shelf of Estuary now" in press(steward, draft, "offer", home=estuary.pk)
    assert Practice.objects.get(home=estuary).written_by == steward


def test_in_a_crew_without_congregation_everybody_publishes() -> None:
    crew = make_bare_crew(people=2)
    first = crew.memberships.order_by("seat")[0].person
    practice = offer(draft=make_draft(first), by=first, home=crew)
    assert practice is not None
    assert practice.home == crew


def test_without_a_circle_it_stays_ones_own() -> None:
    person = make_person()
    page = text(signed_in(person).get(make_draft(person).get_absolute_url()))
    assert "as soon as you sit in a congregation" in page


def test_two_titles_alike_have_two_addresses(estuary: Circle, steward: Person) -> None:
    slugs = set()
    for title in ("Desk", "Desk", "Troika", "走る", "走る", "x" * 120, "x" * 120, "---"):
        practice = offer(draft=make_draft(steward, {"title": title}), by=steward, home=estuary)
        assert practice is not None
        assert signed_in(steward).get(practice.get_absolute_url()).status_code == 200
        slugs.add(practice.slug)
    assert {"desk-2", "desk-3", "troika-2", "practice", "practice-2", "practice-3"} <= slugs
    assert len(slugs) == 8


def test_a_free_address_is_found_however_many_there_are() -> None:
    for slug in ("walk", "walk-2", "walk-4", "walking"):
        make_practice(slug=slug)
    assert free_slug("Walk!") == "walk-3"


def test_a_change_that_is_published_is_the_next_edition(
    estuary: Circle, steward: Person, writer: Person
) -> None:
    practice = make_whole(estuary, steward)
    draft = begin_draft(by=writer, content=WHOLE, practice=practice, what_changed="Feet.")
    offer(draft=draft, by=writer, home=estuary)
    assert Practice.objects.get(pk=practice.pk).title == "Practice 1"
    page = text(signed_in(steward).get(draft.get_absolute_url()))
    assert "A change of “Practice 1”" in page
    assert "Feet." in page
    publish(draft=draft, by=steward, seen=1)
    now = Practice.objects.get(pk=practice.pk)
    assert (now.title, now.slug, now.written_by) == ("Slow walk 🚶", practice.slug, steward)
    edition = now.editions.first()
    assert edition is not None
    assert (edition.number, edition.written_by, edition.what_changed) == (2, writer, "Feet.")
    assert [one.text.title for one in now.editions.all()] == ["Slow walk 🚶", "Practice 1"]


def test_a_change_compared_with_an_older_edition_is_looked_at_once_more(
    estuary: Circle, steward: Person, writer: Person
) -> None:
    practice = make_whole(estuary, steward)
    draft = begin_draft(by=writer, content=WHOLE, practice=practice)
    offer(draft=draft, by=writer, home=estuary)
    other = begin_draft(by=steward, content={**WHOLE, "title": "Other"}, practice=practice)
    offer(draft=other, by=steward, home=estuary)
    with pytest.raises(errors.ChangedMeanwhile):
        publish(draft=draft, by=steward, seen=1)
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_a_change_goes_nowhere_but_home(estuary: Circle, steward: Person) -> None:
    delta = make_congregation(by=steward, name="Delta")
    draft = begin_draft(by=steward, content=WHOLE, practice=make_whole(estuary, steward))
    with pytest.raises(NotAllowed):
        offer(draft=draft, by=steward, home=delta)


def test_who_leaves_takes_along_what_was_not_published(
    estuary: Circle, steward: Person, writer: Person
) -> None:
    draft = make_draft(writer)
    offer(draft=draft, by=writer, home=estuary)
    seats.leave(circle=estuary, by=writer)
    draft.refresh_from_db()
    assert not draft.is_offered
    assert signed_in(steward).get(draft.get_absolute_url()).status_code == 404


def test_in_a_congregation_that_has_ended_nothing_is_published(
    estuary: Circle, steward: Person, writer: Person
) -> None:
    draft = make_draft(writer)
    offer(draft=draft, by=writer, home=estuary)
    seats.close(circle=estuary, by=steward)
    assert signed_in(steward).get(draft.get_absolute_url()).status_code == 404
    take_back(draft=draft, by=writer)
    assert not Draft.objects.get().is_offered


def test_a_circle_chooses_among_what_it_may_use(estuary: Circle) -> None:
    crew, alone = make_bare_crew(parent=estuary), make_bare_crew()
    make_practice(1, home=estuary)
    make_practice(2, home=alone)
    make_practice(3, home=make_congregation(name="Delta"))

    def own(circle: Circle) -> set[str]:
        offered = PracticeField(circle).queryset
        assert offered is not None
        assert offered.filter(slug="troika").exists()
        return set(offered.filter(home__isnull=False).values_list("slug", flat=True))

    assert own(crew) == {"practice-1"}
    assert own(alone) == {"practice-2"}


def test_a_deleted_account_takes_its_drafts_and_leaves_what_is_published(
    estuary: Circle, steward: Person, writer: Person
) -> None:
    offered = make_draft(writer)
    offer(draft=offered, by=writer, home=estuary)
    publish(draft=offered, by=steward)
    make_draft(writer)
    delete_account(person=writer)
    assert not Draft.objects.exists()
    practice = Practice.objects.get(home=estuary)
    assert practice.written_by is None
    assert Edition.objects.get(practice=practice).written_by is None
    page = text(signed_in(steward).get(practice.get_absolute_url()))
    assert "Estuary’s own." in page
    assert "Mere" not in page


def test_what_i_wrote_is_in_my_data(estuary: Circle, steward: Person, writer: Person) -> None:
    make_draft(writer, {"title": "Half a thought"})
    offer(draft=make_draft(steward), by=steward, home=estuary)
    mine = text(signed_in(writer).get("/you/my-data/"))
    assert "Half a thought" in mine
    assert "Slow walk" not in mine
    assert "Slow walk" in text(signed_in(steward).get("/you/my-data/"))


def test_another_steward_finds_it_answered(
    estuary: Circle, steward: Person, writer: Person
) -> None:
    second = make_person()
    seats.take_seat(circle=estuary, person=second)
    make_steward(congregation=estuary, person=second, by=steward)
    draft = make_draft(writer)
    offer(draft=draft, by=writer, home=estuary)
    publish(draft=draft, by=steward)
    with pytest.raises(errors.NotOffered):
        publish(draft=draft, by=second)
    with pytest.raises(errors.NotOffered):
        send_back(draft=draft, by=second, word="no")
    assert Practice.objects.filter(home=estuary).count() == 1


def test_the_database_itself_knows_that_an_offer_has_somebody_to_read_it(writer: Person) -> None:
    from django.utils import timezone

    with pytest.raises(IntegrityError):
        Draft.objects.create(written_by=writer, offered_at=timezone.now())
