"""From what a rule matched to a value: EDTF, numerals, deadlines."""
