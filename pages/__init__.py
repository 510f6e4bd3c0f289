"""Floor 0: what pages share. Page or partial, answers to htmx, headers, pictures. No models."""
