// The demo: made once by each worker, and copied for each test, so that every test begins with the same house.

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { House } from './house.ts';

export { PASSWORD, SIGN_INS, type Who } from './people.ts';

/** What the demo has of ACME: 4 of 10 unpaid slots taken, and these licenses in all. */
export const ACME = { licenses: 9, unpaid: 4, left: 6 } as const;

export class Demo {
  readonly #folder: string;
  #copies = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async make(): Promise<Demo> {
    const folder = await mkdtemp(join(tmpdir(), 'keyhouse-e2e-'));
    const house = new House(join(folder, 'demo'));
    await house.open();
    await house.close();
    return new Demo(folder);
  }

  /** A house of one's own with the demo's data, open. */
  async copy(name = '127.0.0.1', smtp?: string): Promise<House> {
    this.#copies += 1;
    const folder = join(this.#folder, `copy-${this.#copies}`);
    await cp(join(this.#folder, 'demo'), folder, { recursive: true });
    const house = new House(folder, name, smtp);
    await house.open();
    return house;
  }

  async discard(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
