"""What a test program of ours said that it did not do."""

CASE = 'TEST CASE:  '
MARK = 'SKIPPED:'


def skipped_cases(output):
    """Reasons by the names of the cases; of one without a name by its line."""
    case, skipped = '', {}
    for number, line in enumerate(output.splitlines(), 1):
        if line.startswith(CASE):
            case = line[len(CASE):]
        elif MARK in line:
            skipped.setdefault(case or f'line {number}',
                               line.split(MARK, 1)[1].strip())
    return skipped
