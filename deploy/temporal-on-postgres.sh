#!/usr/bin/env bash
# Shows the real installation without containers: builds Temporal's own server, sets its schema up in a PostgreSQL, starts
# it, runs `playrail worker` and `playrail api` against both and sends a few commands. Needs Go, Node and about ten minutes
# of processor time the first time. Run by hand: `deploy/temporal-on-postgres.sh [FOLDER]`; FOLDER keeps what was built.
set -euo pipefail
cd "$(dirname "$0")/.."

VERSION=v1.31.2
BUILT=$(realpath -m "${1:-.playrail-temporal}")
WORK=$(mktemp -d "${TMPDIR:-/tmp}/playrail-temporal-XXXXXX")
# As root, PostgreSQL runs as another user, who must be able to pass.
chmod 711 "$WORK"
PIDS=()

finish() {
  local code=$?
  for pid in "${PIDS[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  if [ $code -eq 0 ]; then rm -rf "$WORK"; else echo "failed; the logs are in $WORK" >&2; fi
}
trap finish EXIT

until_it() { # WHAT SECONDS COMMAND…: again until it succeeds
  local what=$1 left=$2; shift 2
  until "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    if [ "$left" -le 0 ]; then echo "$what did not come up" >&2; exit 1; fi
    sleep 1
  done
  echo "$what is up"
}

free_port() { node -e "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})"; }

# Temporal keeps its membership ports as signed 16-bit numbers: above 32767 it does not start.
low_port() { node -e "const net=require('net');(function next(){const p=20000+Math.floor(Math.random()*12000);const s=net.createServer().on('error',next).listen(p,'127.0.0.1',()=>{console.log(p);s.close()})})()"; }

mkdir -p "$BUILT"
if [ ! -x "$BUILT/server" ] || [ ! -x "$BUILT/sql" ]; then
  echo "building Temporal $VERSION (about ten minutes of processor time)"
  GOBIN="$BUILT" go install "go.temporal.io/server/cmd/server@$VERSION" "go.temporal.io/server/cmd/tools/sql@$VERSION"
fi
npm run --silent build

echo "starting a PostgreSQL"
cat > "$WORK/postgres.mjs" <<JS
import { startEmbedded } from '$PWD/dist/workers/embedded/start-embedded.js';
const env = { ...process.env, DATABASE_URL: '', TEMPORAL_ADDRESS: 'not ours' };
const { databaseUrl, stop } = await startEmbedded({ dataDir: '$WORK/data', env, say: () => undefined });
const { writeFileSync } = await import('node:fs');
writeFileSync('$WORK/database-url', databaseUrl);
process.on('SIGTERM', () => stop().then(() => process.exit(0)));
setInterval(() => undefined, 1_000_000);
JS
node "$WORK/postgres.mjs" > "$WORK/postgres.log" 2>&1 &
PIDS+=($!)
until_it PostgreSQL 120 test -s "$WORK/database-url"
DATABASE_URL=$(cat "$WORK/database-url")
export DATABASE_URL
part() { node -p "new URL(process.env.DATABASE_URL).$1"; }

echo "setting up the schema of Temporal"
tool() { "$BUILT/sql" --plugin postgres12 --endpoint "$(part hostname)" --port "$(part port)" --user "$(part username)" --password "$(part password)" "$@" >> "$WORK/schema.log" 2>&1; }
for schema in temporal:temporal visibility:temporal_visibility; do
  tool --database "${schema#*:}" create
  tool --database "${schema#*:}" setup-schema -v 0.0
  tool --database "${schema#*:}" update-schema --schema-name "postgresql/v12/${schema%%:*}"
done

store() { # NAME CONNECTIONS
  cat <<YAML
      sql:
        pluginName: postgres12
        databaseName: $1
        connectAddr: "$(part hostname):$(part port)"
        connectProtocol: tcp
        user: "$(part username)"
        password: "$(part password)"
        maxConns: $2
        maxIdleConns: $2
        maxConnLifetime: 1h
YAML
}
service() { # NAME
  printf '  %s:\n    rpc:\n      grpcPort: %s\n      membershipPort: %s\n      bindOnLocalHost: true\n' "$1" "$2" "$(low_port)"
}
FRONTEND=$(free_port)
{
  printf 'log:\n  stdout: true\n  level: warn\npersistence:\n  defaultStore: main\n  visibilityStore: visibility\n  numHistoryShards: 4\n  datastores:\n    main:\n'
  store temporal 20
  printf '    visibility:\n'
  store temporal_visibility 5
  printf 'global:\n  membership:\n    maxJoinDuration: 30s\n    broadcastAddress: 127.0.0.1\nservices:\n'
  service frontend "$FRONTEND"
  for name in matching history worker; do service "$name" "$(free_port)"; done
  printf 'clusterMetadata:\n  enableGlobalNamespace: false\n  failoverVersionIncrement: 10\n  masterClusterName: active\n  currentClusterName: active\n  clusterInformation:\n    active:\n      enabled: true\n      initialFailoverVersion: 1\n      rpcName: frontend\n      rpcAddress: "127.0.0.1:%s"\n' "$FRONTEND"
} > "$WORK/temporal.yaml"
"$BUILT/server" --config-file "$WORK/temporal.yaml" --allow-no-auth start > "$WORK/temporal.log" 2>&1 &
PIDS+=($!)
export TEMPORAL_ADDRESS=127.0.0.1:$FRONTEND TEMPORAL_NAMESPACE=playrail
until_it "Temporal $VERSION on PostgreSQL" 120 node -e "require('net').connect($FRONTEND, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1))"

playrail() { node dist/cli/main.js "$@"; }
WORKER_PORT=$(free_port); API_PORT=$(free_port)
playrail worker --port "$WORKER_PORT" > "$WORK/worker.log" 2>&1 &
PIDS+=($!)
playrail api --port "$API_PORT" > "$WORK/api.log" 2>&1 &
PIDS+=($!)
ready() { node -e "fetch('http://127.0.0.1:$1/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"; }
until_it "playrail worker" 120 ready "$WORKER_PORT"
until_it "playrail api" 120 ready "$API_PORT"

PLAYRAIL_KEY=$(playrail setup --json | node -p "JSON.parse(require('fs').readFileSync(0, 'utf8')).key")
export PLAYRAIL_KEY PLAYRAIL_URL=http://127.0.0.1:$API_PORT
playrail people add ann --name Ann --role manager
playrail people add bob --name Bob --role rep --manager ann
ADMIN_KEY=$PLAYRAIL_KEY
PLAYRAIL_KEY=$(playrail keys create bob)
CASE=$(playrail open "Acme, first deal" --pipeline large-deal --fact amount="50万 CNY" --fact source=referral --fact quality=3 --fact priority=high | head -1)
playrail do "$CASE" log_activity call
playrail case "$CASE" | head -3
PLAYRAIL_KEY=$ADMIN_KEY
playrail audit verify
playrail doctor --data "$WORK/none" || true
echo "it works: Temporal $VERSION and Playrail on one PostgreSQL"
