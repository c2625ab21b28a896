"""JSON Schemas of the policy files, for editors."""
