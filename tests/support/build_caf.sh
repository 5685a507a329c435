#!/usr/bin/env bash
# build_caf.sh PREFIX FLAG...: builds the CAF of Debian 12 from its source
# package with the flags and installs it below PREFIX, once. A sanitizer that
# sees only one side of a mailbox takes every hand-over for a race.
set -euo pipefail
prefix=$1 flags="${*:2}"
version=0.17.6-2.1
if [[ $(cat "$prefix/built" 2>/dev/null) == "$version tls $flags" ]]; then
  exit 0
fi
rm -rf "$prefix"
mkdir -p "$prefix/apt/lists/partial"
cd "$prefix"

# A list of its own: the machine need not have its sources enabled.
keys=/usr/share/keyrings/debian-archive-keyring.gpg
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' \
  'Component: main' 'Codename: bookworm' | head -n 1)
echo "deb-src [signed-by=$keys] ${mirror:-http://deb.debian.org/debian}" \
  'bookworm main' >apt/sources.list
apt=(apt-get -q -o APT::Sandbox::User=root
  -o "Dir::Etc::sourcelist=$PWD/apt/sources.list"
  -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::lists=$PWD/apt/lists"
  -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=)
"${apt[@]}" update
# The flags below do what Debian's patches do: let GCC 12 compile it.
"${apt[@]}" source --download-only --tar-only "actor-framework=$version"
mkdir source
tar -xzf actor-framework_*.orig.tar.gz -C source --strip-components=1

launcher=()
if command -v ccache >/dev/null; then
  launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
fi
cmake -S source -B objects -G Ninja "${launcher[@]}" \
  -DCMAKE_INSTALL_PREFIX="$PWD" -DCMAKE_INSTALL_LIBDIR=lib \
  -DCMAKE_BUILD_TYPE=None \
  -DCMAKE_CXX_FLAGS="-std=c++17 -O1 -g -w -include limits $flags" \
  -DCAF_BUILD_STATIC_ONLY=yes -DCAF_NO_OPENSSL=no -DCAF_NO_OPENCL=yes \
  -DCAF_NO_PYTHON=yes -DCAF_NO_EXAMPLES=yes -DCAF_NO_TOOLS=yes \
  -DCAF_NO_UNIT_TESTS=yes
ninja -C objects ${JOBS:+-j "$JOBS"} install
rm -rf actor-framework_* apt objects source
echo "$version tls $flags" >built
