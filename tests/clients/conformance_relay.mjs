// This is a network that loses answers and breaks off connections, between a client and the gateway.
import {once} from 'node:events';
import {connect, createServer} from 'node:net';

/** It hands bytes on in both directions, of as many connections as come. */
export class Relay {
  accepted = 0;
  /** What comes from the gateway is thrown away, so that requests arrive and answers are lost. */
  swallows = false;
  /** Whoever connects is turned away. */
  shut = false;
  #open = new Set();
  #server;

  /** @param {{host: string, port: number}} target */
  async start(target) {
    this.#server = createServer((near) => {
      this.accepted += 1;
      if (this.shut) {
        near.destroy();
        return;
      }
      const far = connect(target);
      for (const [source, sink] of [[near, far], [far, near]]) {
        this.#open.add(source);
        source.on('data', (chunk) => {
          if (!(source === far && this.swallows)) sink.write(chunk);
        });
        source.on('error', () => {});
        source.on('close', () => {
          this.#open.delete(source);
          sink.destroy();
        });
      }
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.address = `127.0.0.1:${this.#server.address().port}`;
  }

  /** Every connection breaks off. */
  cut() {
    for (const end of this.#open) end.destroy();
  }

  close() {
    this.#server.close();
    this.cut();
  }
}
