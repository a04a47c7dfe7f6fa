"""The playground: a page in the browser that draws music and shows the ground truth of every symbol.

`smashcima playground` starts it. It needs the extra `smashcima[web]`.
"""

from smashcima.web.application import create_app
from smashcima.web.serving import listening_socket, serve

__all__ = ["create_app", "listening_socket", "serve"]
