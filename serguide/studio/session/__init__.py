"""The session's screen: a session as data for it, and changes that keep its file's layout."""
