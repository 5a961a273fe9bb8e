"""What a schedule does: people and events read, the reference interpreter, tables out, and why each row came."""
