/** What the modules take from outside: functions of primitives only, so that no object of the host crosses. */
export interface Host {
  /** As many random bytes as asked for, in hexadecimal. */
  randomHex(bytes: number): string;
  /** Milliseconds since the epoch. */
  now(): number;
  /** `ctx.request` of the running handler, as JSON. */
  request(): string;
}

let installed: Host | undefined;

export function installHost(host: Host): void {
  installed = host;
}

export function now(): number {
  return requireHost().now();
}

export function requestText(): string {
  return requireHost().request();
}

export function randomBytes(count: number): number[] {
  const digits = requireHost().randomHex(count);
  const bytes: number[] = [];
  for (let index = 0; index < count; index += 1) bytes.push(parseInt(digits.slice(2 * index, 2 * index + 2), 16));
  return bytes;
}

/** From 0 to below 1, with 52 random bits. */
export function randomDouble(): number {
  return parseInt(requireHost().randomHex(7).slice(0, 13), 16) / 2 ** 52;
}

function requireHost(): Host {
  if (!installed) throw new Error('The host is not installed');
  return installed;
}
