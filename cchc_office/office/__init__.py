"""What Word and Excel files need, knowing nothing of campaigns."""
