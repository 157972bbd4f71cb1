"""The types every stage takes and returns; they know nothing of rules or output."""
