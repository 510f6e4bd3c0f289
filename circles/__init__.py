"""Floor 3: the one idea. A circle is a group that practises together, at one of four scales."""
