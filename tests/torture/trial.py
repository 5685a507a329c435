"""One piece of work of the campaign: a test program that is run once."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / 'tests/support'))

from skipped import skipped_cases  # noqa: E402

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


def program_of(unit, build):
    return build / 'tests' / PROGRAMS[unit.program]


def command_of(unit, environment, build):
    if unit.program == 'fuzz':
        return ['./dev', 'fuzz', '--seconds', environment['SECONDS']]
    return [str(program_of(unit, build)), '--test-case=' + ','.join(
        case.replace(',', '*') for case in unit.cases)]


def read_figures(path):
    """What the tests told: counts, one a line, and figures by name."""
    counts, figures = [], {}
    for line in Path(path).read_text(encoding='utf-8').splitlines():
        told = json.loads(line)
        counts.append(told['count'])
        merge(figures, told['figures'])
    return counts, figures


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


def judge(unit, code, output, told):
    """What came of a run that ended with `code`. Cases that tell no count are
    one fault each, unless they were skipped."""
    counts, figures = told
    executed = [int(n) for n in EXECUTED.findall(output)]
    if executed:
        counts, figures = executed, {'targets': len(executed)}
    cases = CASES.search(output)
    ran = int(cases[1]) if cases else len(executed)
    skipped = min(ran, len(skipped_cases(output)))
    # A pattern that no case matches is a test that is gone.
    passed = code == 0 and ran >= max(1, len(unit.cases))
    return {'count': sum(counts) if counts else ran - skipped,
            'figures': figures, 'passed': passed, 'skipped': skipped}


def run(unit, environment, build):
    with tempfile.NamedTemporaryFile(suffix='.jsonl') as told:
        begin = time.monotonic()
        done = subprocess.run(
            command_of(unit, environment, build), cwd=ROOT, text=True,
            check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, **environment, 'FAULT_FIGURES': told.name})
        seconds = time.monotonic() - begin
        result = judge(unit, done.returncode, done.stdout,
                       read_figures(told.name))
    if not result['passed']:
        print(done.stdout[-4000:], file=sys.stderr)
    return {**result, 'seconds': seconds}
