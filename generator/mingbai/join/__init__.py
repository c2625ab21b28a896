"""Join the finished sites of counties into the site of a province."""
