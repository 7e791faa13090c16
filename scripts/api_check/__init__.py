"""Schemathesis over the OpenAPI document of the REST interface; `make api-check`."""
