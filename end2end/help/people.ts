// The people of the demo.

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
