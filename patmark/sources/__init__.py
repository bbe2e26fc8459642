"""Bytes in, records out: every kind of file people have, told by content, read as a stream, nothing stored."""
