"""Village evaluation: figures from primary rows, why a rank is what it is, and publishing sealed sheets."""
