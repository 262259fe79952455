"""Facts: how every thing stood from which day until which, in Parquet files that a manifest names."""
