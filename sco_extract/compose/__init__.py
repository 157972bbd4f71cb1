"""Compose a report from records: every sentence of it from phrases in the lexicon and facts that its passages hold."""
