"""Writing a practice at one's own desk: with or without JavaScript, finished or not."""

import re
from typing import Any

import pytest
from django.test import Client

from library.forms.writing import content_of
from library.models import Draft, Practice
from library.services.drafts import MOST_DRAFTS
from tests.factories import make_congregation, make_person
from tests.library.shelf import STEPS, WHOLE, make_draft, make_whole, signed_in, text, typed

pytestmark = pytest.mark.django_db

NEW, DESK = "/practices/desk/new/", "/practices/desk/"


def edit(draft: Draft) -> str:
    return f"{draft.get_absolute_url()}edit/"


def one_draft() -> Draft:
    return Draft.objects.get()


def test_a_whole_practice_is_kept_and_shown_as_the_table_would_read_it() -> None:
    person = make_person()
    client = signed_in(person)
    words = text(client.post(NEW, typed(), follow=True))
    draft = one_draft()
    assert draft.written_by == person
    assert draft.content == WHOLE
    assert "Only you can see this" in words
    assert "50 minutes" in words
    assert "giver, timekeeper, walkers" in words
    assert "<p>Nobody hurries.</p>" in words
    assert "5 min each" in words
    assert "From: our own table" in words


def test_nothing_of_it_is_on_the_shelf_or_seen_by_anybody_else() -> None:
    steward = make_person()
    estuary = make_congregation(by=steward, people=1)
    member = estuary.memberships.order_by("seat").last().person
    draft = make_draft(member)
    for other in (steward, make_person()):
        client = signed_in(other)
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert client.get(edit(draft)).status_code == 404
        assert client.post(edit(draft), typed()).status_code == 404
        assert "Slow walk" not in text(client.get("/practices/"))
        assert "Slow walk" not in text(client.get(DESK))
    assert "Slow walk" in text(signed_in(member).get(DESK))
    assert not Practice.objects.filter(title__contains="Slow walk").exists()


def test_half_of_it_is_kept_too_and_says_what_is_missing_at_the_fields() -> None:
    client = signed_in(make_person())
    half = typed({"purpose": "", "steps": [{**STEPS[0], "minutes": "soon"}, {**STEPS[1]}]})
    response = client.post(NEW, half)
    draft = one_draft()
    assert response.status_code == 303
    assert response["Location"] == f"{edit(draft)}?look=1"
    words = text(client.get(response["Location"]))
    assert 'id="id_purpose_error"' in words
    assert 'id="id_step-1-minutes_error"' in words
    assert 'value="soon"' in words
    assert "id_title_error" not in words
    assert draft.content["steps"][0]["minutes"] == "soon"
    assert "Something is still missing" in text(client.get(draft.get_absolute_url()))
    assert "_error" not in text(client.get(edit(draft)))


def test_rows_that_were_never_begun_are_no_steps() -> None:
    empty = {"minutes": "", "kind": "talk", "who": "", "title": "", "words": ""}
    client = signed_in(make_person())
    client.post(NEW, typed({"steps": [empty, STEPS[0], empty]}))
    assert one_draft().content["steps"] == [STEPS[0]]
    words = text(client.post(NEW, typed({"steps": [empty, empty]}), follow=True))
    assert words.count('class="step-row"') == 1
    assert 'id="id_step-1-title_error"' in words


def test_going_on_changes_the_same_draft() -> None:
    person = make_person()
    draft = make_draft(person, {"title": ""})
    assert "Without a title yet" in text(signed_in(person).get(DESK))
    signed_in(person).post(edit(draft), typed({"title": "Slower walk"}))
    assert one_draft().content["title"] == "Slower walk"


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"title": "x" * 121}, "title", "there is room for 120"),
        ({"title": " \n "}, "title", "Please fill this in."),
        ({"scale": "galaxy"}, "scale", "Choose one from the list."),
        ({"people_least": ""}, "people_least", "Please fill this in."),
        ({"people_least": "5", "people_most": "3"}, "people_most", "the larger of the two"),
        ({"people_most": "7"}, "people_most", "at most 6 of you"),
        ({"people_most": "many"}, "people_most", "Write a whole number."),
        ({"roles": "giver, giver"}, "roles", "twice"),
        ({"roles": "giver · taker"}, "roles", "Without"),
        ({"roles": "x" * 61}, "roles", "short name"),
        ({"roles": ", ".join(f"r{n}" for n in range(13))}, "roles", "twelve"),
        ({"others": "giver"}, "others", "one of the roles already"),
        ({"others": "a, b"}, "others", "Without"),
        ({"opening": "x" * 10_001}, "opening", "there is room for"),
        ({"steps": [{**STEPS[0], "title": "Open: now"}]}, "step-1-title", "Without"),
        ({"steps": [{**STEPS[0], "words": ""}]}, "step-1-words", "Please fill this in."),
        ({"steps": [{**STEPS[0], "minutes": "0"}]}, "step-1-minutes", "greater than or equal"),
        ({"steps": [{**STEPS[0], "kind": "loud"}]}, "step-1-kind", "Choose one"),
        ({"steps": [{**STEPS[0], "who": "king"}]}, "step-1-who", "among the roles, too"),
    ],
    ids=str,
)
def test_what_does_not_do_is_said_beside_the_field_and_stays_typed(
    wrong: dict[str, Any], field: str, says: str
) -> None:
    client = signed_in(make_person())
    words = text(client.post(NEW, typed(wrong), follow=True))
    (error,) = re.findall(rf'<ul class="errors" id="id_{field}_error">(.*?)</ul>', words, re.S)
    assert says in error
    kept = one_draft().content
    assert {**kept, **wrong} == kept


def test_what_is_wrong_with_the_whole_is_said_above() -> None:
    long = typed({"steps": [{**STEPS[0], "minutes": "97"}]})
    words = text(signed_in(make_person()).post(NEW, long, follow=True))
    assert "The steps take 485 minutes; a meeting has at most 480." in words


def test_alone_and_in_pairs_nobody_has_to_count() -> None:
    client = signed_in(make_person())
    uncounted = {"scale": "dyad", "people_least": "", "people_most": ""}
    assert "<dd>2</dd>" in text(client.post(NEW, typed(uncounted), follow=True))


def test_rows_are_added_moved_and_taken_out_without_keeping_or_losing_anything() -> None:
    client = signed_in(make_person())

    def rows(wish: str) -> list[str]:
        response = client.post(NEW, typed(do=wish))
        assert response.status_code == 200
        words = text(response)
        assert 'value="Slow walk 🚶"' in words
        assert "_error" not in words
        found = re.findall(r'name="step-\d-title"(?: value="([^"]*)")?', words)
        return [str(value) for value in found]

    assert rows("add") == ["Open", "The walk", "Sit", ""]
    assert rows("remove-2") == ["Open", "Sit"]
    assert rows("up-3") == ["Open", "Sit", "The walk"]
    for nonsense in ("up-1", "up-9", "remove-0", "remove-x", "remove-", "dance", "up-99999999"):
        assert rows(nonsense) == ["Open", "The walk", "Sit"]
    assert not Draft.objects.exists()


def test_htmx_gets_the_steps_alone() -> None:
    client = signed_in(make_person())
    response = client.post(NEW, typed(do="add"), headers={"HX-Request": "true"})
    words = text(response).strip()
    assert words.startswith('<fieldset class="steps-rows" id="steps">')
    assert 'name="step-4-title"' in words
    assert 'name="title"' not in words


def test_there_are_never_more_than_sixty_rows() -> None:
    many = typed({"steps": STEPS[:1] * 80})
    words = text(signed_in(make_person()).post(NEW, {**many, "do": "add"}))
    assert words.count('-title"') < 200
    assert 'name="step-60-title"' in words
    assert "step-61" not in words


def test_signs_that_no_database_keeps_are_left_out() -> None:
    signed_in(make_person()).post(NEW, typed({"title": "Walk\x00ing"}))
    assert one_draft().content["title"] == "Walking"


def test_more_than_anybody_reads_is_refused_with_everything_still_there() -> None:
    long = typed({"steps": [{**STEPS[0], "words": "x" * 151_000}]})
    response = signed_in(make_person()).post(NEW, long)
    assert response.status_code == 422
    assert "x" * 151_000 in text(response)
    assert not Draft.objects.exists()


def test_a_full_desk_says_so_and_keeps_what_was_typed() -> None:
    person = make_person()
    for _number in range(MOST_DRAFTS):
        make_draft(person)
    response = signed_in(person).post(NEW, typed({"title": "One too many"}))
    assert response.status_code == 422
    assert "Your desk is full" in text(response)
    assert "One too many" in text(response)
    assert person.drafts.count() == MOST_DRAFTS


def test_a_variation_begins_with_what_the_other_says() -> None:
    client = signed_in(make_person())
    page = text(client.get("/practices/case-clinic/variation/"))
    clinic = Practice.objects.get(slug="case-clinic")
    assert 'value="Case clinic, our way"' in page
    for number, step in enumerate(clinic.steps.all(), start=1):
        assert re.search(rf'name="step-{number}-title" value="{step.title}"', page)
    client.post("/practices/case-clinic/variation/", typed(content_of(clinic.text)))
    assert one_draft().variation_of == clinic
    assert "A variation of “Case clinic”" in text(client.get(DESK))


def test_a_change_is_proposed_only_where_one_belongs() -> None:
    person, other = make_person(), make_person()
    practice = make_whole(make_congregation(by=person), person)
    make_congregation(by=other, name="Delta")
    url = f"/practices/{practice.slug}/change/"
    assert signed_in(person).get(url).status_code == 200
    assert signed_in(other).get(url).status_code == 404
    assert signed_in(person).get("/practices/troika/change/").status_code == 403
    signed_in(person).post(url, typed(what_changed="One more\nstep"))
    draft = one_draft()
    assert (draft.practice, draft.what_changed) == (practice, "One more step")
    assert Practice.objects.get(pk=practice.pk).title == "Practice 1"


def test_a_draft_is_thrown_away_after_a_second_look() -> None:
    person = make_person()
    draft = make_draft(person)
    url = f"{draft.get_absolute_url()}delete/"
    assert "Slow walk" in text(signed_in(person).get(url))
    assert Draft.objects.exists()
    assert signed_in(make_person()).post(url).status_code == 404
    signed_in(person).post(url)
    assert not Draft.objects.exists()


def test_visitors_are_led_to_sign_in() -> None:
    for url in (NEW, DESK, "/practices/troika/variation/", "/practices/troika/change/"):
        response = Client().get(url)
        assert response.status_code == 302
        assert response["Location"].startswith("/account/login/")
    assert "Write a practice" not in text(Client().get("/practices/"))
    assert "Write a variation" not in text(Client().get("/practices/troika/"))


def test_what_is_typed_is_shown_as_text() -> None:
    person = make_person()
    draft = make_draft(person, {"title": "<script>alert(1)</script>", "purpose": "<img src=x>"})
    for url in (DESK, draft.get_absolute_url(), edit(draft), f"{edit(draft)}?look=1"):
        words = text(signed_in(person).get(url))
        assert "<script>alert" not in words
        assert "<img src=x>" not in words
        assert "&lt;script&gt;alert(1)" in words
