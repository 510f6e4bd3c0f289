"""Floor 5: practising together. Rhythms, sessions, answers, attendance, reminders, calendar."""
