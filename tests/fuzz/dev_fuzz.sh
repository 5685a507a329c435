# Sourced by ./dev: builds the fuzzers with clang and runs them.

fuzz_packages=(clang libclang-rt-14-dev)

# Names of the targets: tests/fuzz/NAME_fuzz.cpp
fuzz_targets() {
  basename -a -s _fuzz.cpp tests/fuzz/*_fuzz.cpp
}

# fuzz_one TARGET SECONDS: goes on from the seeds of the repository and what
# earlier runs found; an input that breaks something is left in build-fuzz. Says
# one line, or what was found; the whole story is in build-fuzz/TARGET.log.
fuzz_one() {
  local grown=build-fuzz/corpus/$1 log=build-fuzz/$1.log
  mkdir -p "$grown"
  if UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
    "build-fuzz/tests/fuzz/${1}_fuzz" -max_total_time="$2" -timeout=10 \
    -print_final_stats=1 -verbosity=0 -artifact_prefix="build-fuzz/$1-" \
    "$grown" "tests/fuzz/corpus/$1" >"$log" 2>&1; then
    echo "dev: fuzzed $1 for $2 s:" \
      "$(sed -n 's/.*executed_units: *//p' "$log") inputs" >&2
  else
    {
      grep -m 12 -E 'ERROR|error:|^ +#[0-9]' "$log" || tail -n 10 "$log"
      grep -E '^SUMMARY|Test unit|^Base64' "$log" || true
    } | cut -c 1-160 >&2
    return 1
  fi
}

do_fuzz() {
  local seconds=60 targets=() target known
  mapfile -t known < <(fuzz_targets)
  while (($#)); do
    case $1 in
      --seconds)
        [[ ${2-} =~ ^[1-9][0-9]*$ ]] || die "--seconds needs a number"
        seconds=$2
        shift
        ;;
      *)
        [[ " ${known[*]} " == *" $1 "* ]] ||
          die "no fuzz target $1: there are ${known[*]}"
        targets+=("$1")
        ;;
    esac
    shift
  done
  ((${#targets[@]})) || targets=("${known[@]}")
  need "${build_packages[@]}" "${fuzz_packages[@]}"
  CXX="ccache clang++" configure build-fuzz -Db_sanitize=address,undefined \
    -Db_lundef=false -Doptimization=1 -Ddebug=true -Dwerror=false \
    -Dcpp_args=-fsanitize=fuzzer-no-link
  local built=("${targets[@]/#/tests/fuzz/}")
  compile build-fuzz "${built[@]/%/_fuzz}" || die "could not build"
  for target in "${targets[@]}"; do
    fuzz_one "$target" "$seconds" ||
      die "fuzzing $target found something, see build-fuzz/$target.log"
  done
}
