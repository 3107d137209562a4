"""Pure knowledge: vocabulary, conditions, doses, progression, notices. No input or output, no clock, no framework."""
