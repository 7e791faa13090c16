"""The console: Pantau's pages in a browser, a face beside the command line.

A face parses a request, calls a use case, and shows the result. The pages are complete without
JavaScript. `app.build_app` builds the application from the parts that it is given; the process of
`pantau run` that serves it is `python -m pantau.console`.
"""
