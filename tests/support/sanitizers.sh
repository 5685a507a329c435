# Sourced by ./dev: the environment of tests under a sanitizer.
export TSAN_OPTIONS="suppressions=$PWD/tests/support/tsan.supp"
TSAN_OPTIONS+=":atexit_sleep_ms=0"
export UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1"

# Everything is slow there, so trials are fewer where nobody says how many.
: "${FAULT_CYCLES:=5}" "${FAULT_SYNCS:=1}"
: "${FAULT_STOPS:=3}" "${FAULT_CUTS:=4}" "${SIM_SEEDS:=500}"
: "${LOAD_SECONDS:=8}"
export FAULT_{CYCLES,SYNCS,STOPS,CUTS} SIM_SEEDS LOAD_SECONDS
