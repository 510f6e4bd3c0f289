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
        from dyads.services import (
            forget_who_leaves,
            keep_pair,
            meetings_are_set,
            note_meeting,
            withdraw_who_left,
        )
        from dyads.showing.consents import practise_together
        from dyads.showing.ending import waiting_at_the_end
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
        kept.register(*my_data.SOURCES)
        waiting.register(mirrors_wait, pairs_wait, trios_wait, pairing_waits, waiting_at_the_end)
        after_seating.register(keep_pair)
        after_planning.register(note_meeting, meetings_are_set)
        after_leaving.register(withdraw_who_left, forget_who_leaves)
        pulse.register(pairs_to_publish)
        parts.register(pairing_part, practise_together)
        supported.register(whose_time)
        of_invitations.register(particulars)
        plans.register(planned)
