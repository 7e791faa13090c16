"""Observability: metrics, traces, liveness and readiness.

`signals` is the interface that the rest of the program reports to; it depends on no library.
`Observation` (in `observation`) exports it: over HTTP (`health_server`), for Prometheus
(`prometheus`) and to an OpenTelemetry collector (`tracing`).
"""
