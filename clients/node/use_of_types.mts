// This file is about how a program in TypeScript uses the package. tests/clients/node.sh compiles it, and
// what is marked as a mistake must be one.
import {type Accord, Code, connect, Refusal, Rule, type RuleName, Unanswered, type WatchEvent} from 'accord-client';
import {ChangeService} from 'accord-client/accord/protocols/v1/changes_pb.js';
import {ReferralService} from 'accord-client/accord/protocols/v1/referral_service_pb.js';
import {ReferralState, type Referral} from 'accord-client/accord/protocols/v1/resources_pb.js';

const accord: Accord = connect('accord.json', {actor: 'worker', purpose: 'child_protection'});
// @ts-expect-error There is no such setting.
connect('accord.json', {port: 7400});

const referrals = accord.client(ReferralService);
const made: Referral = await referrals.createReferral({parent: 'agencies/a', referral: {toAgency: 'ps-york'}});
// @ts-expect-error The request has no such field.
await referrals.createReferral({parnet: 'agencies/a'});
// @ts-expect-error There is no such RPC.
await referrals.forgetReferral({});

for await (const referral of accord.all(ReferralService.method.listReferrals, {sentToUs: true})) {
  const state: ReferralState = referral.state;
  // @ts-expect-error A state is no text.
  const text: string = referral.state;
  console.log(made.name, state, text);
}

try {
  await accord.with({actor: 'chief'}).client(ReferralService).getReferral({name: made.name});
} catch (error) {
  if (error instanceof Refusal) {
    const rule: RuleName | undefined = error.rule;
    const known: boolean = rule === Rule.NOT_FOUND && error.code === Code.NotFound;
    // @ts-expect-error There is no such rule.
    const unknown: boolean = rule === 'NOT_FUOND';
    console.log(known, unknown, error.fields[0].field, error.retryAfter?.toFixed());
  } else if (error instanceof Unanswered) {
    console.log(error.requestId, error.request.$typeName);
  }
}

const over = new AbortController();
for await (const event of accord.watch(ReferralService.method.listReferrals, {}, ChangeService.method.watchChanges,
    {kinds: ['referral']}, {token: '', signal: over.signal})) {
  switch (event.kind) {
    case 'begun': case 'position': break;
    case 'listed': console.log(event.record.subjectRef); break;
    case 'changed': console.log(event.change.name, event.change.verb); break;
    default: {
      const none: never = event;
      console.log(none);
    }
  }
  // @ts-expect-error A change is told of changes alone.
  console.log(event.token, event.change);
}
type Followed = WatchEvent<typeof ReferralService.method.listReferrals.output,
  typeof ChangeService.method.watchChanges.output>;
const position: Followed = {kind: 'position', token: 'a'};
console.log(position);
