"""Vietnamese text: words, numbers, dates, fonts from before Unicode, how wide it is."""
