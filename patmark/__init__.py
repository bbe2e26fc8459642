"""patmark: what patents and trademarks are, and how to read, ask, count and judge them. No Django, no network."""
