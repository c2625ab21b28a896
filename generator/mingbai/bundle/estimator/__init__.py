"""What the estimator gets: the reduced bundle, its questions in order, the event that decides the words."""
