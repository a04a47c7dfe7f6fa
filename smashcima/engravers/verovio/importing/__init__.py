"""Import of other formats into MEI in a supervised process.

`import_to_mei` is the entry point; `ImportWorker` manages the process.
"""

from smashcima.engravers.verovio.importing.importer import ImportedMei, import_to_mei
from smashcima.engravers.verovio.importing.supervisor import ImportLimits, ImportWorker, shared_worker

__all__ = ["ImportLimits", "ImportWorker", "ImportedMei", "import_to_mei", "shared_worker"]
