"""Files of reports (CSV, XLSX, XLS, ODS) brought in by a mapping file; every row is accounted for."""
