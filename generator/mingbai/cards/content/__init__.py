"""What stands on a card: the entries of policies, the entitlements of a household."""
