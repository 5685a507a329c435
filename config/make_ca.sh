#!/usr/bin/env bash
# make_ca.sh DIRECTORY NODE...: a certificate authority and a certificate for
# each node, for tests and for trying things out: keys lie in the directory
# unprotected, and everything expires in 30 days. What is there is kept, so
# that further nodes can be added.
set -euo pipefail
(($# >= 2)) || {
  echo "usage: $0 DIRECTORY NODE..." >&2
  exit 2
}
dir=$1
shift
umask 077
mkdir -p "$dir"
cd "$dir"

# new_key NAME: a private key of its own.
new_key() {
  openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 \
    -out "$1" 2>/dev/null ||
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"
}

if [[ ! -f ca.pem ]]; then
  new_key ca-key.pem
  openssl req -x509 -new -key ca-key.pem -days 30 -subj /CN=holdfast-nodes \
    -addext basicConstraints=critical,CA:TRUE \
    -addext keyUsage=critical,keyCertSign -out ca.pem
fi
for node in "$@"; do
  [[ ! -f $node.pem ]] || continue
  new_key "$node-key.pem"
  openssl req -new -key "$node-key.pem" -subj "/CN=$node" -out "$node.csr"
  # A node calls others and is called by them.
  openssl x509 -req -in "$node.csr" -CA ca.pem -CAkey ca-key.pem \
    -CAcreateserial -days 30 -out "$node.pem" -extfile <(
      echo 'extendedKeyUsage=serverAuth,clientAuth'
    ) 2>/dev/null
  rm "$node.csr"
done
echo "NODE_TLS_CA=$PWD/ca.pem"
for node in "$@"; do
  echo "$node: NODE_TLS_CERT=$PWD/$node.pem NODE_TLS_KEY=$PWD/$node-key.pem"
done
