# Debian packages; read by `dev`.

missing_of() {
  local package
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null |
      grep -qx installed || echo "$package"
  done
}

# Installs those of the packages that are missing.
need() {
  [[ -w . ]] || die "$PWD is not writable, and the build goes into it"
  if ! { command -v apt-get && command -v dpkg-query; } >/dev/null; then
    echo "dev: no apt-get here; these must be installed: $*" >&2
    return
  fi
  local missing
  mapfile -t missing < <(missing_of "$@")
  ((${#missing[@]})) || return 0
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      die "install as root: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  echo "dev: installing ${missing[*]}" >&2
  # In run level 1 a package does not start its service.
  as_root+=(env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get)
  "${as_root[@]}" update -q >&2 || die "apt-get update failed"
  "${as_root[@]}" install -q -y --no-install-recommends "${missing[@]}" >&2 ||
    die "could not install ${missing[*]}"
}
