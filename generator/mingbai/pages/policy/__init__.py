"""The page of a policy: its tables by kind, history, worked examples, quick answer, structured data."""
