#!/usr/bin/env bash
# Plans a root module, seals the plan, and applies it only when the gate lets it through:
#
#   ci/apply.sh DIRECTORY POLICY PUBLIC_KEY [SYNTHESISED_STACKS...]
#
# The private key is in TREFOIL_SEAL_KEY. Where planning and applying are two jobs, cut it at the marked line, so that
# the job that applies holds only the public key.
set -euo pipefail

if [[ $# -lt 3 ]]; then
  printf 'usage: %s DIRECTORY POLICY PUBLIC_KEY [SYNTHESISED_STACKS...]\n' "$0" >&2
  exit 2
fi
directory=$1 policy=$2 public_key=$3
shift 3
plan=$directory/plan.tfplan
seal=$directory/seal.json
umask 077

stacks=()
for path in "$@"; do stacks+=("--stacks=$path"); done

rm -f -- "$plan" "$seal"
# The key is none of the providers' business.
env -u TREFOIL_SEAL_KEY terraform "-chdir=$directory" init -input=false
env -u TREFOIL_SEAL_KEY terraform "-chdir=$directory" plan -input=false -out=plan.tfplan
# Ends with the verdict; the gate reads it from the seal, whatever it is.
trefoil seal "--policy=$policy" "--output=$seal" ${stacks[@]+"${stacks[@]}"} -- "$plan" || printf 'seal: exit %s\n' "$?" >&2
unset TREFOIL_SEAL_KEY

# ---- cut here ----

trefoil gate "--policy=$policy" "--seal=$seal" "--public-key=$public_key" -- "$plan"
terraform "-chdir=$directory" apply -input=false plan.tfplan
