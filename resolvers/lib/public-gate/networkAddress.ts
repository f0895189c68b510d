import type { Context } from '@aws-appsync/utils';

/** For requests without the header that AppSync sets: they share one place, so that nobody escapes by having none. */
const unknown = 'unknown';

/**
 * The network address of whoever calls. Each proxy appends the address that it was called from to `x-forwarded-for`: in front of
 * AppSync stands an edge server, so the last is the edge's and the one before it the caller's. What stands before that
 * was sent by the caller and can be anything.
 */
export function networkAddress(ctx: Context): string {
  const header = (ctx.request.headers as Readonly<Record<string, string | undefined>>)['x-forwarded-for'];
  if (!header) return unknown;
  const addresses = header.split(',').map((address) => address.trim());
  const address = addresses[Math.max(addresses.length - 2, 0)] ?? '';
  // The longest address is of IPv6 with an IPv4 address at its end.
  if (address.length === 0 || address.length > 45) return unknown;
  return address.indexOf(':') >= 0 && address.indexOf('.') < 0 ? network(address) : address;
}

const groupCount = 8;
const groupsOfNetwork = 4;

/** The /64 of an IPv6 address, which one customer has: `2001:db8::1` → `2001:db8:0:0`. */
function network(address: string): string {
  const [head, tail] = address.toLowerCase().split('::');
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const left = groupCount - before.length - after.length;
  const zeros = left > 0 ? '0:0:0:0:0:0:0:0'.split(':').slice(0, left) : [];
  return [...before, ...zeros, ...after].slice(0, groupsOfNetwork).join(':');
}
