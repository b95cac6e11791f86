# This shows intelligence under its originator's control, and two services that are interested in the same telephone.
# shellcheck shell=bash disable=SC2034
enroll_bureau() {
  step "The bureau of criminal intelligence comes in."
  PROBE_PURPOSE=intelligence
  enroll ci-ciso ims analyst director=ciso_director coordinator=ciso_coordinator analyst=ciso_analyst
  ok
}

share_report() {
  local report copy
  step "York's report is graded by somebody else, activated, and given to Durham by name."
  jq -n '{predicate_offence: "279.01(1)", suspicion_basis: "observed at three hotels", handling: "HANDLING_H2",
    recipients: ["ps-durham"], text: "A vehicle moves two young women between hotels."}' >"$WORK/report.json"
  as ps-york intel intelligence create report --parent agencies/ps-york -f "$WORK/report.json" --request-id "$(request_id)" -o json
  held; report=$(field name)
  as ps-york intel intelligence submit report "$report" -o json
  held; expect state SUBMITTED
  as ci-ciso analyst intelligence grade report "$report" --source-reliability b --information-validity 2 -o json
  held; expect state EVALUATED
  as ci-ciso coordinator intelligence decide report "$report" --event activate -o json
  held; expect state ACTIVE
  as ps-york intel intelligence share report --report "$report" --to-agency ps-durham --purpose "joint work" \
    --request-id "$(request_id)" -o json
  held; copy=$(field name)
  as ps-durham intel intelligence get report-copy "$copy" -o json
  held; grep -q 'young women' <<<"$ANSWER" || fail "the copy does not open"
  as ps-durham intel intelligence share report --report "$report" --to-agency ps-peel --purpose "passing it on" \
    --request-id "$(request_id)"
  refused NO_RELEASE; ok
  step "York recalls it: Durham's copy opens no more, and York's log says that it was given."
  as ps-york intel intelligence recall report "$report" --reason "the operation changed" -o json
  held
  as ps-durham intel intelligence get report-copy "$copy"
  refused NOT_FOUND
  as ps-york intel intelligence list disclosures --report "$report" -o json
  held; grep -q "$copy" <<<"$ANSWER" || fail "the log lacks the copy"; ok
}

find_conflict() {
  local until
  until=$(TZ=America/Toronto date -d '+2 days' +%FT%H:%M)
  step "York and Durham are after the same telephone. Each learns whom to call; neither the gateway nor the bureau learns the number."
  as ps-york intel intelligence deconflict lodge --phone "(416) 555-0199" --until "$until" --contact "York duty desk, 905-555-0100"
  held
  as ps-durham intel intelligence deconflict lodge --phone "+1 416 555 0199" --until "$until" --contact "Durham duty desk, 905-555-0200"
  held; grep -q 'York duty desk' <<<"$ANSWER" || fail "Durham is not told whom to call"
  as ps-york intel intelligence list conflicts -o json
  held; grep -q 'Durham duty desk' <<<"$ANSWER" || fail "York is not told whom to call"
  as ci-ciso coordinator intelligence list conflicts -o json
  held; grep -q 'duty desk' <<<"$ANSWER" || fail "the bureau does not see that there is a conflict"
  ! grep -q '555.*0199' <<<"$ANSWER" || fail "the bureau learns the target"
  ! grep -raqE '4165550199|555-0199' "$DIR/data" "$DIR/logs" || fail "the target is on a disk"
  ok
}
