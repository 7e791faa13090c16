"""What operators look at: metrics, traces, and whether the program lives and is ready.

`signals` is what the rest of the program tells; it knows no library. `Observation` (in
`observation`) shows it: over HTTP (`health_server`), for Prometheus (`prometheus`) and to an
OpenTelemetry collector (`tracing`).
"""
