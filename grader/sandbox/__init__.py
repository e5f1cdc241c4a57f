"""Where submissions run: one protocol, three backends."""
