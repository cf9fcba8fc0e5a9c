#!/bin/sh
# npm run fuzz -- [--requests N] [--seed N]: sends so many requests that follow from the seed to a running API and worker.
set -eu
cd "$(dirname "$0")/../../.."
while [ $# -gt 0 ]; do
  case "$1" in
    --requests) PLAYRAIL_FUZZ_REQUESTS="$2"; export PLAYRAIL_FUZZ_REQUESTS; shift 2 ;;
    --seed) PLAYRAIL_FUZZ_SEED="$2"; export PLAYRAIL_FUZZ_SEED; shift 2 ;;
    *) echo "usage: npm run fuzz -- [--requests 20000] [--seed 7]" >&2; exit 2 ;;
  esac
done
exec npx vitest run --project servers test/api/fuzz
