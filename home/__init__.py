"""Floor 8: what looks over every scale. Today, the front page, the idea, the demo."""
