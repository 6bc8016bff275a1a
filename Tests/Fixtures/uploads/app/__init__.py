"""A file-upload service: content-addressed uploads, thumbnails made in the background."""
