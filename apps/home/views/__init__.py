"""Pages assembled from several apps, and what a browser needs of the site as a whole."""
