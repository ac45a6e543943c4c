"""Names, paths, configuration, exports, store, processes and supply chain: groups H to O.

What a test of its own part of the tree holds is named; the rest stands here.
"""

import ast
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detente.model import Document, ErrorRecord
from detente.read import ReadOptions, read
from detente.settings import Settings
from hostile.case import ENDINGS, Elsewhere, Without
from hostile.conftest import PAGE, numbers_of
from hostile.rows import parquet
from hostile.test_inputs import CASES
from hostile.texts import EVENT

ROOT = Path(__file__).parents[2]
BOOK, FAULTS, KILL, VERIFY = (
    f"tests/casebook/test_{name}.py" for name in ("book", "faults", "kill", "verify")
)
LOOP, SUPERVISED, CORPUS, CLUSTER = (
    f"tests/casebook/test_{name}.py" for name in ("fault_loop", "supervised", "corpus", "cluster")
)
FETCH, ADDRESSES = "tests/ingest/test_fetch.py", "tests/ingest/test_addresses.py"
WEB, SERVE = "tests/web/test_hostile.py", "tests/web/test_serve.py"
EXPORT = "tests/exchange/test_exporting.py"
LEDGER = "tests/outlook/test_exchange.py"
HERE = "tests/hostile/test_others.py"

ELSEWHERE = (
    Elsewhere(number=44, title="names that lead outside", ending="R", tests=(f"{HERE}::test_an_archive_whose_names_lead_outside_is_refused_before_any_change", "tests/ingest/test_archives.py::test_an_archive_with_a_name_that_leaves_it_is_refused")),
    Elsewhere(number=59, title="missing and renamed columns, wrong kinds", ending="R", tests=(f"{HERE}::test_a_table_with_wrong_columns_is_refused_before_any_change", f"{HERE}::test_wrong_columns_in_a_folder_are_set_aside")),
    Elsewhere(number=71, title="patterns that never end", ending="OK", tests=("tests/read/test_markdown.py::test_hostile_marks_end", f"{SUPERVISED}::test_a_document_that_hangs_is_quarantined_in_time")),
    Elsewhere(number=72, title="register files that are wrong", ending="R", tests=("tests/registers/test_register.py::test_a_wrong_file_names_line_and_reason",)),
    Elsewhere(number=73, title="a model that is missing or of another version", ending="R", tests=(f"{SUPERVISED}::test_a_missing_model_is_told_in_its_own_words", f"{SUPERVISED}::test_a_coder_of_another_version_refuses_the_shard")),
    Elsewhere(number=74, title="other order, workers, batch size", ending="OK", tests=(f"{SUPERVISED}::test_a_casebook_is_the_same_from_any_backing", f"{CORPUS}::test_the_same_bytes_from_processes", f"{HERE}::test_order_of_inputs_changes_no_record")),
    Elsewhere(number=75, title="file names of any bytes", ending="OK", tests=("tests/ingest/test_paths.py::test_names_with_any_bytes", f"{HERE}::test_strange_names_are_read")),
    Elsewhere(number=76, title="link loops, pipes and devices", ending="Q", tests=("tests/ingest/test_paths.py::test_what_is_no_file_is_named", "tests/ingest/test_paths.py::test_a_pipe_does_not_block_when_opened")),
    Elsewhere(number=77, title="a file that changes while it is read", ending="Q", tests=("tests/read/test_reader.py::test_a_file_that_changes_while_it_is_read_is_found",)),
    Elsewhere(number=78, title="output in the input, not empty, not writable", ending="R", tests=(f"{HERE}::test_where_output_may_not_go", f"{CORPUS}::test_a_folder_with_other_things_is_refused")),
    Elsewhere(number=79, title="unknown settings, wrong types, YAML tags", ending="R", tests=("tests/test_settings.py::test_wrong_variables_are_refused_by_name", f"{HERE}::test_a_register_with_a_tag_runs_nothing")),
    Elsewhere(number=80, title="time zone, locale C", ending="OK", tests=(f"{HERE}::test_zone_and_locale_change_no_byte",)),
    Elsewhere(number=81, title="addresses of the local network in every spelling", ending="R", tests=(f"{ADDRESSES}::test_i81_addresses_that_are_not_public", f"{ADDRESSES}::test_i81_other_spellings_resolve_to_an_address_that_is_checked")),
    Elsewhere(number=82, title="a public name for a private address; a name that changes", ending="R", tests=(f"{FETCH}::test_i82_one_private_address_among_public_ones_is_enough_to_refuse", f"{FETCH}::test_i82_a_name_that_changes_is_asked_once_and_the_checked_address_is_used")),
    Elsewhere(number=83, title="redirects to private addresses, other schemes, without end", ending="R", tests=(f"{FETCH}::test_i83_a_redirect_to_a_private_address_is_refused", f"{FETCH}::test_i83_a_redirect_to_something_else_is_refused", f"{FETCH}::test_i83_redirects_are_counted")),
    Elsewhere(number=84, title="credentials, ports and line ends in addresses", ending="R", tests=(f"{ADDRESSES}::test_i84_addresses_that_are_refused",)),
    Elsewhere(number=85, title="endless and slow answers", ending="R", tests=(f"{FETCH}::test_i85_endless_and_slow_answers_end", f"{FETCH}::test_i85_broken_answers_are_errors")),
    Elsewhere(number=86, title="packed answers that grow", ending="R", tests=(f"{FETCH}::test_i86_packed_pages_are_unpacked_within_the_limit",)),
    Elsewhere(number=87, title="TLS that cannot be trusted", ending="R", tests=(f"{FETCH}::test_i87_a_certificate_that_nobody_vouches_for_is_refused", f"{FETCH}::test_i87_a_certificate_of_another_host_is_refused", f"{FETCH}::test_i87_without_tls_there_is_no_secure_page")),
    Elsewhere(number=88, title="429 and 503 with Retry-After", ending="OK", tests=(f"{FETCH}::test_i88_retry_after_is_honoured_once", f"{FETCH}::test_i88_a_long_or_odd_wait_is_not_waited_for")),
    Elsewhere(number=89, title="proxies of the environment", ending="OK", tests=(f"{FETCH}::test_i89_proxies_of_the_environment_are_not_used",)),
    Elsewhere(number=90, title="script in event text", ending="OK", tests=(f"{WEB}::test_j90_words_of_documents_are_shown_as_text", f"{WEB}::test_j90_json_in_a_page_cannot_end_its_element", f"{WEB}::test_j90_no_inline_script_or_style_is_allowed_or_used")),
    Elsewhere(number=91, title="wrong Host", ending="R", tests=(f"{WEB}::test_j91_a_host_that_is_not_ours_is_refused", f"{WEB}::test_j91_two_hosts_and_an_absolute_address_are_refused")),
    Elsewhere(number=92, title="cross-site requests", ending="R", tests=(f"{WEB}::test_j92_nothing_is_changed_for_another_site", f"{WEB}::test_j92_no_answer_is_shared_with_other_origins")),
    Elsewhere(number=93, title="no, old or wrong token", ending="R", tests=(f"{WEB}::test_j93_without_the_token_nothing_is_told", f"{WEB}::test_j93_an_old_cookie_or_a_wrong_token_opens_nothing")),
    Elsewhere(number=94, title="clickjacking", ending="OK", tests=(f"{WEB}::test_j94_no_page_can_be_framed",)),
    Elsewhere(number=95, title="paths that lead outside", ending="R", tests=(f"{WEB}::test_j95_odd_paths_are_refused",)),
    Elsewhere(number=96, title="redirects to elsewhere", ending="OK", tests=(f"{WEB}::test_j96_no_redirect_leaves_the_server",)),
    Elsewhere(number=97, title="ranges of thousands of parts", ending="OK", tests=(f"{WEB}::test_j97_a_range_of_thousands_of_parts_is_answered_at_once",)),
    Elsewhere(number=98, title="large headers and bodies", ending="R", tests=(f"{WEB}::test_j98_headers_and_bodies_have_limits", f"{SERVE}::test_j98_long_headers_are_refused_by_the_server_itself")),
    Elsewhere(number=99, title="slow clients", ending="R", tests=(f"{SERVE}::test_j99_headers_that_do_not_come_in_time_end_the_connection", f"{SERVE}::test_j99_a_slow_second_request_ends_too_and_a_quick_one_does_not", f"{SERVE}::test_j99_more_connections_than_the_cap_are_told_to_come_later")),
    Elsewhere(number=100, title="syntax in the search box", ending="OK", tests=(f"{WEB}::test_j100_syntax_in_the_search_box_is_quoted",)),
    Elsewhere(number=101, title="limits that are no numbers", ending="R", tests=(f"{WEB}::test_j101_limits_are_checked", f"{WEB}::test_j101_values_that_are_none_are_refused")),
    Elsewhere(number=102, title="heavy queries", ending="R", tests=(f"{WEB}::test_j102_a_question_that_takes_too_long_is_stopped",)),
    Elsewhere(number=103, title="downloads of millions of rows", ending="OK", tests=(f"{WEB}::test_j103_the_csv_of_events_comes_in_batches",)),
    Elsewhere(number=104, title="the server started twice; a busy casebook", ending="R", tests=(f"{WEB}::test_j104_a_port_that_is_taken_is_told", f"{WEB}::test_j104_a_casebook_that_is_being_written_is_told")),
    Elsewhere(number=105, title="line ends in logs", ending="OK", tests=(f"{WEB}::test_j105_no_line_of_a_log_is_forged", f"{HERE}::test_no_title_steers_a_terminal")),
    Elsewhere(number=106, title="cells that are formulas", ending="OK", tests=(f"{EXPORT}::test_csv_defuses_formulas", f"{EXPORT}::test_k106_every_sign_that_starts_a_formula_gets_an_apostrophe", f"{WEB}::test_k106_cells_cannot_start_a_formula", f"{WEB}::test_k106_numbers_stay_numbers")),
    Elsewhere(number=107, title="export and import again", ending="OK", tests=(f"{EXPORT}::test_icews_goes_out_as_it_came_in", f"{EXPORT}::test_gdelt_and_icews_come_in_again_the_same", f"{LEDGER}::test_k107_any_text_comes_back_from_csv_as_it_was", f"{LEDGER}::test_k107_a_file_written_by_the_command_comes_back_to_the_byte")),
    Elsewhere(number=108, title="more rows than a spreadsheet shows", ending="OK", tests=(f"{EXPORT}::test_k108_a_csv_longer_than_a_sheet_says_so",)),
    Elsewhere(number=109, title="file names from titles", ending="OK", tests=(f"{WEB}::test_k109_names_of_files_are_made_safe", f"{WEB}::test_k109_a_download_is_named_plainly")),
    Elsewhere(number=110, title="an export that is interrupted", ending="OK", tests=(f"{HERE}::test_an_interrupted_export_leaves_nothing", f"{HERE}::test_what_a_command_writes_is_whole_or_not_there")),
    Elsewhere(number=111, title="kill -9 at any call of a commit", ending="X", tests=(f"{KILL}::test_killed_anywhere_the_next_run_finishes_the_work", "tests/exchange/test_import_kill.py::test_store_is_whole_wherever_an_import_is_killed")),
    Elsewhere(number=112, title="disk full at every write", ending="R", tests=(f"{LOOP}::test_a_change_whose_nth_call_fails_loses_nothing", f"{FAULTS}::test_a_disk_that_is_full_under_sqlite_is_a_clear_error", f"{HERE}::test_a_disk_that_is_truly_full")),
    Elsewhere(number=113, title="input or output errors, fsync that fails", ending="R", tests=(f"{LOOP}::test_a_change_whose_nth_call_fails_loses_nothing",)),
    Elsewhere(number=114, title="a flipped byte in each kind of file", ending="Q", tests=(f"{VERIFY}::test_a_flipped_byte_in_a_plain_file_is_found", f"{VERIFY}::test_a_flipped_byte_in_a_database_is_found_or_changes_nothing", "tests/casebook/test_packs.py::test_a_flipped_byte_in_a_pack_is_found")),
    Elsewhere(number=115, title="a ledger without its log", ending="R", tests=(f"{VERIFY}::test_a_ledger_that_lost_its_newest_entries_is_noticed",)),
    Elsewhere(number=116, title="two writers; one writes while others read", ending="R", tests=(f"{FAULTS}::test_a_second_writer_waits_then_names_the_first", f"{FAULTS}::test_readers_read_while_one_writes")),
    Elsewhere(number=117, title="a casebook of a newer program", ending="R", tests=(f"{FAULTS}::test_a_newer_ledger_is_refused",)),
    Elsewhere(number=118, title="a migration that is killed", ending="X", tests=(f"{FAULTS}::test_a_migration_that_fails_leaves_the_schema_as_it_was", f"{LOOP}::test_a_change_whose_nth_call_fails_loses_nothing")),
    Elsewhere(number=119, title="a file system that cannot be written", ending="R", tests=(f"{HERE}::test_a_file_system_that_cannot_be_written",)),
    Elsewhere(number=120, title="a clock that is set back", ending="OK", tests=(f"{BOOK}::test_a_clock_set_back_keeps_the_recorded_order",)),
    Elsewhere(number=121, title="a ledger that was deleted", ending="X", tests=("tests/casebook/test_rescue.py::test_texts_and_records_come_back", "tests/casebook/test_rescue.py::test_a_casebook_without_its_ledger_is_refused_with_the_remedy")),
    Elsewhere(number=122, title="litter of killed runs", ending="X", tests=(f"{FAULTS}::test_litter_is_reported_and_swept_by_the_next_writer", "tests/casebook/test_doctor.py::test_litter_is_swept_and_told")),
    Elsewhere(number=123, title="a worker that is killed", ending="X", tests=(f"{SUPERVISED}::test_a_worker_that_is_killed_once_loses_nothing",)),
    Elsewhere(number=124, title="a worker that crashes on one document", ending="Q", tests=(f"{SUPERVISED}::test_only_the_poisonous_document_is_quarantined",)),
    Elsewhere(number=125, title="a worker that never ends", ending="Q", tests=(f"{SUPERVISED}::test_a_document_that_hangs_is_quarantined_in_time",)),
    Elsewhere(number=126, title="a worker that takes too much memory", ending="Q", tests=(f"{SUPERVISED}::test_only_the_poisonous_document_is_quarantined",)),
    Elsewhere(number=127, title="the driver is killed", ending="X", tests=(f"{CORPUS}::test_a_killed_run_goes_on_where_it_was",)),
    Elsewhere(number=128, title="a node is lost", ending="X", tests=(f"{CLUSTER}::test_a_node_that_dies_in_the_middle_changes_nothing",)),
    Elsewhere(number=129, title="SIGTERM and Ctrl-C", ending="X", tests=(f"{HERE}::test_a_signal_stops_a_run_within_seconds", f"{SUPERVISED}::test_a_driver_that_stops_kills_its_children_soon")),
    Elsewhere(number=130, title="one shard run twice at once", ending="OK", tests=(f"{HERE}::test_one_shard_run_twice_at_once",)),
    Elsewhere(number=131, title="another version on a node", ending="R", tests=(f"{SUPERVISED}::test_a_coder_of_another_version_refuses_the_shard",)),
    Elsewhere(number=132, title="closed output, broken pipe", ending="OK", tests=(f"{HERE}::test_a_broken_pipe_is_quiet",)),
    Elsewhere(number=133, title="fork with threads", ending="OK", tests=(f"{HERE}::test_nothing_forks_without_exec",)),
    Elsewhere(number=134, title="few file handles", ending="OK", tests=(f"{HERE}::test_few_file_handles_are_enough",)),
    Elsewhere(number=135, title="a worker that grows over many documents", ending="OK", tests=(f"{HERE}::test_a_worker_that_grew_is_replaced",)),
    Elsewhere(number=141, title="pickled files", ending="OK", tests=(f"{HERE}::test_nothing_unpickles",)),
    Elsewhere(number=143, title="extensions that DuckDB would fetch", ending="OK", tests=(f"{HERE}::test_duckdb_fetches_and_reads_nothing_else",)),
)  # fmt: skip

WITHOUT = (
    Without(number=64, title="WARC files that were cut", why="WARC is not read; such a file is quarantined as an unknown format"),
    Without(number=65, title="WARC with wrong digests", why="WARC is not read"),
    Without(number=142, title="dependencies that were withdrawn or taken over", why="held by the hashes of the lock files, not by a test of the program"),
)  # fmt: skip

LISTED = {n for n in range(1, 144) if not 136 <= n <= 140}


def exists(name):
    path, _, function = name.partition("::")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("entry", ELSEWHERE, ids=lambda entry: f"{entry.number:03}")
def test_number_is_held_by_a_test_that_exists(entry, table):
    for name in entry.tests:
        assert exists(name), name
    names = ", ".join(f"`{name.rpartition('/')[2]}`" for name in entry.tests)
    assert entry.ending in ENDINGS
    table.add(entry.number, entry.title, entry.ending, names)


@pytest.mark.parametrize("entry", WITHOUT, ids=lambda entry: f"{entry.number:03}")
def test_number_that_does_not_apply_says_why(entry, table):
    assert entry.why
    table.add(entry.number, entry.title, "-", why=entry.why)


def test_every_number_of_the_list_has_one_entry():
    numbers = [entry.number for entry in (*CASES, *ELSEWHERE, *WITHOUT)]
    assert sorted(numbers) == sorted(LISTED)


def test_the_page_shows_every_number():
    shown = numbers_of(PAGE.read_text(encoding="utf-8"))
    if os.environ.get("HOSTILE_TABLE"):
        pytest.skip("the page is being written")
    assert set(shown) == LISTED
    known = {entry.number: entry.ending for entry in (*ELSEWHERE, *WITHOUT)}
    assert {n: ending for n, ending in shown.items() if n in known} == known


def run(*arguments, cwd, env=None, **more):
    return subprocess.run(
        [sys.executable, "-m", "detente", *arguments],
        cwd=cwd, capture_output=True, text=True, timeout=200, check=False,
        env={**os.environ, **(env or {})}, **more,
    )  # fmt: skip


def folder_of(tmp_path, count=4):
    place = tmp_path / "in"
    place.mkdir()
    for n in range(count):
        (place / f"{n}.txt").write_text(f"{EVENT} It was day {n}.")
    return place


@pytest.mark.slow
@pytest.mark.model
def test_order_of_inputs_changes_no_record(tmp_path):
    from detente import api

    place = folder_of(tmp_path)
    found = []
    for paths in (sorted(place.iterdir()), sorted(place.iterdir(), reverse=True)):
        coded = api.code(paths, published="2017-05-04")
        found.append({item.document.id: item.records for item in coded})
    assert found[0] == found[1]


def test_strange_names_are_read(tmp_path):
    names = ["a\nb.txt", "'; DROP.txt", "-rf", "🤝.txt", "x" * 250 + ".txt"]
    for name in names:
        (tmp_path / name).write_text(EVENT + name)
    (tmp_path / os.fsdecode(b"\xff\xfe.txt")).write_text(EVENT)
    found = list(read([tmp_path], options=ReadOptions(), settings=Settings()))
    assert [type(item) for item in found] == [Document] * 6


def test_where_output_may_not_go(tmp_path):
    place = folder_of(tmp_path, 1)
    for out in ("in", "in/out"):
        done = run("code", "in", "--out", out, cwd=tmp_path)
        assert (done.returncode, "lies within the input" in done.stderr) == (2, True)
    assert [p.name for p in place.iterdir()] == ["0.txt"]
    done = run("code", "in", "--out", "/proc/nowhere/x", cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_a_register_with_a_tag_runs_nothing(tmp_path):
    mark = tmp_path / "mark"
    (tmp_path / "r.yaml").write_text(f"!!python/object/apply:os.system ['touch {mark}']\n")
    (tmp_path / "a.txt").write_text(EVENT)
    done = run("code", "a.txt", "--register", "r.yaml", cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr, mark.exists()) == (2, False, False)


@pytest.mark.slow
@pytest.mark.model
def test_zone_and_locale_change_no_byte(tmp_path):
    folder_of(tmp_path, 2)
    outs = []
    for name, env in (
        ("a", {"TZ": "UTC"}),
        ("b", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0"}),
    ):
        done = run("code", "in", "--out", name, env=env, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        folder = tmp_path / name / "codings"
        outs.append(
            {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        )
    assert outs[0] == outs[1]


def test_an_interrupted_export_leaves_nothing(tmp_path, monkeypatch):
    from detente.exchange import exporting

    def export(_events, _form, handle, **_more):
        handle.write(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(exporting, "export", export)
    with pytest.raises(KeyboardInterrupt):
        exporting.write(None, "csv", tmp_path / "out.csv")
    assert list(tmp_path.iterdir()) == []


WRITERS = (
    "brief BLR USA --format {form} --out {out}", "issue BLR --with USA --from 2016-01-01 --to 2016-12-31 --out {out}",
    "forecasts export csv --out {out}", "export csv --out {out}", "export parquet --out {out}",
    "review gold --out {out}",
)  # fmt: skip


@pytest.mark.parametrize("command", WRITERS)
@pytest.mark.parametrize("old", [None, b"what stood there"])
def test_what_a_command_writes_is_whole_or_not_there(tmp_path, monkeypatch, command, old):
    from casebook.conftest import add, make_document

    from detente.casebook.book import Casebook
    from detente.cli import run as main

    folder, place = tmp_path / "c.casebook", tmp_path / "place"
    place.mkdir()
    with Casebook.create(folder) as book:
        add(book, [make_document("BLR meets USA 2016-09-20. BLR expects USA.")])
    out = place / "out.md"
    if old is not None:
        out.write_bytes(old)

    def interrupted(*_):
        raise KeyboardInterrupt

    for name in ("replace", "rename"):
        monkeypatch.setattr(os, name, interrupted)
        monkeypatch.setattr(Path, name, interrupted)
    words = command.format(out=out, form="md").split()
    assert main([*words, "--casebook", str(folder)]) == 130
    assert [*place.iterdir()] == ([] if old is None else [out])
    assert old is None or out.read_bytes() == old


def test_no_title_steers_a_terminal(tmp_path, capsys):
    from web.conftest import coded, make_document

    from detente.casebook.book import Casebook
    from detente.cli import run as main

    document = make_document(0)
    steering = "\x1b[31mred\r\n\x9b2Jforged\u202e"
    document = msgspec.structs.replace(
        document, title=steering, publisher=steering, author=steering
    )
    with Casebook.create(tmp_path / "c.casebook") as book:
        book.add(
            [document], code=lambda found: (coded(one) for one in found), coder_version="1",
            configuration="1",
        )  # fmt: skip
        with book.view() as view:
            event = view.records()[0].id
    for words in (
        "search report",
        "brief BLR USA",
        "index BLR USA",
        "forecasts list",
        "forecasts score",
        "review queue",
        f"explain {event}",
        "channels BLR USA",
        "claims",
    ):
        command = [*words.split(), "--casebook", str(tmp_path / "c.casebook")]
        assert main(command) in {0, 3}, words
        shown = capsys.readouterr()
        signs = {sign for sign in shown.out + shown.err if not sign.isprintable()} - set("\n\t")
        assert not signs, words


def _mounted(path, *options):
    done = subprocess.run(
        ["mount", "-t", "tmpfs", *options, "none", str(path)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("this user may not mount a small disk")


@pytest.mark.slow
def test_a_disk_that_is_truly_full(tmp_path):
    from casebook.conftest import Clock, add, numbered

    from detente.casebook.book import Casebook
    from detente.casebook.verify import verify
    from detente.errors import CasebookError

    disk = tmp_path / "disk"
    disk.mkdir()
    _mounted(disk, "-o", "size=3m")
    try:
        settings = Settings(shard_documents=50)
        with Casebook.create(disk / "b", settings, clock=Clock()) as book:
            kept = add(book, numbered(20)).added
            with pytest.raises(CasebookError, match=r"[Nn]o space|full"):
                add(book, numbered(2_000))
        with Casebook.open(disk / "b", settings, read_only=True) as book, book.view() as view:
            assert view.counts().documents >= kept
        assert [p for p in verify(disk / "b") if p.code != "litter"] == []
        subprocess.run(["mount", "-o", "remount,size=60m", str(disk)], check=True)
        with Casebook.open(disk / "b", settings, clock=Clock()) as book:
            report = add(book, numbered(2_000))
        assert report.added + report.known == 2_000
        assert verify(disk / "b") == []
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_a_file_system_that_cannot_be_written(tmp_path):
    from casebook.conftest import Clock, add, numbered

    from detente.casebook.book import Casebook
    from detente.errors import CasebookError

    disk = tmp_path / "disk"
    disk.mkdir()
    _mounted(disk, "-o", "size=20m")
    try:
        with Casebook.create(disk / "b", clock=Clock()) as book:
            add(book, numbered(4))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(CasebookError, match="Read-only file system"):
            Casebook.open(disk / "b")
        with Casebook.open(disk / "b", read_only=True) as book, book.view() as view:
            assert view.counts().documents == 4
    finally:
        subprocess.run(["umount", str(disk)], check=False)


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_a_run_within_seconds(tmp_path, number):
    folder_of(tmp_path, 1500)
    # A shell ignores SIGINT in what it starts in the background, and so would this run.
    runner = subprocess.Popen(
        ["env", "--default-signal=INT", sys.executable, "-m", "detente", "code", "in", "--out", "out", "--jobs", "2"],
        cwd=tmp_path, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "DETENTE_SHARD_DOCUMENTS": "20"},
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while not (tmp_path / "out" / "corpus.json").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    runner.send_signal(number)
    began = time.monotonic()
    _, said = runner.communicate(timeout=60)
    assert (runner.returncode, "Traceback" in said) == (130, False), said
    assert time.monotonic() - began < 10
    done = run("code", "in", "--out", "out", env={"DETENTE_SHARD_DOCUMENTS": "20"}, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_one_shard_run_twice_at_once(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    from casebook.conftest import make_coder, numbered

    from detente.casebook import shards

    path = shards.plan(list(numbered(6)), coder="1", configuration="c", work=tmp_path)
    made = tmp_path / "codings"
    made.mkdir()
    for _ in range(10):
        with ThreadPoolExecutor(4) as pool:
            runs = [
                pool.submit(shards.run, path, code=make_coder(), codings=made) for _ in range(4)
            ]
            [folder] = {one.result() for one in runs}
        assert shards.problems(folder) == []
        assert [p.name for p in made.iterdir()] == [folder.name]
        shutil.rmtree(folder)


def test_a_broken_pipe_is_quiet(tmp_path):
    command = f"{sys.executable} -m detente code --help | head -c 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    closed = run("--help", cwd=tmp_path, stdin=subprocess.DEVNULL)
    assert closed.returncode == 0


SOURCES = {
    path.relative_to(ROOT): path.read_text(encoding="utf-8")
    for path in (ROOT / "src").rglob("*.py")
}


def test_nothing_forks_without_exec():
    for path, source in SOURCES.items():
        assert not re.search(r"os\.fork|multiprocessing|ProcessPoolExecutor", source), path


def test_nothing_unpickles():
    for path, source in SOURCES.items():
        assert not re.search(r"\b(?:pickle|joblib|marshal|shelve|dill)\b", source), path
        assert not re.search(r"(?<![\w.])eval\(|(?<![\w.])exec\(|yaml\.load\(", source), path


@pytest.mark.slow
def test_few_file_handles_are_enough(tmp_path):
    import resource

    from casebook.conftest import Clock, add, numbered

    from detente.casebook.book import Casebook

    settings = Settings(shard_documents=1)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    open_now = len(list(Path("/proc/self/fd").iterdir()))
    resource.setrlimit(resource.RLIMIT_NOFILE, (open_now + 200, hard))
    try:
        with Casebook.create(tmp_path / "b", settings, clock=Clock()) as book:
            for first in range(0, 180, 90):
                add(book, numbered(90, first=first))
            with book.view() as view:
                assert view.counts().documents == 180
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_worker_that_grew_is_replaced(tmp_path, monkeypatch):
    from detente.engine import child
    from detente.engine.child import Limits

    (tmp_path / "growing_functions.py").write_text(
        "import os\nkept = []\ndef grow(data):\n    kept.append(bytearray(os.urandom(1)) * 30_000_000)\n"
        "    yield str(os.getpid()).encode()\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    limits = Limits(seconds=20, megabytes=400)
    seen = []
    for _ in range(20):
        seen += child.run("growing_functions:grow", b"", limits=limits)
    assert 2 < len(set(seen)) < 20


def test_duckdb_fetches_and_reads_nothing_else(tmp_path):
    import duckdb

    from detente.casebook import duck

    (tmp_path / "in").mkdir()
    (tmp_path / "secret.parquet").write_bytes(parquet(1))
    with duck.connect(tmp_path / "in") as connection:
        for sql in (
            "INSTALL httpfs",
            "LOAD httpfs",
            f"SELECT * FROM read_parquet('{tmp_path}/secret.parquet')",
            "SELECT * FROM read_csv('/etc/passwd')",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(sql).fetchall()


def test_a_failing_document_is_one_line_and_exit_three(tmp_path):
    folder_of(tmp_path, 1)
    (tmp_path / "in" / "bad.pdf").write_bytes(b"%PDF-1.4 broken")
    found = list(read([tmp_path / "in"], options=ReadOptions(), settings=Settings()))
    assert [type(item) for item in found] == [Document, ErrorRecord]


@pytest.mark.parametrize("command", [["add", "--casebook"], ["code", "--out"]])
@pytest.mark.parametrize("bad", ["../../evil.txt", "/evil.txt", "C:\\evil.txt"])
def test_an_archive_whose_names_lead_outside_is_refused_before_any_change(tmp_path, bad, command):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("good.txt", EVENT)
        archive.writestr(bad, EVENT)
    before = set(tmp_path.parent.rglob("*"))
    verb, option = command
    done = run(verb, str(tmp_path / "a.zip"), option, str(tmp_path / "new"), cwd=tmp_path)
    assert done.returncode == 2
    assert "points outside the archive" in done.stderr
    assert set(tmp_path.parent.rglob("*")) == before


def make_wrong_columns(folder):
    (folder / "a.csv").write_text("body,title\nx,y\n")
    out = io.BytesIO()
    pq.write_table(pa.table({"body": ["x"], "text ": [1]}), out)
    (folder / "b.parquet").write_bytes(out.getvalue())
    (folder / "c.jsonl").write_text('{"body": "x"}\n{"text": 5}\n')


@pytest.mark.parametrize("name", ["a.csv", "b.parquet"])
@pytest.mark.parametrize("command", [["add", "--casebook"], ["code", "--out"]])
def test_a_table_with_wrong_columns_is_refused_before_any_change(tmp_path, name, command):
    make_wrong_columns(tmp_path)
    good = tmp_path / "good.txt"
    good.write_text(EVENT)
    new = tmp_path / "new"
    verb, option = command
    done = run(verb, str(good), str(tmp_path / name), option, str(new), cwd=tmp_path)
    assert done.returncode == 2
    assert f"{name}: the table has no column text" in done.stderr
    assert not new.exists()


def test_wrong_columns_in_a_folder_are_set_aside(tmp_path):
    make_wrong_columns(tmp_path)
    found = list(read([tmp_path], options=ReadOptions(), settings=Settings()))
    assert [item.error for item in found] == ["columns", "columns", "row", "row"]
