"""Floor 6: the private place. Parts of oneself, and talks with them. Nobody else can read it."""
