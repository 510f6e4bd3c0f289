"""Floor 4: practising together. Rhythms, sessions, answers, attendance, reminders, calendar."""
