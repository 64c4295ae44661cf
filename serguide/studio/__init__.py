"""The studio: sessions made in a browser on this machine, for people who never saw a terminal."""
