"""Languages of the site, message catalogues, Traditional Chinese, translated policies."""
