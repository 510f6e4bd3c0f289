"""Floor 1: who a person is, their time zone, the hours that suit them."""
