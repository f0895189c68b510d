import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The passwords of the seeded people of one local cloud: made once, and kept beside its other state. */
export interface Logins {
  readonly operator: string;
  readonly demo: string;
  /** Set when the people exist; a start that was killed before seeds again. */
  readonly seeded: boolean;
}

const fileOf = (folder: string): string => join(folder, 'logins.json');

export async function loadLogins(folder: string): Promise<Logins> {
  const file = fileOf(folder);
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as Logins;
  const logins: Logins = { operator: makePassword(), demo: makePassword(), seeded: false };
  await saveLogins(folder, logins);
  return logins;
}

export async function saveLogins(folder: string, logins: Logins): Promise<void> {
  const file = fileOf(folder);
  await writeFile(`${file}.draft`, JSON.stringify(logins), { mode: 0o600 });
  await rename(`${file}.draft`, file);
}

const letters = 'abcdefghijkmnpqrstuvwxyz';
const digits = '23456789';

/** Easy to type from a terminal, and within every rule of the pools: `Abcd-efgh-2345`. */
function makePassword(): string {
  const pick = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `${pick(letters, 1).toUpperCase()}${pick(letters, 4)}-${pick(letters, 5)}-${pick(digits, 4)}`;
}
