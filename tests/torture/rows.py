"""The fault table: what is done to a node, how often, and by which tests."""

from dataclasses import dataclass, field


@dataclass
class Unit:
    """Cases of a test program. `usual` and `long` are its environment; a long
    run does `pieces` of it, in each of them `{n}` replaced by 1 and as many
    strides as there were pieces before: with {'SEED': '{n}'}, three pieces and
    a stride of 1,000 it runs with SEED=1, SEED=1001 and SEED=2001."""

    program: str
    cases: list
    usual: dict = field(default_factory=dict)
    long: dict = field(default_factory=dict)
    pieces: int = 1
    stride: int = 0


@dataclass
class Row:
    """`bounds` are for the figures that the tests tell: a `least` must not be
    below its bound, any other not above. `counts` says what is counted."""

    name: str
    wanted: str
    units: list
    bounds: dict = field(default_factory=dict)
    counts: str = 'other faults'


def faults(*cases, **more):
    return Unit('faults', list(cases), **more)


CORE = 'nothing acknowledged lost, nothing invented'
EACH_SYNC = {'FAULT_SYNCS': '5'}

ROWS = [
    Row('kill -9 under load', CORE + '; ready <= 2 s at 100,000 events', [
        faults('nothing acknowledged is lost when the process is killed',
               usual={'FAULT_CYCLES': '25'}, long={'FAULT_CYCLES': '25'},
               pieces=20),
    ], {'slowest_ready_ms': 2000, 'least_acknowledged': 1},
        counts='kill -9 cycles'),
    Row('SIGKILL at every Nth write, fsync, rename', CORE + ' at each', [
        faults('a kill before any of the first writes loses nothing',
               usual={'FAULT_POINTS': '60'}, long={'FAULT_STRIDE': '15'}),
        faults('a kill before any of the first syncs loses nothing',
               usual={'FAULT_POINTS': '60'}, long={'FAULT_STRIDE': '9'}),
    ], {'least_acknowledged': 1}, counts='crash points'),
    Row('tail cut at every byte', 'served whole or refused', [
        Unit('storage', ['a cut below what was acknowledged*',
                         'a batch that was never acknowledged*',
                         'a record with any byte wrong*',
                         'a record whose middle*',
                         'cuts in the log of SQLite*']),
        faults('a cut in the last records*',
               'a node on a cut log*', long={'FAULT_CUTS': '500'}),
    ]),
    Row('1,000 flips in the middle', 'all detected', [
        Unit('storage', ['flips in the middle*',
                         'every flip in a record of the redo log*',
                         'a hole in the redo log*']),
    ]),
    Row('disk full', 'reads >= 99.9 %; writes back <= 5 s', [
        faults('a full disk refuses writes*', 'a node becomes ready when*',
               'what became of a reservation*', 'the log leaves the room*',
               'a node that starts on a full*',
               long={'FAULT_DISKS': '20'}),
    ], {'least_readable': 0.999, 'slowest_back_ms': 5000,
        'least_acknowledged': 1}),
    Row('fsync EIO once / for ever', 'stopped <= 1 s, silent; ' + CORE, [
        faults('a failed sync of*', '*log that cannot be synced*',
               'a mark that cannot be synced*', 'a node that cannot sync*',
               usual=EACH_SYNC, long={'FAULT_SYNCS': '10'}, pieces=5),
    ], {'slowest_stop_ms': 1000, 'least_acknowledged': 1}),
    Row('fsync + 20 / 200 / 1,000 ms',
        'p99 <= 3 x delay; memory + <= 50 MB; refusals <= 50 ms', [
            faults('late syncs make answers late*',
                   'a node that is told to stop waits for slow syncs',
                   'a request that outlives deadline and key*'),
        ], {'slowest_p99_in_delays': 3, 'slowest_refusal_p99_ms': 50,
            'most_growth_mb': 50}),
    Row('wall clock +- 1 h, +- 1 day', CORE + '; expiry +- 1 s', [
        faults('a hold expires in time*', 'a restart after a jump*',
               'a wall clock that jumps*',
               usual={'FAULT_CLOCKS': '4'}, long={'FAULT_CLOCKS': '50'}),
    ], {'slowest_expiry_error_s': 1, 'least_acknowledged': 1}),
    Row('duplicated, reordered, lost-answer retries',
        'one effect per key, equal answers, other payload 422', [
            faults('however often a request comes*',
                   usual={'FAULT_RETRIES': '10000'},
                   long={'FAULT_RETRIES': '50000'}, pieces=20),
        ]),
    Row('1,000 slow clients', 'an honest one >= 99.9 %, p99 <= 2 x', [
        faults('a thousand slow clients*',
               long={'FAULT_SLOW_REQUESTS': '20000'}),
    ], {'least_served': 0.999, 'most_times_alone': 2}),
    Row('hostile HTTP', 'no crash, no smuggled request, no wrong status', [
        Unit('edge', ['*']),
        Unit('end_to_end', ['*hostile*']),
    ]),
    Row('fuzzing', 'no finding', [
        Unit('fuzz', [], usual={'SECONDS': '20'}, long={'SECONDS': '600'}),
    ], counts='fuzzed inputs'),
    Row('5 x overload, open loop',
        'goodput >= 80 % of peak; refusals <= 50 ms; normal <= 5 s later', [
            faults('a node asked for five times what it can do*',
                   usual={'FAULT_OVERLOAD_S': '60'},
                   long={'FAULT_OVERLOAD_S': '600'}),
        ], {'least_goodput_of_peak': 0.8, 'slowest_refusal_p99_ms': 50,
            'slowest_normal_s': 5}),
    Row('EMFILE', 'bounded logs; who is in is served', [
        faults('a node takes no more connections*',
               'a node that ran out of files*'),
    ]),
    Row('SIGTERM under load', 'drained <= 10 s; ' + CORE, [
        faults('a node that is told to stop finishes*',
               usual={'FAULT_STOPS': '10'}, long={'FAULT_STOPS': '100'}),
    ], {'slowest_drain_ms': 10000, 'least_acknowledged': 1}),
    Row('an actor that throws', 'back at once, others do not notice', [
        faults('a SKU whose timer throws*'),
    ], {'slowest_back_ms': 100}),
    Row('a poison command', 'one dead letter, others unharmed', [
        faults('poison commands are one dead letter*',
               'letters of a defect that is gone*'),
    ]),
    Row('a slow and a standing disk behind its breaker', CORE, [
        faults('few places at a slow disk*', 'a disk that stands still*'),
    ]),
    Row('SIGSTOP of an owner', 'no stale acknowledgement', [
        Unit('cluster', ['a frozen owner*', 'owners that freeze*'],
             usual={'FAULT_NODE_STOPS': '6'},
             long={'FAULT_NODE_STOPS': '20'}, pieces=5),
    ], {'slowest_missed_s': 6, 'least_acknowledged': 1}),
    Row('a network that is cut, loses or flaps',
        CORE + '; missed <= 6 s; whole <= 10 s after healing', [
            Unit('cluster', ['a node that is cut off*',
                             'a node that is heard*',
                             'a network that loses*',
                             'a network that comes and goes*',
                             'nodes that are lost one by one*'],
                 usual={'FAULT_PARTITIONS': '2'},
                 long={'FAULT_PARTITIONS': '4'}, pieces=10),
        ], {'slowest_missed_s': 6, 'slowest_healed_s': 10,
            'least_acknowledged': 1, 'least_packets_lost': 1}),
    Row('processes that share a directory: kill -9, SIGSTOP',
        CORE + '; no stale write; refusals <= 50 ms', [
            faults('two processes share a directory*',
                   long={'FAULT_SHARED_MS': '60000'}, pieces=5),
            faults('nothing is lost when one of three processes*',
                   long={'FAULT_SHARED_KILLS': '20'}, pieces=10),
            faults('a process that was stopped for too long*',
                   long={'FAULT_SHARED_STOPS': '20'}, pieces=10),
            faults('the leases of a process that was killed*'),
            faults('who is stopped inside a transaction*', pieces=20),
        ], {'slowest_put_off_p99_ms': 50, 'least_acknowledged': 1}),
    Row('kill -9 and restart of nodes of a cluster', CORE, [
        Unit('cluster', ['owners that are killed*', 'a killed node*',
                         'the first node may be*',
                         'a rolling restart*'],
             usual={'FAULT_NODE_KILLS': '18'},
             long={'FAULT_NODE_KILLS': '34'}, pieces=10),
    ], {'least_acknowledged': 1}),
    Row('processes that share a directory: simulated, in memory',
        CORE + '; no stale write', [
        Unit('sharing', ['no seed makes processes*'],
             usual={'SHARING_SEEDS': '500'},
             long={'SHARING_SEEDS': '1000', 'SHARING_SEED': '{n}'},
             pieces=20, stride=1000),
    ], counts='schedules'),
    Row('power loss and any order of actors: simulated', CORE, [
        Unit('simulation', ['no seed makes the actors*'],
             usual={'SIM_SEEDS': '2000'},
             long={'SIM_SEEDS': '1000', 'SIM_SEED': '{n}'}, pieces=100,
             stride=1000),
    ], counts='seeds'),
]
