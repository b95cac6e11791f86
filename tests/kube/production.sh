# What docs/operate.md asks for before production, made: a database, its roles and certificates, the secrets, and
# cert-manager's certificates. Sourced by play.sh.
# shellcheck shell=bash disable=SC2154
database() {
  export ACCORD_PG_NETWORK=$pods.0/24
  chmod 711 "$work"
  k8s/local/postgres.sh init "$work/pg" db 5432
  ACCORD_PG_DIES_WITH_PARENT=1 k8s/local/postgres.sh run "$work/pg" db >"$work/pg/db.log" 2>&1 9>&- &
  k8s/local/postgres.sh wait "$work/pg" db
  k8s/local/postgres.sh roles "$work/pg" db accord
}

# made KIND ARG...: as `kubectl create` makes it.
made() { "$ROOT/$KUBECTL" -n accord create "$@" --dry-run=client -o yaml; echo '---'; }
database_secret() {
  local dsn=postgresql://$2@db.postgres.svc:5432/accord files=/etc/accord/database
  dsn+="?sslmode=verify-full&sslrootcert=$files/ca.crt&sslcert=$files/tls.crt&sslkey=$files/tls.key"
  made secret generic "$1" --from-literal="dsn=$dsn&target_session_attrs=read-write&connect_timeout=2" \
    --from-file="ca.crt=$work/pg/pki/ca.crt" --from-file="tls.crt=$work/pg/pki/$2.crt" --from-file="tls.key=$work/pg/pki/$2.key"
}
secrets() {
  local service
  for service in $(cd services && find . -name main.cc -printf '%h\n' | sed 's|./||' | grep -v gateway); do
    made secret generic "$service-keys" --from-file="seal.key=$pki/$service-seal.key" \
      --from-file="index.key=$pki/$service-index.key" --from-file="page-token.key=$pki/page-token.key"
    database_secret "$service-database" "accord_$service"
    database_secret "$service-database-owner" "accord_${service}_owner"
  done
  made secret generic gateway-keys --from-file="assertion.key=$pki/gateway-assertion.key" --from-file="$pki/audit-hash.key"
  made secret generic gateway-front --from-file="tls.crt=$pki/gateway-server.crt" --from-file="tls.key=$pki/gateway-server.key" \
    --from-file="ca.crt=$pki/agency-ca.crt"
  made secret generic audit-checkpoint --from-file="$pki/checkpoint.key"
  made secret generic audit-door --from-file="tls.crt=$pki/audit-log.crt" --from-file="tls.key=$pki/audit-log.key" \
    --from-file="ca.crt=$pki/agency-ca.crt"
  made secret generic registry-agency-ca --from-file="tls.crt=$pki/agency-ca.crt" --from-file="tls.key=$pki/agency-ca.key"
  made configmap public-keys --from-file="$pki/gateway-assertion.pub" --from-file="$pki/checkpoint.pub" \
    --from-file="$pki/first-administrator.crt" --from-file="$pki/audit-log.crt"
}
