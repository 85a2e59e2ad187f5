"""Requirements: what a law asks a policy to say, and where a publisher says it. No legal advice."""
