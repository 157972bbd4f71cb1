"""Tie together what the sources of a corpus say of the same thing."""
