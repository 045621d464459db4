"""Appraisal: the workbooks that the reviewers and the units they question fill in."""
