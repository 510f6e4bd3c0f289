from django.apps import AppConfig


class DyadsConfig(AppConfig):
    name = "dyads"
    verbose_name = "Dyads"

    def ready(self) -> None:
        from circles.invited import particulars as of_invitations
        from circles.services import after_leaving, after_seating
        from congregation.pulse import pulse
        from congregation.showing.parts import parts
        from dyads import mail, my_data
        from dyads.services import keep_pair, note_meeting, withdraw_who_left
        from dyads.showing.introduction import pairs_wait
        from dyads.showing.invited import particulars
        from dyads.showing.planned import planned
        from dyads.showing.round_waiting import pairing_part, pairing_waits, pairs_to_publish
        from dyads.showing.trios import trios_wait
        from dyads.showing.turns import supported as whose_time
        from dyads.waiting import mirrors_wait
        from pages.registry import my_data as kept
        from pages.registry import waiting
        from practice.first_voice import supported
        from practice.planned import plans
        from practice.services import after_planning

        mail.register()
        kept.register(("partnership mirrors", my_data.mirrors))
        waiting.register(mirrors_wait)
        after_seating.register(keep_pair)
        after_planning.register(note_meeting)
        waiting.register(pairs_wait)
        waiting.register(trios_wait)
        after_leaving.register(withdraw_who_left)
        waiting.register(pairing_waits)
        pulse.register(pairs_to_publish)
        parts.register(pairing_part)
        supported.register(whose_time)
        of_invitations.register(particulars)
        plans.register(planned)
        self._ready_for_ends()

    def _ready_for_ends(self) -> None:
        from circles.services import after_leaving
        from congregation.showing.parts import parts
        from dyads import my_data
        from dyads.services import forget_who_leaves, meetings_are_set
        from dyads.showing.consents import practise_together
        from dyads.showing.ending import waiting_at_the_end
        from pages.registry import my_data as kept
        from pages.registry import waiting
        from practice.services import after_planning

        after_leaving.register(forget_who_leaves)
        after_planning.register(meetings_are_set)
        waiting.register(waiting_at_the_end)
        parts.register(practise_together)
        kept.register(("look backs", my_data.look_backs))
        kept.register(("dyads the congregation may know of", my_data.consents))
        kept.register(("openness to dyads", my_data.openness))
        kept.register(("pairing", my_data.takes_part))
        kept.register(("places in pairing", my_data.places))
        kept.register(("said of first meetings", my_data.did_meet))
        kept.register(("yeses to being three", my_data.trio_yeses))
