"""Exercises and sessions as definitions of HL7 FHIR R5: ActivityDefinition, PlanDefinition, Bundle.

Terms are given as text and as words of our own lists (`urn:thoracic-mobility:conditions`). Codes of SNOMED CT are left
out, because many countries ask for a licence.
"""
