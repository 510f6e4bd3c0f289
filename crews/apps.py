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
        waiting.register(
            seat_waits,
            hands_up,
            forming,
            helped_onward,
            laid,
            rounds_wait,
            after_a_gathering,
            to_accept,
            offered,
            waiting_at_the_end,
            waiting_when_quiet,
        )
        parts.register(round_news, learned_here, open_to_something)
        kept.register(*my_data.SOURCES)
        further.register(write_it_down)
        grounds.register(why_they_fit)
        after_leaving.register(
            services.let_go_of_proposed,
            services.forget_offers,
            services.forget_answer,
            services.let_go_of_reopening,
            services.forget_go,
            services.give_up_place,
        )
        after_seating.register(
            services.close_offers,
            services.ask_who_sits_down,
            services.last_seat_taken,
            services.give_place,
        )
        pulse.register(overdue, gone_quiet)
        before_asking.register(services.no_hands_while_it_rests)
        after_planning.register(services.begin_with_a_meeting, services.meetings_are_set)
