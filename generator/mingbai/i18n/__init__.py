"""Languages of a site, message catalogues, conversion to Traditional Chinese, bundles in additional languages."""
