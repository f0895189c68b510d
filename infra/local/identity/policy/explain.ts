import type { JsonObject } from '../../service.ts';
import { compileDocument } from './compile.ts';
import type { RequestContext } from './request-context.ts';

/** A policy that a principal is held to, by the name that IAM gives its source. */
export interface NamedPolicy {
  readonly kind: 'identity' | 'boundary' | 'session';
  readonly name: string;
  readonly document: JsonObject;
}

/** A statement, and where it is in its policy's text. */
export interface DecidingStatement {
  readonly policy: string;
  readonly text: string;
  /** Of its first character, from 0. */
  readonly position: number;
}

export interface Decision {
  readonly outcome: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** What denied or allowed; none where nothing allowed. */
  readonly statements: readonly DecidingStatement[];
}

/**
 * Which statements decide a request. The same as `evaluate` would, who only says whether: this is for who wants to know, and not for
 * the path of a request.
 */
export function explain(
  policies: readonly NamedPolicy[],
  action: string,
  resource: string,
  context: RequestContext,
): Decision {
  const applying = policies.flatMap(({ kind, name, document }) =>
    compileDocument(document).flatMap((statement, index) =>
      statement.coversAction(action) && statement.coversResource(resource, context) && statement.holds(context)
        ? [{ kind, effect: statement.effect, found: () => statementIn(name, document, index) }]
        : [],
    ),
  );
  const denying = applying.filter(({ effect }) => effect === 'Deny');
  if (denying.length > 0) return { outcome: 'explicitDeny', statements: denying.map(({ found }) => found()) };
  const kinds = new Set<NamedPolicy['kind']>(['identity', ...policies.map(({ kind }) => kind)]);
  if (![...kinds].every((kind) => applying.some((one) => one.kind === kind)))
    return { outcome: 'implicitDeny', statements: [] };
  return { outcome: 'allowed', statements: applying.map(({ found }) => found()) };
}

function statementIn(policy: string, document: JsonObject, index: number): DecidingStatement {
  const statements = document['Statement'] ?? [];
  const statement = Array.isArray(statements) ? statements[index] : statements;
  const text = JSON.stringify(statement);
  return { policy, text, position: JSON.stringify(document).indexOf(text) };
}
