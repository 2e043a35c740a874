"""`python -m bench.serving ours|limit PORT`: either program under the same server with the same bounds."""

import sys

import uvicorn

from server.edge import serving

APPS = {"ours": "server.app:create_app", "limit": "bench.limit:create_app"}

if __name__ == "__main__":
    options = serving.options(host="127.0.0.1", port=int(sys.argv[2]))
    uvicorn.run(APPS[sys.argv[1]], factory=True, **options)
