#!/usr/bin/env python3
"""Runs the fault table as one campaign: `./dev torture`.

Prints a line for each piece of work, and writes build/torture.json and
build/torture.md. A long run that was interrupted goes on where it stopped."""

import argparse
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rows import ROWS

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / 'build'
PROGRAMS = {
    'faults': 'faults/faults_tests',
    'storage': 'storage/storage_tests',
    'edge': 'http/edge_tests',
    'end_to_end': 'end_to_end/end_to_end_tests',
    'simulation': 'simulation/simulation_tests',
    'cluster': 'cluster/cluster_tests',
    'sharing': 'sharing/sharing_tests',
}
CASES = re.compile(r'test cases: +(\d+) \| +(\d+) passed \| +(\d+) failed')
EXECUTED = re.compile(r'fuzzed \w+ for \d+ s: (\d+) inputs')


def revision():
    told = subprocess.run(['git', 'describe', '--always', '--dirty'], cwd=ROOT,
                          capture_output=True, text=True, check=False)
    return told.stdout.strip() or 'unknown'


def command_of(unit, environment):
    if unit.program == 'fuzz':
        return ['./dev', 'fuzz', '--seconds', environment['SECONDS']]
    return [str(BUILD / 'tests' / PROGRAMS[unit.program]),
            '--test-case=' + ','.join(
                case.replace(',', '*') for case in unit.cases)]


def read_figures(path):
    """What the tests told: a count, and figures by name."""
    count, figures = 0, {}
    for line in Path(path).read_text(encoding='utf-8').splitlines():
        told = json.loads(line)
        count += told['count']
        merge(figures, told['figures'])
    return count, figures


def merge(into, more):
    """By their names, see tests/support/figures.hpp."""
    for name, value in more.items():
        if name not in into:
            into[name] = value
        elif name.startswith(('slowest', 'most')):
            into[name] = max(into[name], value)
        elif name.startswith('least'):
            into[name] = min(into[name], value)
        else:
            into[name] += value


def run(unit, environment):
    """One piece of work, once."""
    with tempfile.NamedTemporaryFile(suffix='.jsonl') as told:
        begin = time.monotonic()
        done = subprocess.run(
            command_of(unit, environment), cwd=ROOT, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, **environment, 'FAULT_FIGURES': told.name})
        seconds = time.monotonic() - begin
        count, figures = read_figures(told.name)
    executed = [int(n) for n in EXECUTED.findall(done.stdout)]
    cases = CASES.search(done.stdout)
    ran = int(cases[1]) if cases else len(executed)
    if executed:
        count, figures = sum(executed), {'targets': len(executed)}
    passed = done.returncode == 0 and ran > 0
    if not passed:
        print(done.stdout[-4000:], file=sys.stderr)
    return {'count': count or ran, 'figures': figures, 'passed': passed,
            'skipped': done.stdout.count('SKIPPED:'), 'seconds': seconds}


def pieces_of(row, is_long):
    """Names and work of a row."""
    for unit in row.units:
        environment = unit.long if is_long and unit.long else unit.usual
        for piece in range(unit.pieces if is_long else 1):
            number = str(1 + piece * unit.stride)
            name = f'{row.name}/{unit.program}/{",".join(unit.cases)}/{piece}'
            yield name, unit, {key: value.replace('{n}', number)
                               for key, value in environment.items()}


def sum_up(row, results):
    total = {'row': row.name, 'wanted': row.wanted, 'count': 0, 'skipped': 0,
             'passed': bool(results), 'seconds': 0, 'figures': {}}
    for each in results:
        for key in ('count', 'skipped', 'seconds'):
            total[key] += each[key]
        total['passed'] = total['passed'] and each['passed']
        merge(total['figures'], each['figures'])
    total['missed'] = [name for name, bound in row.bounds.items()
                       if is_missed(name, bound, total['figures'])]
    return total


def is_missed(name, bound, figures):
    if name not in figures:
        return False
    value = figures[name]
    return value < bound if name.startswith('least') else value > bound


def verdict_of(total):
    if not total['passed']:
        return 'FAILED'
    if total['missed']:
        return 'missed: ' + ', '.join(total['missed']).replace('_', ' ')
    return 'passed, in part skipped' if total['skipped'] else 'passed'


def sentence_of(totals):
    counts = {each['row']: each['count'] for each in totals}
    parts = {'kill -9 cycles': counts.get(ROWS[0].name, 0),
             'crash points': counts.get(ROWS[1].name, 0),
             'seeds': counts.get(ROWS[-1].name, 0)}
    parts['other faults'] = (sum(counts.values()) - sum(parts.values())
                             - counts.get('fuzzing', 0))
    lost = ('0 acknowledged operations lost'
            if all(each['passed'] for each in totals) else 'NOT PASSED')
    return ', '.join(f'{n:,} {what}' for what, n in parts.items()) + ': ' + lost


def write(totals, is_long):
    head = {'date': datetime.date.today().isoformat(), 'revision': revision(),
            'long': is_long, 'cores': os.cpu_count(),
            'sentence': sentence_of(totals)}
    (BUILD / 'torture.json').write_text(
        json.dumps({**head, 'rows': totals}, indent=1), encoding='utf-8')
    lines = [f'{head["sentence"]}.', '',
             f'{head["date"]}, {head["revision"]}, {head["cores"]} cores, '
             + ('long run' if is_long else 'counts of CI'), '',
             '| fault | count | measured | wanted | result | seconds |',
             '|---|---|---|---|---|---|']
    for each in totals:
        measured = ', '.join(f'{name.replace("_", " ")} {value:.4g}'
                             for name, value in each['figures'].items())
        lines.append(f'| {each["row"]} | {each["count"]:,} | {measured} '
                     f'| {each["wanted"]} | {verdict_of(each)} '
                     f'| {each["seconds"]:.0f} |')
    text = '\n'.join(lines) + '\n'
    (BUILD / 'torture.md').write_text(text, encoding='utf-8')
    return text


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument('--long', action='store_true')
    options.add_argument('--fresh', action='store_true')
    options.add_argument('row', nargs='?', default='')
    given = options.parse_args()
    # What was done by another revision says nothing about this one.
    kept = BUILD / f'torture-{"long" if given.long else "usual"}.state'
    state = {'revision': revision(), 'done': {}}
    if given.long and not given.fresh and kept.exists():
        old = json.loads(kept.read_text(encoding='utf-8'))
        state = old if old['revision'] == state['revision'] else state
    totals = []
    for row in (each for each in ROWS if given.row in each.name):
        results = []
        for name, unit, environment in pieces_of(row, given.long):
            if not state['done'].get(name, {}).get('passed'):
                state['done'][name] = run(unit, environment)
                kept.write_text(json.dumps(state), encoding='utf-8')
            results.append(state['done'][name])
            total = sum_up(row, results)
            print(f'{row.name}: {total["count"]:,} in {total["seconds"]:.0f} s'
                  f', {verdict_of(total)}', flush=True)
        totals.append(sum_up(row, results))
        text = write(totals, given.long)
    print('\n' + text)
    return 0 if all(each['passed'] and not each['missed']
                    for each in totals) else 1


if __name__ == '__main__':
    sys.exit(main())
