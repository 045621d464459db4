"""Files and folders: what a file is, archives under caps, the output folder, locks."""
