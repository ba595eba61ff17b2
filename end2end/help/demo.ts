// The demo: made once by each worker, and copied for each test, so that every test begins with the same house.

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { House } from './house.ts';

/** The password of all demo sign-ins. */
export const PASSWORD = 'keyhouse-demo';

/** Those who can sign in. */
export const SIGN_INS = {
  owner: 'owner@keyhouse.example',
  acme: 'admin@acme.example',
  globex: 'admin@globex.example',
  client: 'customer@client.example',
} as const;

export type Who = keyof typeof SIGN_INS;

/** What the demo has of ACME: 4 of 10 unpaid slots taken, and these licenses in all. */
export const ACME = { licenses: 9, unpaid: 4, left: 6 } as const;

export class Demo {
  readonly #folder: string;
  /** Their session cookies: they are signed in already, in every copy. */
  readonly sessions: Readonly<Record<Who, string>>;
  #copies = 0;

  private constructor(folder: string, sessions: Record<Who, string>) {
    this.#folder = folder;
    this.sessions = sessions;
  }

  static async make(): Promise<Demo> {
    const folder = await mkdtemp(join(tmpdir(), 'keyhouse-e2e-'));
    const house = new House(join(folder, 'demo'));
    await house.open();
    const signedIn = Object.entries(SIGN_INS).map(
      async ([who, login]) => [who, await house.signIn(login, PASSWORD)] as const,
    );
    const sessions = Object.fromEntries(await Promise.all(signedIn)) as Record<Who, string>;
    await house.close();
    return new Demo(folder, sessions);
  }

  /** A house of one's own with the demo's data, open. */
  async copy(): Promise<House> {
    this.#copies += 1;
    const folder = join(this.#folder, `copy-${this.#copies}`);
    await cp(join(this.#folder, 'demo'), folder, { recursive: true });
    const house = new House(folder);
    await house.open();
    return house;
  }

  async discard(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
