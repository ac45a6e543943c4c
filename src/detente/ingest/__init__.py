"""Files, folders, feeds and web pages: bytes and where they came from."""
