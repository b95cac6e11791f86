# The agencies are enrolled, and agree on a protocol.
# shellcheck shell=bash
today() { TZ=America/Toronto date +%F; }
request_id() { cat /proc/sys/kernel/random/uuid; }

# enroll AGENCY SYSTEM PROBE ACTOR=ROLE,...: PROBE is the actor who makes the first call.
enroll() {
  local agency=$1 system=$2 probe=$3 args=() actor; shift 3
  for actor in "$@"; do args+=(--person "$actor"); done
  as admin admin administration agency enroll "$agency" --system "$system" --out "$DIR/clients/$agency" "${args[@]}" \
    --context-name "$agency"
  held
  # A command that names only the context runs as this person from now on.
  quietly "$agency" "$probe" "$PROBE_PURPOSE" context set "$agency"
  held
  eventually "$agency" "$probe" "$PROBE_PURPOSE" get agency "agencies/$agency" -o json
  show "$(field display_name) reaches the gateway with its own certificate"
}

enroll_agencies() {
  step "The coordination office admits a children's aid society; its private key stays in its own folder."
  PROBE_PURPOSE=child_protection
  enroll cas-york cms worker director=cas_director worker=cas_worker supervisor=cas_supervisor privacy=privacy_officer
  ok
  step "It admits the police service of the same region."
  PROBE_PURPOSE=criminal_investigation
  enroll ps-york rms member chief=police_chief member=police_member supervisor=police_supervisor privacy=privacy_officer \
    intel=police_intel
  ok
  step "It also admits two agencies of another region, which have no part in the referral that follows."
  PROBE_PURPOSE=child_protection
  enroll cas-durham cms worker worker=cas_worker
  PROBE_PURPOSE=criminal_investigation
  enroll ps-durham rms member member=police_member intel=police_intel
  ok
}

# Prints the body of a stand-alone trafficking protocol with all 21 sections.
protocol_body() {
  jq -n --arg day "$(today)" '
    def section($code; $text; $visibility):
      {code: ("SECTION_CODE_" + $code), text: $text, visibility: ("SECTION_VISIBILITY_" + $visibility)};
    {kind: "PROTOCOL_KIND_HT_STANDALONE",
     title: "York Region protocol on the trafficking of children and youth",
     territory: ["york-region"],
     legal_basis: ["Child, Youth and Family Services Act, 2017", "Criminal Code, ss. 279.01-279.04"],
     effective_from: $day,
     parties: [
       {agency: "cas-york", capacity: "PARTY_CAPACITY_CAS", part: "PARTY_PART_SIGNATORY", signatory_title: "Executive Director"},
       {agency: "ps-york", capacity: "PARTY_CAPACITY_POLICE", part: "PARTY_PART_SIGNATORY", signatory_title: "Chief of Police"}],
     sections: [
       section("PURPOSE"; "To protect children and youth from trafficking and to work each case together."; "PUBLIC"),
       section("PRINCIPLES"; "The child is a victim, never an offender for having been exploited."; "PUBLIC"),
       section("DEFINITIONS"; "Words mean what they mean in the Acts."; "PUBLIC"),
       section("TERRITORY"; "The Regional Municipality of York."; "PUBLIC"),
       section("DUTY_TO_REPORT"; "Each person reports directly and at once; this protocol replaces no report."; "PUBLIC"),
       section("IDENTIFICATION"; "Indicators call for a consultation; they classify nobody."; "PARTIES"),
       section("INTAKE_AND_NOTICE"; "The receiver acknowledges within the time that the urgency sets."; "PARTIES"),
       section("JOINT_INVESTIGATION"; "Lead, team and order of steps are agreed in a planning meeting."; "PARTIES"),
       section("INTERVIEWS"; "One interviewer, recorded once, at a place the youth finds safe."; "PARTIES"),
       section("MISSING_YOUTH"; "A missing youth with indicators is a matter for both agencies the same night."; "PARTIES"),
       section("YOUTH_16_17"; "Services are voluntary; the offer is made every time."; "PUBLIC"),
       section("INDIGENOUS_CHILDREN"; "The child'"'"'s community is consulted and its society is offered the lead."; "PUBLIC"),
       section("INFORMATION_SHARING"; "What is needed for the purpose, to those who need it."; "PARTIES"),
       section("CONFIDENTIALITY_RECORDS"; "Each agency keeps its own records under its own Act."; "PARTIES"),
       section("SERVICE_REFERRAL"; "Supports are offered whatever the outcome."; "PUBLIC"),
       section("CONFLICT_OF_INTEREST"; "Where staff are suspected an outside agency acts."; "PARTIES"),
       section("AFTER_HOURS"; "Duty officers answer day and night."; "PARTIES"),
       section("DISPUTE_ESCALATION"; "Two, five and ten business days; safety steps go on meanwhile."; "PARTIES"),
       section("TRAINING"; "Staff of both agencies train together every year."; "PUBLIC"),
       section("REVIEW_RENEWAL"; "Reviewed every year."; "PUBLIC"),
       section("TERMINATION"; "Ninety days after written notice."; "PUBLIC")]}'
}

agree_protocol() {
  step "The society drafts a trafficking protocol with the police: 21 sections, two signatories."
  protocol_body >"$WORK/protocol.json"
  as cas-york director protocol_governance create protocol --parent agencies/cas-york \
    -f "$WORK/protocol.json" --request-id "$(request_id)" -o json
  held; expect state DRAFT
  PROTOCOL=$(field name)
  show "$PROTOCOL"; ok

  step "It opens the consultation; that is possible only because every required section is there."
  as cas-york director protocol_governance open-consultation protocol "$PROTOCOL" -o json
  held; expect state CONSULTATION; ok

  step "It offers the text for signature, which fixes the digest that signatures bind to."
  as cas-york director protocol_governance offer-for-signature protocol "$PROTOCOL" -o json
  held; expect state FOR_SIGNATURE
  DIGEST=$(field text_digest)
  [[ $DIGEST =~ ^[0-9a-f]{64}$ ]] || fail "text_digest is '$DIGEST'"
  show "text_digest: $DIGEST"; ok

  step "A worker tries to sign. Only the society's signing officer may."
  as cas-york worker protocol_governance sign protocol "$PROTOCOL" --text-digest "$DIGEST" -o json
  refused ROLE_NOT_PERMITTED; ok

  step "The society's director signs what was read."
  as cas-york director protocol_governance sign protocol "$PROTOCOL" --text-digest "$DIGEST" -o json
  held; expect state PARTIALLY_SIGNED; ok

  step "The chief of police reads the same text and signs; with the last signature it is in force."
  as ps-york chief protocol_governance get protocol "$PROTOCOL" -o json
  held
  [ "$(field text_digest)" = "$DIGEST" ] || fail "the police see another digest"
  as ps-york chief protocol_governance sign protocol "$PROTOCOL" --text-digest "$DIGEST" -o json
  held; expect state IN_FORCE
  as ps-york chief protocol_governance protocol print "$PROTOCOL"
  held; grep -q "$DIGEST" <<<"$ANSWER" && grep -q "this text" <<<"$ANSWER" || fail "what was signed is not printed"
  ok
}

# admit AGENCY SYSTEM PROBE PURPOSE ACTOR=ROLE...: it enrols one agency with its people.
admit() {
  local agency=$1 system=$2 probe=$3
  PROBE_PURPOSE=$4; shift 4
  enroll "$agency" "$system" "$probe" "$@"
}

# agree SOCIETY POLICE REGION: both sides draft, offer and sign a protocol. It prints the name.
agree() {
  local name digest
  protocol_body | sed "s/cas-york/$1/g; s/ps-york/$2/g; s/york-region/$3/g" >"$WORK/protocol.json"
  quietly "$1" director protocol_governance create protocol --parent "agencies/$1" -f "$WORK/protocol.json" \
    --request-id "$(request_id)" -o json
  held; name=$(field name)
  quietly "$1" director protocol_governance open-consultation protocol "$name" -o json; held
  quietly "$1" director protocol_governance offer-for-signature protocol "$name" -o json; held
  digest=$(field text_digest)
  quietly "$1" director protocol_governance sign protocol "$name" --text-digest "$digest" -o json; held
  quietly "$2" chief protocol_governance sign protocol "$name" --text-digest "$digest" -o json; held
  expect state IN_FORCE >&2
  echo "$name"
}
