"""Papers: the values of a campaign written as Word documents and workbooks."""
