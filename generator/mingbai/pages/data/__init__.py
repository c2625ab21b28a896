"""Machine-readable files: JSON data with schemas, sitemap, search index, web app manifest."""
