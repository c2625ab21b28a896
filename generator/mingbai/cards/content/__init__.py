"""Contents of a card: entries of policies, entitlements of a household."""
