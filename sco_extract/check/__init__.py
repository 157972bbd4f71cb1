"""Checks of records and documents; none yet beyond what reading and dating notice themselves."""
