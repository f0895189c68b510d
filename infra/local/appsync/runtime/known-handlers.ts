import type { ExportNamedDeclaration, Expression, Pattern, Program } from 'acorn';
import { memberPath } from '../language/index.ts';
import type { JsonObject } from '../../service.ts';
import type { EarlyExit } from './early-exit.ts';
import { readJson } from './read-answer.ts';
import type { CompiledCode } from './realm.ts';
import type { OwnContext } from './shared-context.ts';

/** A handler whose answer can be told without running it: `() => ({})`, `(ctx) => ctx.result`, `(ctx) => ctx.prev.result`. */
export type KnownHandler = 'empty' | 'result' | 'previous';

type KnownHandlers = Readonly<Partial<Record<'request' | 'response', KnownHandler>>>;

/**
 * The handlers of a module that has nothing but such: what stands around most pipelines. The others, and all of any module that
 * has more in it, are run.
 */
export function knownHandlers({ body }: Program): KnownHandlers {
  const found: { request?: KnownHandler; response?: KnownHandler } = {};
  for (const statement of body) {
    if (statement.type !== 'ExportNamedDeclaration') return {};
    const { name, answer } = exportedHandler(statement) ?? {};
    if ((name !== 'request' && name !== 'response') || !answer) return {};
    found[name] = answer;
  }
  return found;
}

/** Answers for known handlers, and for those that begin with a way out that is taken, without entering the realm. */
export function answeringKnown(code: CompiledCode, known: KnownHandlers, exit: EarlyExit | undefined): CompiledCode {
  if (!exit && Object.keys(known).length === 0) return code;
  return {
    ...code,
    evaluateShared(handler, own, shared) {
      const result = resultOf(known[handler], own);
      if (result !== undefined) return { result, stash: own.stash, effects: undefined };
      if (handler === 'request' && exit?.holds(readJson(own.stash) as JsonObject)) {
        return { result: exit.result, stash: own.stash, effects: exit.effects };
      }
      return code.evaluateShared(handler, own, shared);
    },
  };
}

const opening = '{"result":';

function resultOf(known: KnownHandler | undefined, { result, prev }: OwnContext): string | undefined {
  if (known === 'empty') return '{}';
  if (known === 'result') return result;
  return known === 'previous' && prev.startsWith(opening) ? prev.slice(opening.length, -1) : undefined;
}

function exportedHandler({ declaration }: ExportNamedDeclaration): { name: string; answer?: KnownHandler } | undefined {
  if (declaration?.type === 'FunctionDeclaration') {
    const [statement, another] = declaration.body.body;
    if (statement?.type !== 'ReturnStatement' || !statement.argument || another) return undefined;
    return handler(declaration.id.name, declaration.params, statement.argument);
  }
  if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') return undefined;
  const [variable, another] = declaration.declarations;
  const made = variable?.init;
  if (another || variable?.id.type !== 'Identifier' || made?.type !== 'ArrowFunctionExpression') return undefined;
  return made.body.type === 'BlockStatement' ? undefined : handler(variable.id.name, made.params, made.body);
}

function handler(name: string, [parameter]: readonly Pattern[], answer: Expression) {
  const known = answerOf(answer, parameter?.type === 'Identifier' ? parameter.name : undefined);
  return known ? { name, answer: known } : { name };
}

function answerOf(answer: Expression, context: string | undefined): KnownHandler | undefined {
  if (answer.type === 'ObjectExpression') return answer.properties.length === 0 ? 'empty' : undefined;
  const [base, ...members] = memberPath(answer) ?? [];
  if (context === undefined || base !== context) return undefined;
  if (members.join('.') === 'result') return 'result';
  return members.join('.') === 'prev.result' ? 'previous' : undefined;
}
