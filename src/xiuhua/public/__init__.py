"""The public page: citizens report without an account, follow what becomes of it, and see their neighbourhood."""
