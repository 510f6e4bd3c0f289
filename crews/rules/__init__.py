"""What holds for crews whatever the database says: pure functions over plain values."""
