"""The policy model: what a policy file may say, one class for each of its parts.

Unknown keys are refused everywhere. Amounts are whole fen and rates are basis points from here on;
conditions and numbers keep the form in which they were written until `compile` resolves them.
"""
