# This shows one referral, from the night it is sent to its closing, with who may see it and who did.
# shellcheck shell=bash disable=SC2153
referral_body() {
  jq -n --arg protocol "$PROTOCOL" --arg day "$(today)" --arg subject "york-$(request_id)" '
    {protocol: $protocol, kind: "REFERRAL_KIND_MISSING_YOUTH", to_agency: "ps-york", subject_ref: $subject,
     age_band: "AGE_BAND_12_15", urgency: "URGENCY_H12", event_date: $day,
     reporter_belief: "Third time missing this month; came back with a second phone and hotel keys she cannot explain. I believe an adult is moving her between cities.",
     lawful_basis: "CYFSA 2017, s. 125; protocol, MISSING_YOUTH",
     indicators: ["repeated_missing_episodes", "unexplained_phone", "hotel_keys"],
     indigenous_identity: "INDIGENOUS_IDENTITY_NOT_ASKED"}'
}

send_referral() {
  local id
  id=$(request_id)
  step "A worker refers a missing youth to the police, in her own words; the clock starts."
  referral_body >"$WORK/referral.json"
  as cas-york worker child_protection create referral --parent agencies/cas-york \
    -f "$WORK/referral.json" --request-id "$id" -o json
  held; expect state SUBMITTED
  REFERRAL=$(field name) DUE=$(field acknowledge_due)
  [ -n "$DUE" ] || fail "no acknowledge_due"
  show "$REFERRAL"; show "to be acknowledged by $DUE"; ok

  step "Her line drops, and her system sends it again under the same request id. No second referral is made."
  as cas-york worker child_protection create referral --parent agencies/cas-york \
    -f "$WORK/referral.json" --request-id "$id" -o json
  held
  [ "$(field name)" = "$REFERRAL" ] || fail "a second referral was made: $(field name)"
  show "same name: $REFERRAL"; ok
}

work_referral() {
  local at line
  step "The police member on duty finds it in the list of what the service received."
  as ps-york member criminal_investigation list referrals -o name
  held
  [ "$(grep -cF "$REFERRAL" <<<"$ANSWER")" = 1 ] || fail "the list does not name $REFERRAL exactly once"
  show "$(grep -F "$REFERRAL" <<<"$ANSWER")"; ok

  step "The dashboard says by when to act and what to type, and calls nothing overdue that has just come."
  as ps-york member criminal_investigation dashboard
  held
  while read -r line; do show "$line"; done < <(head -n 6 <<<"$ANSWER")
  line=$(grep -F "$REFERRAL" <<<"$ANSWER") || fail "the dashboard does not name $REFERRAL"
  ! grep -q overdue <<<"$line" || fail "a referral of a moment ago is called overdue"
  grep -qF "accordctl referral acknowledge $REFERRAL" <<<"$line" || fail "the dashboard does not say what to type next"
  as ps-york member criminal_investigation dashboard -o json
  held
  at=$(jq -r --arg name "$REFERRAL" '.waiting[] | select(.name == $name) | .due' <<<"$ANSWER")
  [ "$(date -d "$at" +%s)" = "$(date -d "$DUE" +%s)" ] || fail "the dashboard says due at $at, the referral $DUE"
  as ps-york member criminal_investigation dashboard --html "$WORK/dashboard.html"
  held; show "$ANSWER"; ok

  step "The member acknowledges it within the time that its urgency allows."
  as ps-york member criminal_investigation acknowledge referral "$REFERRAL" -o json
  held; expect state ACKNOWLEDGED
  at=$(field acknowledged_at)
  [ "$(date -d "$at" +%s)" -le "$(date -d "$DUE" +%s)" ] || fail "acknowledged at $at, due $DUE"
  show "acknowledged at $at, due $DUE"; ok

  step "A police supervisor screens it: both agencies investigate together. The society reads why."
  as ps-york supervisor criminal_investigation screen referral "$REFERRAL" --outcome joint \
    --reason 'Indicators and a second phone: planning meeting tonight.' -o json
  held; expect state JOINT
  as cas-york worker child_protection get referral "$REFERRAL" -o json
  held; expect state JOINT; ok
}

close_referral() {
  step "When the work is done the supervisor closes it and records which supports were offered."
  as ps-york supervisor criminal_investigation close referral "$REFERRAL" \
    --supports-offered 'Youth trafficking outreach worker; safe bed for the night.' \
    --investigation-outcome suspected -o json
  held; expect state CLOSED; ok
}

refuse_outsiders() {
  local absent there other
  # This is a name of the same form that nothing has.
  case $REFERRAL in *0) absent=${REFERRAL%?}1;; *) absent=${REFERRAL%?}0;; esac
  step "An uninvolved police service knows the exact name, and is answered as if there were no such referral."
  as ps-durham member criminal_investigation get referral "$REFERRAL" -o json
  refused NOT_FOUND
  there=$STATUS$ANSWER$ERRORS
  as ps-durham member criminal_investigation get referral "$absent" -o json
  refused NOT_FOUND
  other=$STATUS$ANSWER$ERRORS
  [ "$there" = "$other" ] || { diff <(echo "$there") <(echo "$other") >&2 || true; fail "the two refusals differ"; }
  show "both answers are the same bytes"
  as cas-durham worker child_protection list referrals -o name
  held
  ! grep -qF "$REFERRAL" <<<"$ANSWER" || fail "an uninvolved society lists it"
  show "and an uninvolved society's list is without it"; ok
}

# The calendar of this demonstration runs 600 times as fast: half an hour is three seconds.
show_escalation() {
  local name level i called learnt
  called=$(date -u -d '1 minute ago' +%FT%TZ)
  learnt=$(TZ=America/Toronto date -d "$called" +%F)  # A minute after midnight this is the day before.
  step "Another referral, after a call, is immediate. Nobody acknowledges it, so it climbs to the supervisor."
  referral_body | jq --arg called "$called" --arg learnt "$learnt" \
    '.urgency = "immediate" | .phone_contact_at = $called | .event_date = $learnt' >"$WORK/urgent.json"
  as cas-york worker child_protection create referral -f "$WORK/urgent.json" -o json
  held; name=$(field name)
  for ((i = 0; i < 150; i++)); do
    quietly ps-york supervisor criminal_investigation get referral "$name" -o json
    held
    level=$(jq '[.escalations[]? | select(.clock == "REFERRAL_CLOCK_ACKNOWLEDGE") | .level] | max // 0' <<<"$ANSWER")
    [ "$level" -ge 1 ] && break
    sleep 0.1
  done
  [ "$level" -ge 1 ] || fail "no escalation"
  show "escalated to level $level"
  as ps-york supervisor criminal_investigation dashboard
  held; while read -r line; do show "$line"; done < <(head -n 5 <<<"$ANSWER"); ok
  take_up "$name"
}

# The escalated referral is worked on and closed, because the times of its escalations would look strange beside clocks
# that are right.
take_up() {
  step "The supervisor takes it up, screens and closes it, and it waits for nobody any more."
  as ps-york supervisor criminal_investigation acknowledge referral "$1" -o json
  held; expect state ACKNOWLEDGED
  as ps-york supervisor criminal_investigation screen referral "$1" --outcome joint \
    --reason 'She is at the station: both agencies speak with her now.' -o json
  held; expect state JOINT
  as ps-york supervisor criminal_investigation close referral "$1" --supports-offered 'Safe bed for the night.' \
    --investigation-outcome suspected -o json
  held; expect state CLOSED
  quietly ps-york supervisor criminal_investigation dashboard -o name
  held; ! grep -qF "$1" <<<"$ANSWER" || fail "a closed referral waits"
  ok
}

# This leaves something to work on once the case is over.
leave_referral() {
  local name line
  step "A last referral is for the days to come, and waits for whoever looks at the dashboard next."
  referral_body | jq '.urgency = "URGENCY_D7"' >"$WORK/waiting.json"
  as cas-york worker child_protection create referral -f "$WORK/waiting.json" -o json
  held; expect state SUBMITTED; name=$(field name)
  as ps-york member criminal_investigation dashboard
  held; while read -r line; do show "$line"; done <<<"$ANSWER"
  line=$(grep -F "$name" <<<"$ANSWER") || fail "the dashboard does not name $name"
  ! grep -qE 'overdue|escalated' <<<"$line" || fail "what has just come is called late"
  ! grep -q 'escalated' <<<"$ANSWER" || fail "something of the case is left that has climbed"; ok
}

show_coverage() {
  step "The coverage of the province shows one pair of agencies in force, and which pairs have no protocol."
  as cas-york director protocol_governance coverage
  held
  show "$(head -n 1 <<<"$ANSWER")"
  show "$(grep -E '^cas-york +ps-york +in_force' <<<"$ANSWER" || fail 'York is not in force')"
  show "$(tail -n 1 <<<"$ANSWER")"
  as cas-york director protocol_governance coverage --html "$WORK/coverage.html"
  held; show "$ANSWER"; ok
}

review_audit() {
  local seen
  step "The society's privacy officer asks who else has seen the society's records."
  as cas-york privacy privacy_review list entries --disclosures-only -o json
  held
  seen=$(jq -rs '[.. | objects | select(has("method") and has("agency"))] | .[] |
    "\(.time) \(.agency) \(.actor) \(.method | sub(".*/"; "")) \(.decision)"' <<<"$ANSWER")
  for method in AcknowledgeReferral ScreenReferral CloseReferral; do
    grep -q "ps-york .*$method" <<<"$seen" || fail "$method of ps-york is not among the entries"
  done
  while read -r line; do show "$line"; done < <(tail -n 8 <<<"$seen")
  ok

  step "Of a referral she reads where it stands, not what is personal, and is told what was masked."
  as cas-york privacy privacy_review get referral "$REFERRAL" -o json
  held; expect state CLOSED
  [ -z "$(field reporter_belief)" ] || fail "she reads reporter_belief"
  grep -q 'masked for you: .*reporter_belief' <<<"$ERRORS" || fail "nothing said what is masked"
  show "$ERRORS"; ok

  step "She verifies the log itself: that it is signed, holds the entries, and was not rewritten since she looked last."
  as cas-york privacy privacy_review audit verify --public-key "$DIR/pki/checkpoint.pub" --state "$WORK/audit-state"
  held; show "$(head -n 1 <<<"$ANSWER")"
  as cas-york privacy privacy_review audit verify --public-key "$DIR/pki/checkpoint.pub" --state "$WORK/audit-state"
  held; show "$(head -n 1 <<<"$ANSWER")"; ok
}

witness_log() {
  local name state=$WORK/audit-state key=$DIR/pki/checkpoint.pub
  step "The society becomes a witness of the log: from now on no older or other log can take its place."
  as cas-york privacy privacy_review audit witness --key "$WORK/witness.key" --public-key "$key" --state "$state"
  held; show "$(tail -n 1 <<<"$ANSWER")"; ok
  step "It takes its entries home, with proofs that anybody can check without Accord."
  as cas-york privacy privacy_review audit export --out "$WORK/export.jsonl" --state "$state"
  held; show "$(head -n 1 <<<"$ANSWER")"
  as cas-york privacy privacy_review audit verify --file "$WORK/export.jsonl" --public-key "$key"
  held; show "$(tail -n 1 <<<"$ANSWER")"
  sed -i '3s/"record":"\(.\)/"record":"A/; 3s/"record":"AA/"record":"BA/' "$WORK/export.jsonl"
  as cas-york privacy privacy_review audit verify --file "$WORK/export.jsonl" --public-key "$key"
  [ "$STATUS" = 8 ] || fail "a changed line passed: exit code $STATUS"
  show "one changed letter: $(head -n 1 <<<"$ERRORS")"; ok
  step "The log asks the services themselves what they changed, under an identity that the registry's configuration names. Not even the office can enrol a second one, or a person under this one."
  as admin admin administration create agency --agency-id sv-second \
    --set display_name="A second log" --set kind=AGENCY_KIND_PLATFORM_LOG --request-id "$(request_id)" -o json
  refused KIND_NOT_ENROLLED
  as admin admin administration agency enroll sv-audit --out "$WORK/sv-audit" --person reader=platform_auditor
  refused KIND_NOT_ENROLLED
  as admin admin administration get agency agencies/sv-audit -o json
  held; expect kind PLATFORM_LOG; ok
  step "The office asks whether every change is in the log. Only what the registry's configuration admitted at the start, which no call did, may have been missing."
  as admin admin administration audit reconcile --from-start --older-than-seconds 0
  held; while read -r line; do show "$line"; done <<<"$ANSWER"
  for name in intelligence prosecution protocols registry strategy supports training; do
    grep -qE "^accord\.$name\..*: [1-9][0-9]* changes? compared" <<<"$ANSWER" || fail "no change of $name was compared"
  done
  # The log itself may have been faster.
  ! grep '^recovered ' <<<"$ANSWER" | grep -Eqvx 'recovered (bootstrap|log-identity)' || fail "other changes without records"; ok
  step "It asks once more: by now every change of every service has its record."
  as admin admin administration audit reconcile --from-start --older-than-seconds 0
  held; while read -r line; do show "$line"; done <<<"$ANSWER"
  ! grep -qE '[1-9][0-9]* records? recovered' <<<"$ANSWER" || fail "changes without records"; ok
}
