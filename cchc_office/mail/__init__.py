"""Mail: the outbox, sending, and the register of what went out and what came back."""
