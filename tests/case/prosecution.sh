# This shows the charge that follows: a Crown office, the provincial team, and the board.
# shellcheck shell=bash disable=SC2034
enroll_crowns() {
  step "A Crown office and the provincial prosecution team come in."
  PROBE_PURPOSE=prosecution
  enroll cr-york dcms counsel counsel=crown_counsel clerk=crown_admin
  enroll cr-phtpt dcms coordinator coordinator=crown_coordinator
  ok
}

open_prosecution() {
  step "Counsel opens a flagged prosecution for an information of the police service."
  jq -n '{court_region: "central-east", police_service: "ps-york", information_number: "26-4711", team_flag: true,
          victims: [{ref: "person-7c1f", under_18: true}]}' >"$WORK/prosecution.json"
  as cr-york counsel prosecution create case --parent agencies/cr-york -f "$WORK/prosecution.json" \
    --request-id "$(request_id)" -o json
  held; PROSECUTION=$(field name); ETAG=$(field etag)
  show "$PROSECUTION"
  while read -r line; do show "open task: $line"; done < <(jq -r '(.open_tasks // .openTasks // [])[]' <<<"$ANSWER"); ok

  step "The coordinator assigns the Crown; nobody else may."
  as cr-york counsel prosecution assign crown "$PROSECUTION" --agency cr-york --crown counsel --mode lead --etag "$ETAG"
  refused ROLE_NOT_PERMITTED
  as cr-phtpt coordinator prosecution assign crown "$PROSECUTION" --agency cr-york --crown counsel --mode lead --etag "$ETAG"
  held; ok

  step "An accused is charged; the offence is resolved by its day, and a clock begins."
  jq -n --arg charged "$(date -d '400 days ago' +%F)" --arg offence "$(date -d '500 days ago' +%F)" \
    '{accused_ref: "accused-1", charge_date: $charged, forum: "FORUM_OCJ",
      counts: [{section: "279.011(1)", offence_from: $offence, victim: "v1", mode: "COUNT_MODE_INDICTABLE"}]}' >"$WORK/accused.json"
  as cr-york counsel prosecution create accused --parent "$PROSECUTION" -f "$WORK/accused.json" --request-id "$(request_id)" -o json
  held; expect stage CHARGED
  ACCUSED=$(field name)
  show "ceiling: $(jq -r '.clock.conservative.ceiling' <<<"$ANSWER")"; ok
}

show_board() {
  step "The coordinator's board shows every flagged prosecution of the province, the nearest ceiling first."
  as cr-phtpt coordinator prosecution board
  held
  grep -qF "$ACCUSED" <<<"$ANSWER" || fail "the accused is not on the board"
  while read -r line; do show "$line"; done < <(head -n 5 <<<"$ANSWER")
  as cr-phtpt coordinator prosecution board --html "$WORK/board.html"
  held; show "$ANSWER"
  grep -q 'class="ceiling"' "$WORK/board.html" || fail "the page has no timeline"
  as cr-phtpt coordinator prosecution accused print "$ACCUSED"
  held; grep -q "The clock in three views" <<<"$ANSWER" || fail "the clock is not printed"
  ok
  step "The police see where their own case stands, and not the file."
  as ps-york member criminal_investigation list-statuses case -o json
  held; grep -qF "$ACCUSED" <<<"$ANSWER" || fail "their own case is not there"
  as ps-york member criminal_investigation get accused "$ACCUSED"
  refused AGENCY_KIND_NOT_PERMITTED; ok
}
