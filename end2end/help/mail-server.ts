// A mail server of the test's own, which speaks SMTP and keeps what it is sent.

import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { readMail, type Mail } from './house.ts';

export class MailServer {
  /** What came, in the order of coming. */
  readonly letters: Mail[] = [];
  /** The address for `--smtp-url`. */
  url = '';
  /** What it answers instead of taking a mail, such as 550: refused for good. */
  refuses: number | undefined;
  readonly #server: SMTPServer;

  constructor() {
    this.#server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      onRcptTo: (_address, _session, done) => {
        if (this.refuses === undefined) return done();
        done(Object.assign(new Error('not here'), { responseCode: this.refuses }));
      },
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

  async open(): Promise<void> {
    const server = this.#server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    this.url = `smtp://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => this.#server.close(done));
  }
}
