from django.apps import AppConfig


class CrewsConfig(AppConfig):
    name = "crews"
    verbose_name = "Crews"

    def ready(self) -> None:
        from circles.hands import grounds
        from circles.services import after_leaving, after_seating, before_asking
        from congregation.pulse import pulse
        from congregation.showing.parts import parts
        from crews import mail, my_data, services
        from crews.showing.agreements import to_accept, write_it_down
        from crews.showing.cycles import waiting_at_the_end
        from crews.showing.elsewhere import helped_onward
        from crews.showing.learned import learned_here, open_to_something
        from crews.showing.overdue import overdue
        from crews.showing.published import seat_waits
        from crews.showing.quiet import gone_quiet, waiting_when_quiet
        from crews.showing.round_waiting import after_a_gathering, round_news, rounds_wait
        from crews.showing.seats import offered, why_they_fit
        from crews.showing.tables import forming, hands_up
        from crews.showing.two_tables import laid
        from pages.registry import my_data as kept
        from pages.registry import waiting
        from practice.services import after_planning
        from practice.showing.after import further

        mail.register()
        waiting.register(seat_waits)
        waiting.register(hands_up)
        waiting.register(forming)
        waiting.register(helped_onward)
        waiting.register(laid)
        waiting.register(rounds_wait)
        waiting.register(after_a_gathering)
        parts.register(round_news)
        kept.register(("rounds", my_data.round_hands))
        kept.register(("rounds opened", my_data.rounds_opened))
        waiting.register(to_accept)
        further.register(write_it_down)
        waiting.register(offered)
        grounds.register(why_they_fit)
        after_leaving.register(services.let_go_of_proposed)
        after_leaving.register(services.forget_offers)
        after_seating.register(services.close_offers)
        kept.register(("seats proposed", my_data.proposed_seats))
        kept.register(("seats offered", my_data.offers))
        waiting.register(waiting_at_the_end)
        parts.register(learned_here)
        parts.register(open_to_something)
        pulse.register(overdue)
        pulse.register(gone_quiet)
        kept.register(("quiet crews", my_data.quiet_answers))
        waiting.register(waiting_when_quiet)
        after_leaving.register(services.forget_answer)
        after_seating.register(services.ask_who_sits_down)
        kept.register(("go said", my_data.goes))
        kept.register(("two tables", my_data.split_places))
        after_leaving.register(services.let_go_of_reopening)
        kept.register(("agreements", my_data.agreements))
        kept.register(("cycle answers", my_data.cycle_answers))
        kept.register(("partings", my_data.partings))
        kept.register(("learned in crews", my_data.learned))
        before_asking.register(services.no_hands_while_it_rests)
        after_seating.register(services.last_seat_taken)
        after_seating.register(services.give_place)
        after_leaving.register(services.forget_go)
        after_leaving.register(services.give_up_place)
        after_planning.register(services.begin_with_a_meeting)
        after_planning.register(services.meetings_are_set)
