"""What has native modules used where there are some: to import it, before what may be compiled, is enough.

The server process that workers are forked from is told which modules to import, and nothing else.
"""

from app.kit.compiled_modules import use_compiled_modules

use_compiled_modules()
