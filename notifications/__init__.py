"""Floor 2: the ledger of mail owed and sent, who wants which, one click to stop."""
