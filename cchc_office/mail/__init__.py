"""Mail: messages out and messages in."""
