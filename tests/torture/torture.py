#!/usr/bin/env python3
"""Runs the fault table as one campaign: `./dev torture`.

Prints a line for each piece of work, and writes build/torture.json and
build/torture.md; rows that were asked for by name go to build/torture-row.*
instead. Ends with 0 if every row asked for was run and passed. A long run that
was interrupted goes on where it stopped, unless a program has changed."""

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import subprocess
import sys

from report import are_good, is_missed, sentence_of, sum_up, write
from rows import ROWS
from trial import ROOT, run


def revision():
    told = subprocess.run(['git', 'describe', '--always', '--dirty'], cwd=ROOT,
                          capture_output=True, text=True, check=False)
    return told.stdout.strip() or 'unknown'


def digest_of(build):
    """Of the programs: not all that can change has a revision. The fuzzers are
    made of the same sources, and later."""
    digest = hashlib.sha256()
    for path in (build / 'holdfast', *sorted((build / 'tests').rglob('*'))):
        if path.is_file() and os.access(path, os.X_OK):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def pieces_of(row, is_long):
    """Names and work of a row."""
    for unit in row.units:
        environment = unit.long if is_long and unit.long else unit.usual
        for piece in range(unit.pieces if is_long else 1):
            number = str(1 + piece * unit.stride)
            given = {key: value.replace('{n}', number)
                     for key, value in environment.items()}
            yield (f'{row.name}/{unit.program}/{",".join(unit.cases)}/'
                   f'{json.dumps(given)}/{piece}'), unit, given


class Memory:
    """What a long run has done; campaigns of different rows may share it."""

    def __init__(self, path, build, forget):
        self.path = path
        self.digest = digest_of(build)
        if forget:
            path.unlink(missing_ok=True)

    def find(self, name, bounds):
        """What was done whole, passed, and within its bounds; all else is
        worth another try."""
        with self.hold():
            found = self.read().get(name)
        if not found or not found['passed'] or found['skipped']:
            return None
        told = found['figures']
        return None if any(each in told and is_missed(each, bound, told)
                           for each, bound in bounds.items()) else found

    def keep(self, name, result):
        """An interruption leaves what was there before."""
        with self.hold():
            state = {'digest': self.digest,
                     'done': {**self.read(), name: result}}
            new = self.path.with_suffix('.new')
            new.write_text(json.dumps(state), encoding='utf-8')
            os.replace(new, self.path)

    @contextlib.contextmanager
    def hold(self):
        with self.path.with_suffix('.lock').open('w') as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def read(self):
        """What these programs did."""
        if not self.path.exists():
            return {}
        known = json.loads(self.path.read_text(encoding='utf-8'))
        return known['done'] if known.get('digest') == self.digest else {}


def run_row(row, is_long, build, memory):
    results = []
    for name, unit, environment in pieces_of(row, is_long):
        result = memory.find(name, row.bounds) if memory else None
        if not result:
            result = run(unit, environment, build)
            if memory:
                memory.keep(name, result)
        results.append(result)
        print(f'{row.name}: {result["count"]:,} in {result["seconds"]:.0f} s',
              flush=True)
    total = sum_up(row, results)
    print(f'{row.name}: {total["verdict"]}', flush=True)
    return total


def main(arguments, rows, build):
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument('--long', action='store_true')
    options.add_argument('--fresh', action='store_true')
    options.add_argument('row', nargs='?', default='')
    given = options.parse_args(arguments)
    chosen = [row for row in rows if given.row in row.name]
    if not chosen:
        options.error(f'no row has {given.row} in its name')
    memory = Memory(build / 'torture-long.state', build,
                    given.fresh) if given.long else None
    head = {'revision': revision(), 'long': given.long}
    path = build / ('torture-row' if given.row else 'torture')
    totals = []
    for row in chosen:
        totals.append(run_row(row, given.long, build, memory))
        text = write(path, totals, head,
                     '' if given.row else sentence_of(rows, totals))
    print('\n' + text)
    return 0 if are_good(totals) else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:], ROWS, ROOT / 'build'))
