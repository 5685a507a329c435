# Sourced by ./dev: builds and runs the tests.

# Test programs of a build directory, by name.
programs_of() {
  meson test -C "$1" --list 2>/dev/null | sed 's/.* \/ //; s/.*://'
}

# Counts test cases in the log of `meson test`. A program that failed without
# a failed case (a crash, a leak, no summary) counts as one that failed.
count_cases() {
  jq -rs '
    map(
      ((.stdout // "") | [capture(
        "test cases: +\\d+ \\| +(?<p>\\d+) passed \\| +(?<f>\\d+) failed"; "g"
      )] | last) as $cases
      | ($cases.p // "0" | tonumber) as $p
      | ($cases.f // "0" | tonumber) as $f
      | {p: $p, f: (if $f == 0 and ($cases == null or .result != "OK")
                    then 1 else $f end)})
    | "\(map(.p) | add // 0) \(map(.f) | add // 0)"' "$1"
}

# run_tests DIRECTORY [FILTER]
run_tests() {
  local dir=$1 filter=${2-} only=() wrapper=() passed=0 failed=0
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
  if [[ -f $log ]]; then
    read -r passed failed < <(count_cases "$log") || failed=1
  else
    failed=1
  fi
  echo "$passed passed, $failed failed"
  ((failed == 0 && passed > 0))
}

do_test() {
  local dir=build sanitize=none filter=
  while (($#)); do
    case $1 in
      --sanitize=address) dir=build-address sanitize=address,undefined ;;
      --sanitize=thread) dir=build-thread sanitize=thread ;;
      -*) die "test does not know $1" ;;
      *) filter=$1 ;;
    esac
    shift
  done
  need "${build_packages[@]}" "${test_packages[@]}"
  if [[ $sanitize == none ]]; then
    configure "$dir"
  else
    source tests/support/sanitizers.sh
    [[ $sanitize != thread ]] ||
      tests/support/build_caf.sh "$PWD/$dir/caf" -fsanitize=thread >&2 ||
      die "could not build CAF with the sanitizer"
    configure "$dir" -Db_sanitize="$sanitize" -Doptimization=1 -Ddebug=true
  fi
  if ! compile "$dir"; then
    echo "0 passed, 1 failed"
    return 1
  fi
  run_tests "$dir" "$filter"
}
