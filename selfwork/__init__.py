"""Floor 6: the private place. Parts of oneself, and letters to them. Nobody else can read it."""
