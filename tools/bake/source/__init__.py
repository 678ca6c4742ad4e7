"""The open musculoskeletal model that the body is generated from."""
