"""The version of the tool, for packaging and for what it writes; the schema has a version of its own."""

TOOL_VERSION = "0.1.0"
