"""The worker: `python -m carenet.worker`. Does what may be done later, from the queue in PostgreSQL."""

import os
import sys


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carenet.settings")
    import django

    django.setup()

    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    from apps.audit.sealer import Sealer
    from apps.rooms.taking_in import TakingIn
    from carenet.database import APP_ROLE

    # The queue's own connections take the application's role too, whoever signed in.
    connector = PsycopgConnector(kwargs={**connector_params(), "options": f"-c role={APP_ROLE}"})
    search, ledger = TakingIn(), Sealer()
    search.start()
    ledger.start()
    with app.replace_connector(connector) as queue:
        # A minute is enough for what is under way; the rest is taken up by the next worker.
        # Once a second: a message that could be taken back for ten seconds goes out soon after them.
        queue.run_worker(name="carenet", shutdown_graceful_timeout=60, fetch_job_polling_interval=1.0)
    ledger.stop()
    search.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
