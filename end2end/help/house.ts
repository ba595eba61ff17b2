// A Keyhouse that runs: one program, with its data in one folder.

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { PASSWORD, SIGN_INS, type Who } from './people.ts';

const program = process.env['KEYHOUSE_BIN'] ?? resolve('../target/debug/keyhouse');
/** A debug build reads the site from the disk, and is told to take the one that is deployed. */
const ENVIRONMENT = { PATH: process.env['PATH'], NO_COLOR: '1', KEYHOUSE_SITE: 'release' };

/** A mail that went out. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

export class House {
  readonly folder: string;
  /** The name in its addresses. */
  readonly name: string;
  /** Where its mails go; into files where there is none. */
  readonly smtp: string | undefined;
  url = '';
  /** What the program has logged, for a test that fails. */
  log = '';
  #program: ChildProcess | undefined;

  constructor(folder: string, name = '127.0.0.1', smtp?: string) {
    this.folder = folder;
    this.name = name;
    this.smtp = smtp;
  }

  /** Serves the demo from its folder, and makes its data if there is none yet. */
  async open(): Promise<void> {
    // The same port when it is opened again, so that open pages find it.
    const port = this.url === '' ? await freePort() : new URL(this.url).port;
    const limits = ['--sign-ins-per-minute', '100000', '--requests-per-second', '0'];
    const mail = this.smtp === undefined ? [] : ['--smtp-url', this.smtp];
    const where = [...mail, '--addr', `127.0.0.1:${port}`, '--base-url', `http://${this.name}:${port}`];
    const running = spawn(program, ['demo', ...where, '--data-dir', this.folder, ...limits], {
      env: ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#program = running;
    running.stderr.on('data', (text: Buffer) => (this.log += text.toString()));
    for await (const line of createInterface(running.stdout)) {
      const said = /is at (http:\S+)/.exec(line);
      if (said?.[1]) {
        this.url = new URL(said[1]).origin;
        break;
      }
    }
    if (this.url === '') throw new Error(`${program} did not start:\n${this.log}`);
    running.stdout.resume();
    const ready = await fetch(`${this.url}/readyz`);
    if (!ready.ok) throw new Error(`not ready: ${ready.status}\n${this.log}`);
  }

  /** Stops as an operator would; a program that does not end well is an error. */
  async close(): Promise<void> {
    const running = this.#program;
    if (!running || running.exitCode !== null) return;
    running.kill('SIGTERM');
    const [code] = await once(running, 'exit');
    if (code !== 0) throw new Error(`keyhouse ended with ${code}:\n${this.log}`);
  }

  /** Recounts what must hold; called when the house is closed. */
  async verify(): Promise<void> {
    const checked = promisify(execFile)(program, ['verify', '--data-dir', this.folder], {
      env: ENVIRONMENT,
    });
    await checked.catch((failed: { stdout: string; stderr: string }) => {
      throw new Error(`the books are wrong:\n${failed.stdout}${failed.stderr}`);
    });
  }

  /** Stops, recounts, and looks at what was logged. */
  async end(): Promise<void> {
    await this.close();
    await this.verify();
    expect(this.log.split('\n').filter((line) => /\bERROR\b|panicked/.test(line))).toEqual([]);
  }

  /** Signs somebody of the demo in without a browser; the value of the session cookie. */
  async signedIn(who: Who): Promise<string> {
    const login = SIGN_INS[who];
    const answer = await fetch(`${this.url}/api/sessions/sign_in`, {
      method: 'POST',
      body: new URLSearchParams({ login, password: PASSWORD }),
    });
    const session = answer.headers.getSetCookie().map((line) => /^keyhouse=([^;]+)/.exec(line)?.[1]);
    const found = session.find((value) => value !== undefined);
    if (!found) throw new Error(`${login} cannot sign in: ${answer.status} ${await answer.text()}`);
    return found;
  }

  /** All mails that went out, as files in the data folder. */
  async mails(): Promise<Mail[]> {
    const folder = join(this.folder, 'mail');
    const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.eml'));
    return Promise.all(files.toSorted().map(async (file) => readMail(await readFile(join(folder, file), 'utf8'))));
  }
}

/** A port that nobody listens on. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return String(address.port);
}

/** A mail as it is written for the way. */
export function readMail(file: string): Mail {
  const end = file.indexOf('\r\n\r\n');
  const head = file.slice(0, end).replaceAll(/\r\n[ \t]+/g, ' ');
  const line = (name: string) => new RegExp(`^${name}: (.*)$`, 'mi').exec(head)?.[1]?.trim() ?? '';
  const body = file.slice(end + 4).replaceAll('\r\n', '\n');
  const text = line('Content-Transfer-Encoding') === 'quoted-printable' ? unquoted(body) : body;
  return { to: line('To'), subject: line('Subject'), text };
}

/** Long lines and all that is not ASCII, as they were before they were written for the way (RFC 2045). */
function unquoted(body: string): string {
  const bytes = body
    .replaceAll(/=\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
