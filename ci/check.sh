#!/usr/bin/env bash
# What action.yml runs. Every value comes in a variable, and none is ever read as a command or an option.
set -euo pipefail

fail() {
  printf 'trefoil action: %s\n' "$1" >&2
  exit 2
}

# Reads the lines of a text that are not empty into the array `lines`.
lines_of() {
  local line
  lines=()
  while IFS= read -r line; do
    if [[ -n ${line%$'\r'} ]]; then lines+=("${line%$'\r'}"); fi
  done <<<"$1"
}

# Writes a file of the commit `commit` to a path. As a blob: no filter that the repository configures changes it.
file_of_commit() {
  git cat-file blob "$commit:./$1" >"$2" 2>/dev/null || fail "$(printf '%q is not in commit %s' "$1" "$commit")"
}

cd -- "$CHECK_DIRECTORY"
if [[ $CHECK_SARIF == *$'\n'* ]]; then fail 'sarif has more than one line'; fi
if [[ -n $CHECK_VERSION ]]; then
  version=$("$CHECK_COMMAND" --version) || fail 'the command does not tell its version'
  if [[ $version != "$CHECK_VERSION" ]]; then fail "$(printf 'version %q is installed, not %q' "$version" "$CHECK_VERSION")"; fi
fi

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
policy=$CHECK_POLICY
lines_of "$CHECK_EXCEPTIONS"
exceptions=(${lines[@]+"${lines[@]}"})
if [[ -n $CHECK_POLICY_COMMIT ]]; then
  commit=$(git rev-parse --quiet --verify --end-of-options "$CHECK_POLICY_COMMIT^{commit}") ||
    fail "$(printf 'commit %q is not in the checkout; fetch it first' "$CHECK_POLICY_COMMIT")"
  file_of_commit "$policy" "$work/policy.yaml"
  policy=$work/policy.yaml
  for ((index = 0; index < ${#exceptions[@]}; index++)); do
    file_of_commit "${exceptions[index]}" "$work/exceptions-$index.yaml"
    exceptions[index]=$work/exceptions-$index.yaml
  done
fi

args=(check "--policy=$policy" "--stage=$CHECK_STAGE" "--block=$CHECK_BLOCK" --format=text)
for file in ${exceptions[@]+"${exceptions[@]}"}; do args+=("--exceptions=$file"); done
if [[ -n $CHECK_BASE ]]; then args+=("--base=$CHECK_BASE"); fi
if [[ -n $CHECK_SARIF ]]; then args+=("--format=sarif:$CHECK_SARIF"); fi
lines_of "$CHECK_FORMATS"
for format in ${lines[@]+"${lines[@]}"}; do args+=("--format=$format"); done
lines_of "$CHECK_PATHS"
if [[ ${#lines[@]} -eq 0 ]]; then fail 'paths is empty'; fi

status=0
"$CHECK_COMMAND" "${args[@]}" -- "${lines[@]}" >"$work/report.txt" || status=$?
cat -- "$work/report.txt"
printf 'exit-code=%s\nsarif=%s\n' "$status" "$CHECK_SARIF" >>"$GITHUB_OUTPUT"
{
  # Indented text is shown as it is; a fence could be closed from within. GitHub takes at most a mebibyte.
  printf '### trefoil\n\n'
  head -c 500000 -- "$work/report.txt" | sed 's/^/    /'
  printf '\n'
} >>"$GITHUB_STEP_SUMMARY"
exit "$status"
