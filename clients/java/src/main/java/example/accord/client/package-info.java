/**
 * How an agency's own system calls Accord: one connection, calls that take effect once, lists, and watches
 * without gaps.
 *
 * <pre>{@code
 * try (Accord accord = Accord.connect(Path.of("accord.json"))) {
 *   ReferralService referrals = new ReferralService(accord);
 *   ListReferralsRequest request = ListReferralsRequest.newBuilder().setSentToUs(true).build();
 *   for (Referral referral : referrals.listReferrals().all(request)) {
 *     System.out.println(referral.getName());
 *   }
 * }
 * }</pre>
 */
package example.accord.client;
