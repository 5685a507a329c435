#!/usr/bin/env python3
"""Reads the log of `meson test`: test_report.py TESTLOG.

Prints what broke, at most 60 lines, then what was skipped and why, and then
`N passed, N failed`: cases that were run, not programs. A program that failed
without a failed case (a crash, a leak, no summary) counts as one that failed.
"""

import json
import re
import signal
import sys

from skipped import skipped_cases

LINES_MAX = 60
LINES_EACH_MAX = 10
WIDTH = 160
SUMMARY = re.compile(r'test cases: +\d+ \| +(\d+) passed \| +(\d+) failed')
RULE = '=' * 79
CASE = re.compile(RULE + r'\n(\S+:\d+):\n(?:.*\n)*?TEST CASE:  (.*)\n')
ASSERTION = re.compile(r'\S+:\d+: (?:FATAL )?ERROR: ')
PLACE = re.compile(r'\S+:\d+: ')
SEED = re.compile(r'TEST_SEED=\d+')


class Broken:
    """One line that names it, and lines that explain it."""

    def __init__(self, head, lines=(), ends_matter=False):
        self.head = head
        self.lines = ['    ' + line[:WIDTH] for line in lines]
        self.ends_matter = ends_matter

    def shown(self, room):
        shown = self.lines
        if len(shown) > room:
            shown = shown[len(shown) - room:] if self.ends_matter else \
                shown[:room]
        return [self.head, *shown]


def output_of(run):
    return (run.get('stdout') or '') + (run.get('stderr') or '')


def said_by(text):
    return [line.strip() for line in text.splitlines()
            if line.strip() and not line.startswith((RULE, '[doctest]'))]


def count(run):
    """How many cases of a program passed, and how many did not."""
    output = output_of(run)
    told = SUMMARY.findall(output)
    passed, failed = map(int, told[-1]) if told else (0, 0)
    if failed == 0 and (run['result'] != 'OK' or not told):
        failed = 1
    return max(0, passed - len(skipped_cases(output))), failed


def fate_of(run):
    code = run['returncode'] or 0
    if run['result'] == 'TIMEOUT':
        return f'timed out after {run["duration"]:.0f} s'
    # A wrapper says 128 + N for a signal.
    number = -code if code < 0 else code - 128
    if number in signal.valid_signals():
        return f'killed by {signal.Signals(number).name}'
    return f'exit status {code}'


def assertions_of(block):
    """The failed ones, each with the lines that explain it."""
    found, is_inside = [], False
    for line in said_by(block):
        if PLACE.match(line):
            is_inside = ASSERTION.match(line) is not None
        if is_inside:
            found.append(line)
    return found


def failed_cases(run):
    text = (run.get('stdout') or '').split('\n[doctest] test cases:')[0]
    heads = list(CASE.finditer(text))
    ends = [each.start() for each in heads[1:]] + [len(text)]
    # A case with parts comes once for each.
    cases = {}
    for head, end in zip(heads, ends):
        block = text[head.end():end]
        seeds, lines = cases.setdefault(head.groups(), ([], []))
        seeds += SEED.findall(block)
        lines += assertions_of(block)
    return [Broken(f'  {place}: {name}' + (f' ({seeds[0]})' if seeds else ''),
                   lines)
            for (place, name), (seeds, lines) in cases.items() if lines]


def failures_of(run):
    """Everything that broke in a program, itself first."""
    cases = failed_cases(run)
    head = f'{run["name"]}: {fate_of(run)}'
    if cases and run['result'] == 'FAIL' and run['returncode'] == 1:
        return [Broken(head), *cases]
    return [Broken(head + '; its last lines:', said_by(output_of(run)), True),
            *cases]


def describe(runs):
    """Every head, and of the explanations what there is room for."""
    broken = [each for run in runs if count(run)[1]
              for each in failures_of(run)]
    if len(broken) > LINES_MAX:
        left = len(broken) - LINES_MAX + 1
        broken = [*broken[:LINES_MAX - 1], Broken(f'and {left} more')]
    explained = sum(1 for each in broken if each.lines)
    room = (LINES_MAX - len(broken)) // max(1, explained)
    return [line for each in broken
            for line in each.shown(min(room, LINES_EACH_MAX))]


def skipped_lines(runs):
    return [f'skipped: {case}: {reason}'[:WIDTH] for run in runs
            for case, reason in skipped_cases(output_of(run)).items()]


def main():
    with open(sys.argv[1], encoding='utf-8') as log:
        runs = [json.loads(line) for line in log]
    for line in [*describe(runs), *skipped_lines(runs)]:
        print(line)
    sums = [count(run) for run in runs]
    passed = sum(each[0] for each in sums)
    failed = sum(each[1] for each in sums)
    print(f'{passed} passed, {failed} failed')


if __name__ == '__main__':
    main()
