# Sourced by ./dev: builds and runs the tests.

# Test programs of a build directory, by name.
programs_of() {
  meson test -C "$1" --list 2>/dev/null | sed 's/.* \/ //; s/.*://'
}

# The first errors of a build that failed.
explain_build() {
  ninja -C "$1" 2>&1 |
    grep -m 40 -E '^FAILED|\berror:|undefined reference|^collect2|^ninja: ' |
    cut -c 1-160 || true
  echo "0 passed, 1 failed"
}

# run_tests DIRECTORY REPORT [FILTER]: puts what broke, and the sums, in REPORT.
run_tests() {
  local dir=$1 report=$2 filter=${3-} only=() wrapper=()
  local log=$dir/meson-logs/testlog.json
  if [[ -n $filter ]]; then
    if programs_of "$dir" | grep -qxF -- "$filter"; then
      only=("$filter")
    else
      only=(--test-args "'--test-case=*$filter*'")
    fi
  fi
  # The thread sanitizer cannot live with every layout of the address space.
  if [[ $dir == build-thread ]] && setarch -R true 2>/dev/null; then
    wrapper=(setarch -R)
  fi
  [[ $dir == build ]] || only+=(--timeout-multiplier 5)
  rm -f "$log"
  "${wrapper[@]}" meson test -C "$dir" --no-rebuild --print-errorlogs \
    ${JOBS:+--num-processes "$JOBS"} "${only[@]}" || true
  python3 -B tests/support/test_report.py "$log" >"$report" ||
    echo "0 passed, 1 failed" >>"$report"
}

do_test() {
  # A report tells lines; whatever else -g knows took a third of the build.
  local dir=build sanitize=none flags=-g1 filter="" report
  while (($#)); do
    case $1 in
      --sanitize=address)
        dir=build-address sanitize=address,undefined
        # They would double the time to compile. What is null ends anyway.
        flags+=" -fno-sanitize=null,alignment"
        ;;
      --sanitize=thread) dir=build-thread sanitize=thread ;;
      -*) die "test does not know $1" ;;
      *) filter=$1 ;;
    esac
    shift
  done
  report=$dir/test-report.txt
  rm -f "$report"
  need "${build_packages[@]}" "${test_packages[@]}"
  if [[ $sanitize == none ]]; then
    configure "$dir"
  else
    source tests/support/sanitizers.sh
    [[ $sanitize != thread ]] ||
      tests/support/build_caf.sh "$PWD/$dir/caf" -fsanitize=thread >&2 ||
      die "could not build CAF with the sanitizer"
    configure "$dir" -Db_sanitize="$sanitize" -Doptimization=1 \
      -Db_ndebug=false -Dcpp_args="$flags"
  fi
  if compile "$dir"; then
    run_tests "$dir" "$report" "$filter"
  else
    explain_build "$dir" >"$report"
  fi
  cat "$report"
  [[ $(tail -n 1 "$report") =~ ^[1-9][0-9]*\ passed,\ 0\ failed$ ]]
}
