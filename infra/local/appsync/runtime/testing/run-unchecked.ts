import { randomBytes } from 'node:crypto';
import { parse } from 'acorn';
import type { Json } from '../../../service.ts';
import type { Evaluation, ResolverContext } from '../evaluation.ts';
import { instrumentCode } from '../instrument-code.ts';
import { createRealm, type Realm } from '../realm.ts';

export const dependencies = { randomBytes, clock: { now: () => 1_700_000_000_000 } };

let realm: Realm | undefined;

/** A module around the body of a request handler. */
export function moduleOf(body: string): string {
  return `import { util, extensions, runtime } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';
export function request(ctx) { ${body} }
export function response(ctx) { return null; }`;
}

/**
 * Two walls stand between a resolver and the host: the check of the language, and the realm. This takes the first one
 * away, so that an attack meets the realm alone.
 */
export function runUnchecked(body: string, context: ResolverContext = {}, from?: Realm): Evaluation {
  realm ??= createRealm(dependencies);
  const source = moduleOf(body);
  const program = parse(source, { ecmaVersion: 2023, sourceType: 'module', locations: true });
  return (from ?? realm).load(instrumentCode(source, program)).evaluate('request', context);
}

/** Answers what the attack found; an attack that raised an error found nothing. */
export function attack(body: string, context: ResolverContext = {}): Json {
  return runUnchecked(body, context).result;
}
