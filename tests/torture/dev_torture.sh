# Sourced by ./dev: the fault table as one campaign.

do_torture() {
  need "${build_packages[@]}" "${test_packages[@]}" "${fuzz_packages[@]}"
  configure build
  compile build
  exec python3 -B tests/torture/torture.py "$@"
}
