// This file is about an agency's system with its connection to a gateway; both are made anew for each test.
import {ReferralService} from '../gen/accord/protocols/v1/referral_service_pb.js';
import {Authority, FakeGateway} from './fake_gateway.mjs';
import {connect} from './index.mjs';

export class FakeAgency {
  async begin() {
    this.authority = new Authority();
    for (const name of ['gateway', 'first', 'second']) this.authority.sign(name);
    this.authority.place('first', 'client');
    this.gateway = new FakeGateway();
    await this.gateway.start(this.authority);
    this.accord = connect({
      address: `127.0.0.1:${this.gateway.port}`, server_name: 'localhost', ca_file: this.authority.at('ca.crt'),
      certificate_file: this.authority.at('client.crt'), key_file: this.authority.at('client.key'), actor: 'worker',
      purpose: 'child_protection',
    }, {}, {});
    this.referrals = this.accord.client(ReferralService);
  }

  async end() {
    this.accord.close();
    await this.gateway.stop();
    this.authority.remove();
  }
}
