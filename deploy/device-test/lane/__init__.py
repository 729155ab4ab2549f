"""The device test's own rooms: the machine, what is plugged into it, and the story told with it."""
