# This imports a roster of the college, which is first refused whole for one wrong line, and then taken whole.
# shellcheck shell=bash disable=SC2034
enroll_college() {
  step "The police college comes in, and describes a course."
  PROBE_PURPOSE=training
  enroll pc-opc lms registrar registrar=training_admin instructor=trainer
  jq -n '{course_id: "trafficking", owner: "COURSE_OWNER_OPC", title: "Trafficking investigation", mode: "COURSE_MODE_CLASSROOM"}' \
    >"$WORK/course.json"
  as pc-opc registrar training create course --parent agencies/pc-opc -f "$WORK/course.json" --request-id "$(request_id)" -o json
  held; expect state DESIGN; ok
}

import_roster() {
  local roster=$WORK/roster.csv
  step "A roster of 2,000 completions with one wrong date is refused by line, and nothing of it is taken."
  awk 'BEGIN { print "learner,course,completed_on,learner_agency"
    for (i = 0; i < 2000; i++) printf "e%04d,trafficking,%s,ps-york\n", i, i == 1500 ? "2023-02-29" : "2023-02-28" }' >"$roster"
  as pc-opc registrar training roster import "$roster"
  refused ROSTER_HAS_ERRORS
  grep -q 'roster.csv:1502: DATE_INVALID' <<<"$ANSWER" || fail "the wrong line is not named"
  show "$(grep ':1502:' <<<"$ANSWER")"
  as pc-opc registrar training roster export
  held; [ "$(wc -l <<<"$ANSWER")" = 1 ] || fail "something was taken"; ok
  step "The corrected roster is taken, and is exported as it was imported."
  sed -i 's/2023-02-29/2023-02-28/' "$roster"
  as pc-opc registrar training roster import "$roster" --dry-run
  held; show "$ANSWER"
  as pc-opc registrar training roster import "$roster"
  held
  as pc-opc registrar training roster export --out "$WORK/export.csv"
  held; show "$ANSWER"
  [ "$(tail -n +2 "$WORK/export.csv" | wc -l)" = 2000 ] || fail "not 2,000 lines"; ok
}

hold_course() {
  local offering enrolment serial code certificate
  step "The course is approved, held, attended and completed; a certificate hangs on a wall, and a stranger verifies it."
  as pc-opc registrar training advance course agencies/pc-opc/courses/trafficking --event approve -o json
  held; expect state APPROVED
  jq -n --arg day "$(today)" '{from: $day, to: $day, site: "Aylmer", capacity: 20, instructors: ["instructor"]}' >"$WORK/offering.json"
  as pc-opc registrar training create offering --parent agencies/pc-opc/courses/trafficking -f "$WORK/offering.json" \
    --request-id "$(request_id)" -o json
  held; offering=$(field name)
  as pc-opc registrar training advance offering "$offering" --event open -o json
  held
  jq -n '{learner_agency: "ps-york", learner: "badge-1187"}' >"$WORK/enrolment.json"
  as pc-opc registrar training create enrolment --parent "$offering" -f "$WORK/enrolment.json" --request-id "$(request_id)" -o json
  held; expect state ENROLLED; enrolment=$(field name)
  as pc-opc instructor training complete enrolment "$enrolment"
  refused COMPLETION_WITHOUT_ATTENDANCE
  as pc-opc instructor training record-attendance enrolment "$enrolment" --percent 100 -o json
  held
  as pc-opc instructor training complete enrolment "$enrolment" -o json
  held; expect state COMPLETED
  show "the registrar, who marked nothing, issues"
  as pc-opc registrar training issue completion-certificate --enrolment "$enrolment" --request-id "$(request_id)" -o json
  held; serial=$(field serial) code=$(field verification_code) certificate=$(field name)
  as pc-opc registrar training print-certificate "$certificate" --html "$WORK/certificate.html" --holder "Constable A. Example"
  held; show "$ANSWER"
  grep -q "Constable A. Example" "$WORK/certificate.html" && grep -q "$serial" "$WORK/certificate.html" || fail "the page lacks its holder"
  as pc-opc registrar training completion-certificate print "$certificate"
  held; grep -q "$serial" <<<"$ANSWER" && grep -q "How it is verified" <<<"$ANSWER" || fail "the record of the certificate lacks its proof"
  as cas-york worker training verify completion-certificate --serial "$serial" --verification-code "$code" -o json
  held; expect status VALID
  ! grep -q badge-1187 <<<"$ANSWER" || fail "the stranger learns of the holder"
  ok
}
