"""Files for programs: JSON data with its schemas, the sitemap, the search index, the web app manifest."""
