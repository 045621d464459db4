"""The page in the browser on this computer: a thin face on the library, in Vietnamese."""
