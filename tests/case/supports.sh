# This shows a survivor's case of support, and what the founding report says of the strategy.
# shellcheck shell=bash disable=SC2034
open_support() {
  local consent
  step "Victim services come in, and a worker opens a case of support with the consent of whom it is for."
  PROBE_PURPOSE=victim_support
  enroll vs-vcao-york cms worker worker=vs_worker manager=vs_manager
  jq -n '{program: "vcao", subject_ref: "client-17", needs: "A safe place to stay",
    safe_contact: {channel: "phone", reach: "905 555 0117"}}' >"$WORK/support.json"
  consent=$(jq -nc --arg day "$(today)" --arg until "$(TZ=America/Toronto date -d '90 days' +%F)" \
    '{purpose: "services", form_version: "2026-1", language: "en", given_by: "self", given_on: $day, expires_on: $until}')
  as vs-vcao-york worker victim_support create support-case --parent agencies/vs-vcao-york -f "$WORK/support.json" \
    --services-consent "$consent" --request-id "$(request_id)" -o json
  held; expect state OPEN; ok
}

# The people of the office who fund are not those who administer the register.
load_strategy() {
  local founding
  founding=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/services/strategy/data/founding.textproto
  step "The office enters the initiatives and the money of the founding report."
  PROBE_PURPOSE=funding
  enroll co-pahtco office staff staff=office_staff director=office_director
  as co-pahtco staff funding strategy load-founding "$founding"
  held; show "$ANSWER"
  grep -q 'entered [1-9]' <<<"$ANSWER" || fail "nothing was entered"
  ok
}
