"""Page of a policy: benefit tables by kind, history, worked examples, quick answer, structured data."""
