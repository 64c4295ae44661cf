"""`serguide batch`: a table of clients into bundles."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from serguide.base.errors import ScriptError, UsageError
from serguide.base.files.remote_folder import local_path
from serguide.base.hints import Hint, Remedy
from serguide.cli.batch_shown import say_batch, show_dry, show_report
from serguide.cli.options import (
    folders_of,
    json_option,
    library_option,
    locale_option,
    practice_option,
    row_options,
    seconds_of,
    supervised_option,
)
from serguide.cli.printing import print_json, print_problems, say
from serguide.notices.model import NO_PRACTICE, Practice

if TYPE_CHECKING:
    from serguide.batch.checking import Batch
    from serguide.batch.tasks import TaskResult


@click.command("batch", epilog="Example: serguide batch clients.csv -o clients --dry-run")
@click.argument("table", metavar="TABLE", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    metavar="DIR|URL",
    help="The folder for the clients' folders, or a URL: s3://BUCKET/FOLDER. Bundles of an earlier "
    "batch there are replaced.",
)
@click.option(
    "--records",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where batch.json and passphrases.csv go, which only you can read. Default: the output "
    "folder; with a URL, the current one.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    envvar="SERGUIDE_JOBS",
    metavar="N",
    help="Sessions to work on at once. Default: one a core, or all that the cluster can.",
)
@click.option(
    "--dask",
    metavar="ADDRESS",
    envvar="SERGUIDE_DASK",
    help="Hand the work to the Dask cluster with this scheduler: tcp://HOST:8786.",
)
@click.option(
    "--store",
    "store_url",
    metavar="URL",
    envvar="SERGUIDE_STORE",
    help="Where what sessions share is kept, for several machines. Default: the cache.",
)
@click.option(
    "--dry-run", is_flag=True, help="Check the table, tell times and sizes; make nothing."
)
@click.option(
    "--seal",
    "sealed",
    is_flag=True,
    help="Also write a page for each client that opens with a passphrase; the passphrases are "
    "listed in passphrases.csv, which only you can read.",
)
@click.option(
    "--encoding", metavar="NAME", help="What the table is in: utf-8, cp1250. Default: found out."
)
@row_options
@locale_option
@supervised_option
@practice_option
@library_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    table: Path,
    target: str,
    records: Path | None,
    jobs: int | None,
    dask: str | None,
    store_url: str | None,
    dry_run: bool,
    sealed: bool,
    encoding: str | None,
    voice: str | None,
    length: str | None,
    soundscape: str | None,
    locale: str | None,
    supervised_by: str,
    practice: Practice | None,
    libraries: tuple[str, ...],
    as_json: bool,
) -> None:
    """Make a bundle for each row of a table: one client, one folder.

    TABLE is CSV, also as Excel saves it, or YAML. Its columns are client (the folder's name),
    session, and if wanted length, voice, soundscape, locale, language, format and supervised_by;
    every other column is a value, such as name. What a row leaves empty is as --voice, --length
    and --soundscape say. All that is wrong in it is told before anything
    is made. Run it again, and only what is missing or changed is made.
    """
    from serguide import api

    common = api.RenderRequest(
        "",
        libraries=folders_of(ctx, libraries),
        voice=voice,
        soundscape=soundscape,
        length=seconds_of(length),
        locale=locale,
        supervised_by=supervised_by,
        practice=practice or NO_PRACTICE,
    )
    batch = api.read_batch(table, target, common, encoding=encoding)
    say(f"{batch.table}: read as {batch.read_as}; {len(batch.rows):,} rows.")
    if not batch.ready:
        if not as_json:
            print_problems(batch.problems)
            raise click.exceptions.Exit(3)
        raise ScriptError(batch.problems)
    say_batch(batch)
    if dry_run:
        show_dry(batch, as_json=as_json)
        return
    records = _open_folders(target, records)
    told = _made(batch, records, jobs, dask, store_url)
    if sealed:
        count, path = api.seal_batch(batch, target, records)
        say(f"{count} pages sealed; the passphrases are in {path}. Keep it where you keep records.")
    if as_json:
        print_json(told)
    else:
        show_report(told)
    if told["counts"]["made"] + told["counts"]["unchanged"] < len(batch.rows):
        raise click.exceptions.Exit(1)


def _made(
    batch: Batch, records: Path, jobs: int | None, dask: str | None, store_url: str | None
) -> dict[str, Any]:
    """Render all rows, and write the report also when that is broken off."""
    from serguide import api
    from serguide.batch.batch_report import report_of, write_report
    from serguide.cli.batch_progress import shown_rows

    if dask is not None and store_url is None:
        say("Workers on other machines cannot see this one's cache: --store names one for all.")
    results: dict[int, TaskResult] = {}
    try:
        with _executor(dask, jobs) as (executor, workers), shown_rows() as report:
            api.render_many(
                batch.requests,
                executor,
                workers=workers,
                store_url=store_url,
                output_url=batch.output_url,
                report=report,
                took=lambda result: results.update({result.index: result}),
            )
    finally:
        told = report_of(batch, results)
        path = write_report(records, told)
        say(f"What became of each row is in {path}.")
    return told


@contextlib.contextmanager
def _executor(dask: str | None, jobs: int | None) -> Iterator[tuple[Executor, int]]:
    if dask is not None:
        import logging

        from serguide.batch.cluster import joined

        # Dask logs each lost connection with its traceback; what it means is said by ours.
        logging.disable(logging.CRITICAL)
        with joined(dask) as (executor, threads):
            yield executor, jobs or threads
        return
    from serguide.base.cores import cores
    from serguide.batch.worker_pool import WorkerPool

    workers = jobs or cores()
    with WorkerPool(workers) as pool:
        yield pool, workers


def _open_folders(target: str, records: Path | None) -> Path:
    """Make the folders that are written to here; return the one for the records."""
    folder = local_path(target)
    if folder is not None:
        _open_folder(folder)
    if records is not None:
        _open_folder(records)
    return records or folder or Path()


def _open_folder(target: Path) -> None:
    """Make the folder that the clients' folders come into, closed to others."""
    try:
        target.mkdir(0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"“{target}” cannot be made a folder: {error.strerror}.",
            Hint("name another one", Remedy("target")),
        ) from error
