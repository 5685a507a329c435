#!/usr/bin/env python3
"""The report of a test run counts what was run, and tells the rest."""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

REPORT = Path(__file__).with_name('test_report.py')


def run_of(output, result='OK', code=0):
    return {'name': 'p', 'result': result, 'returncode': code, 'duration': 1,
            'stdout': output, 'stderr': ''}


def ended(passed, failed=0):
    return (f'[doctest] test cases: {passed + failed} | {passed} passed | '
            f'{failed} failed | 0 skipped\n')


def report_of(*runs):
    with tempfile.NamedTemporaryFile('w', suffix='.json') as log:
        for run in runs:
            log.write(json.dumps(run) + '\n')
        log.flush()
        return subprocess.run(
            [sys.executable, '-B', str(REPORT), log.name], check=True,
            capture_output=True, text=True).stdout.splitlines()


class Report(unittest.TestCase):
    def test_cases_of_all_programs_are_counted(self):
        self.assertEqual(report_of(run_of(ended(3)), run_of(ended(2))),
                         ['5 passed, 0 failed'])

    def test_a_skipped_case_has_not_passed(self):
        said = ('TEST CASE:  a cut\n\nx.cpp:1: MESSAGE: SKIPPED: no nets\n'
                'x.cpp:9: MESSAGE: SKIPPED: no nets\n')
        self.assertEqual(report_of(run_of(said + ended(3))),
                         ['skipped: a cut: no nets', '2 passed, 0 failed'])

    def test_a_program_that_ends_badly_has_failed(self):
        for run in (run_of('', 'FAIL', -11), run_of(ended(0), 'FAIL', 1),
                    run_of('no summary')):
            told = report_of(run)
            self.assertTrue(told[0].startswith('p: '), told)
            self.assertEqual(told[-1], '0 passed, 1 failed')

    def test_a_failed_case_is_named(self):
        said = ('=' * 79 + '\nx.cpp:7:\nTEST CASE:  a cut\n\n'
                'x.cpp:9: ERROR: CHECK( 1 == 2 ) is NOT correct!\n\n')
        told = report_of(run_of(said + ended(1, 1), 'FAIL', 1))
        self.assertIn('  x.cpp:7: a cut', told)
        self.assertEqual(told[-1], '1 passed, 1 failed')


if __name__ == '__main__':
    done = unittest.TextTestRunner(sys.stdout).run(
        unittest.defaultTestLoader.loadTestsFromTestCase(Report))
    failed = len(done.failures) + len(done.errors)
    print(f'[doctest] test cases: {done.testsRun} | '
          f'{done.testsRun - failed} passed | {failed} failed')
    sys.exit(1 if failed else 0)
