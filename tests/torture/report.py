"""What came of the campaign, in figures and in words."""

import datetime
import json
import os

from trial import merge

GOOD = ('passed', 'passed, in part skipped')
OTHERS = 'other faults'


def sum_up(row, results):
    total = {'row': row.name, 'counts': row.counts, 'wanted': row.wanted,
             'count': 0, 'skipped': 0, 'seconds': 0, 'figures': {}}
    for each in results:
        for key in ('count', 'skipped', 'seconds'):
            total[key] += each[key]
        merge(total['figures'], each['figures'])
    total['missed'] = [name for name, bound in row.bounds.items()
                       if is_missed(name, bound, total['figures'])]
    total['verdict'] = verdict_of(
        total, all(each['passed'] for each in results))
    return total


def is_missed(name, bound, figures):
    """A bound that nothing was held against was not kept."""
    if name not in figures:
        return True
    value = figures[name]
    return value < bound if name.startswith('least') else value > bound


def verdict_of(total, has_passed):
    if not has_passed:
        return 'FAILED'
    if total['count'] == 0:
        return 'not run'
    if total['missed']:
        return 'missed: ' + ', '.join(total['missed']).replace('_', ' ')
    return GOOD[1] if total['skipped'] else GOOD[0]


def are_good(totals):
    return all(each['verdict'] in GOOD for each in totals)


def sentence_of(rows, totals):
    """About all `rows`: one that there is no total of was not run."""
    counts = {row.counts: 0 for row in rows if row.counts != OTHERS}
    counts[OTHERS] = 0
    verdicts = {row.name: 'not run' for row in rows}
    for each in totals:
        counts[each['counts']] += each['count']
        verdicts[each['row']] = each['verdict']
    said = ', '.join(f'{count:,} {what}' for what, count in counts.items()
                     if count) or 'nothing was done'
    if 'FAILED' in verdicts.values():
        said += ': NOT PASSED'
    elif any(counts.values()):
        said += ': 0 acknowledged operations lost'
    for head, tail in (('FAILED', 'failed'), ('missed', 'bounds missed'),
                       (GOOD[1], 'in part skipped'), ('not run', 'not run')):
        names = [name for name, verdict in verdicts.items()
                 if verdict.startswith(head)]
        said += f'; {tail}: ' + ', '.join(names) if names else ''
    return said + '.'


def table_of(totals):
    lines = ['| fault | count | measured | wanted | result | seconds |',
             '|---|---|---|---|---|---|']
    for each in totals:
        measured = ', '.join(f'{name.replace("_", " ")} {value:.4g}'
                             for name, value in each['figures'].items())
        lines.append(f'| {each["row"]} | {each["count"]:,} | {measured} '
                     f'| {each["wanted"]} | {each["verdict"]} '
                     f'| {each["seconds"]:.0f} |')
    return '\n'.join(lines)


def write(path, totals, head, sentence):
    """As `path` with .json and with .md; returns the latter. Only a campaign
    of all rows has a `sentence`."""
    head = {'date': datetime.date.today().isoformat(), **head,
            'cores': os.cpu_count()}
    if sentence:
        head['sentence'] = sentence
    path.with_suffix('.json').write_text(
        json.dumps({**head, 'rows': totals}, indent=1), encoding='utf-8')
    text = (f'{sentence}\n\n' if sentence else '') + (
        f'{head["date"]}, {head["revision"]}, {head["cores"]} cores, '
        + ('long run' if head['long'] else 'short run')
        + '\n\n' + table_of(totals) + '\n')
    path.with_suffix('.md').write_text(text, encoding='utf-8')
    return text
