"""The policy model: pydantic classes for the contents of policy files, one class per section.

Unknown keys are rejected everywhere. From here on amounts are whole fen and rates basis points; conditions and
numbers keep their written form until `compile` resolves them.
"""
