// A mail server of the test's own, which speaks SMTP and keeps what it is sent.

import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { readMail, type Mail } from './house.ts';

export class MailServer {
  /** What came, in the order of coming. */
  readonly letters: Mail[] = [];
  readonly #server: SMTPServer;

  constructor() {
    this.#server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address).join(', ');
          this.letters.push({ ...readMail(Buffer.concat(parts).toString('utf8')), to });
          done();
        });
      },
    });
  }

  /** Listens, and gives the address for `--smtp-url`. */
  async open(): Promise<string> {
    const server = this.#server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `smtp://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => this.#server.close(done));
  }
}
