"""PostgreSQL as Django has it, emptied in a cheaper way between tests that need real commits."""
