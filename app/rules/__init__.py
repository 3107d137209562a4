"""Pure knowledge that takes values: vocabulary, conditions, doses. No I/O, no clock, no framework."""
