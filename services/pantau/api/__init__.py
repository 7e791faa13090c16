"""The REST interface, `/api/v1`: operations as resources, described by an OpenAPI document.

`routes.ROUTES` binds operations to methods and paths. Requests, answers and the document are made
from the operations' models, so they cannot differ. `app.build_api` builds the application that the
console mounts.
"""
