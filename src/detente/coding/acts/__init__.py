"""Which act a word tells: frames and what fills them, parties in their slots, how the act stands."""
