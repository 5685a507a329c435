#!/usr/bin/env python3
"""The campaign tells what was done, and nothing else: with made-up programs.

Ends with a summary as other test programs do; takes their --test-case."""

import contextlib
import fnmatch
import io
import json
import re
import sys
import tempfile
import unittest
from pathlib import Path

from rows import ROWS, Row, Unit
from torture import Memory, main
from trial import PROGRAMS, ROOT

TOLD = 'echo \'{"row":"r","count":%d,"figures":{%s}}\' >>"$FAULT_FIGURES"'
SKIPPED = "echo 'TEST CASE:  %s'; echo 'x.cpp:1: MESSAGE: SKIPPED: no'"
ENDED = "echo '[doctest] test cases: %d | %d passed | 0 failed'"


def ended(cases):
    return ENDED % (cases, cases)


class Campaign(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.addCleanup(self.place.cleanup)
        self.build = Path(self.place.name)
        self.rows = [
            Row('kills', 'all', [Unit('faults', ['a kill*'])],
                {'slowest_ms': 10}, counts='kills'),
            Row('floods', 'all', [Unit('edge', ['*'])]),
        ]
        self.program('faults', TOLD % (25, '"slowest_ms":7'), ended(1))
        self.program('edge', ended(3))

    def program(self, name, *lines):
        path = self.build / 'tests' / PROGRAMS[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('\n'.join(['#!/bin/sh', *lines, '']),
                        encoding='utf-8')
        path.chmod(0o755)

    def run_it(self, *arguments):
        with contextlib.redirect_stdout(io.StringIO()), \
                contextlib.redirect_stderr(io.StringIO()):
            return main(arguments, self.rows, self.build)

    def told(self, name='torture'):
        return json.loads((self.build / f'{name}.json').read_text())

    def verdicts(self, name='torture'):
        return [each['verdict'] for each in self.told(name)['rows']]

    def test_what_was_done_is_counted(self):
        self.assertEqual(self.run_it(), 0)
        self.assertEqual(self.told()['sentence'],
                         '25 kills, 3 other faults: '
                         '0 acknowledged operations lost.')

    def test_nothing_but_skipped_cases_is_not_run(self):
        for lines in ([SKIPPED % 'a kill'], ['echo SKIPPED:']):
            self.program('faults', *lines, ended(1))
            self.assertEqual(self.run_it(), 1)
            self.assertEqual(self.verdicts(), ['not run', 'passed'])
            self.assertEqual(self.told()['sentence'],
                             '3 other faults: 0 acknowledged operations lost; '
                             'not run: kills.')
        self.program('edge', 'echo SKIPPED:', ended(1))
        self.assertEqual(self.run_it(), 1)
        self.assertEqual(self.told()['sentence'],
                         'nothing was done; not run: kills, floods.')

    def test_a_skipped_case_counts_nothing(self):
        self.program('edge', SKIPPED % 'a', SKIPPED % 'b', ended(3))
        self.assertEqual(self.run_it(), 0)
        self.assertEqual(self.told()['rows'][1]['count'], 1)
        self.assertIn('in part skipped: floods', self.told()['sentence'])

    def test_a_bound_without_its_figure_is_missed(self):
        self.program('faults', TOLD % (25, ''), ended(1))
        self.assertEqual(self.run_it(), 1)
        self.assertEqual(self.verdicts()[0], 'missed: slowest ms')
        self.program('faults', TOLD % (25, '"slowest_ms":11'), ended(1))
        self.assertEqual(self.run_it(), 1)
        self.assertIn('bounds missed: kills', self.told()['sentence'])

    def test_what_fails_or_is_gone_has_not_passed(self):
        for lines in (['exit 1'], [ended(0)], ['kill -9 $$'],
                      [TOLD % (1, '"slowest_ms":1'), ended(1), 'exit 1']):
            self.program('faults', *lines)
            self.assertEqual(self.run_it(), 1)
            self.assertEqual(self.verdicts()[0], 'FAILED')
            self.assertIn('NOT PASSED; failed: kills',
                          self.told()['sentence'])

    def test_one_row_leaves_the_campaign_alone(self):
        self.run_it()
        before = (self.build / 'torture.md').read_text()
        self.assertEqual(self.run_it('flood'), 0)
        self.assertEqual((self.build / 'torture.md').read_text(), before)
        self.assertEqual(self.verdicts('torture-row'), ['passed'])
        self.assertNotIn('sentence', self.told('torture-row'))
        with self.assertRaises(SystemExit) as end:
            self.run_it('no such row')
        self.assertNotEqual(end.exception.code, 0)

    def test_a_long_run_goes_on_where_it_stopped(self):
        log = self.build / 'log'
        done = [f'echo x >>{log}', TOLD % (25, '"slowest_ms":7'), ended(1)]
        self.program('faults', *done)
        self.program('edge', 'echo SKIPPED:', ended(1))
        self.assertEqual(self.run_it('--long'), 1)
        self.assertEqual(self.run_it('--long', 'flood'), 1)
        self.assertEqual(self.run_it('--long'), 1)
        self.assertEqual(log.read_text(), 'x\n')
        # What another program did says nothing about this one.
        self.program('faults', *done, 'true')
        self.run_it('--long')
        self.run_it('--long', '--fresh')
        self.assertEqual(log.read_text(), 'x\nx\nx\n')

    def test_parts_of_a_long_run_may_run_side_by_side(self):
        path = self.build / 'state'
        one, other = (Memory(path, self.build, False) for _ in range(2))
        done = {'passed': True, 'skipped': 0, 'figures': {'slowest_ms': 7}}
        one.keep('kills', {**done, 'count': 1})
        other.keep('floods', {**done, 'count': 2})
        for each in (one, other):
            self.assertEqual(each.find('kills', {})['count'], 1)
            self.assertEqual(each.find('floods', {})['count'], 2)
            self.assertTrue(each.find('kills', {'slowest_ms': 7}))
            self.assertIsNone(each.find('kills', {'slowest_ms': 6}))
            self.assertTrue(each.find('kills', {'most_mb': 1}))
        one.keep('floods', {**done, 'count': 2, 'skipped': 1})
        self.assertIsNone(other.find('floods', {}))

    def test_an_interruption_leaves_what_was_done(self):
        path = self.build / 'state'
        one = Memory(path, self.build, False)
        one.keep('kills', {'passed': True, 'skipped': 0, 'figures': {},
                           'count': 1})
        with self.assertRaises(TypeError):
            one.keep('floods', {'count': object()})
        path.with_suffix('.new').write_text('{"dig')
        self.assertTrue(Memory(path, self.build, False).find('kills', {}))

    def test_every_row_has_its_cases_and_its_counts(self):
        tests = ROOT / 'tests'
        text = '\n'.join(path.read_text(encoding='utf-8')
                         for path in tests.rglob('*_test.cpp'))
        heads = re.findall(r'TEST_CASE(?:_FIXTURE)?\(([^;{]*?)\)\s*\{', text)
        names = [''.join(re.findall(r'"([^"]*)"', head)) for head in heads]
        for row in ROWS:
            for unit in row.units:
                for case in unit.cases:
                    self.assertTrue(fnmatch.filter(names, case), case)
                for name in {*unit.usual, *unit.long} - {'SECONDS'}:
                    self.assertIn(f'"{name}"', text)
            for name in row.bounds:
                self.assertTrue(
                    any(f'"{name}"' in path.read_text(encoding='utf-8')
                        for path in tests.rglob('*.cpp')), name)


def run_tests():
    given = [each.split('=', 1)[1] for each in sys.argv[1:]
             if each.startswith('--test-case=')]
    suite = unittest.TestSuite(
        test for test in unittest.defaultTestLoader.loadTestsFromTestCase(
            Campaign)
        if not given or fnmatch.fnmatch(
            test.id().rsplit('.', 1)[1].replace('_', ' '), given[0]))
    done = unittest.TextTestRunner(sys.stdout).run(suite)
    failed = len(done.failures) + len(done.errors)
    print(f'[doctest] test cases: {done.testsRun} | '
          f'{done.testsRun - failed} passed | {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(run_tests())
