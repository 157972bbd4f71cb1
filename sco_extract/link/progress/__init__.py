"""What the sources of a corpus report for the measures of an action plan."""
