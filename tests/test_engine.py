from pathlib import Path

from detente.engine import Serial, run_shards


def test_serial_reads_the_next_shard_when_its_turn_comes():
    order = []

    def shards():
        for name in "abc":
            order.append(f"plan {name}")
            yield Path(name)

    def run(path):
        order.append(f"run {path}")
        return path.with_suffix(".out")

    outputs = list(Serial().map(run, shards()))

    assert outputs == [Path("a.out"), Path("b.out"), Path("c.out")]
    assert order == ["plan a", "run a", "plan b", "run b", "plan c", "run c"]


def test_progress_counts_shards_that_are_done():
    seen = []
    list(run_shards(lambda path: path, [Path("a"), Path("b")], progress=seen.append))
    assert seen == [1, 2]


def test_another_backing_is_used():
    class Backwards:
        def map(self, run, shards):
            for shard in reversed(list(shards)):
                yield run(shard)

    found = list(run_shards(lambda path: path, [Path("a"), Path("b")], backend=Backwards()))
    assert found == [Path("b"), Path("a")]
