import type { AnyNode } from 'acorn';
import { simple } from 'acorn-walk';
import { type Bundle, nameOf, readBundle } from './own-keys/bundle.ts';
import { checkContexts, contextsOf } from './own-keys/contexts.ts';
import { isKey } from './own-keys/keys.ts';
import { isItemMaker, isRequestMaker, keyOf, makerOf } from './own-keys/makers.ts';
import { identityModules, keyModule, requestModule } from './own-keys/modules.ts';
import type { Report } from './own-keys/report.ts';
import { areItems, isRequest, isTableOperation } from './own-keys/requests.ts';

/**
 * What is wrong with the bundle of a step that reads or writes tenants' data: every key and index condition has to come from the key module,
 * and every request from the request module, as it is after bundling, where types are gone. What it cannot follow it refuses.
 */
export function ownKeyProblems(code: string): string[] {
  const bundle = readBundle(code);
  const problems: string[] = [];
  const report: Report = ({ loc }, problem) => problems.push(`${loc?.start.line ?? 0}: ${problem}`);
  checkRequest(bundle, report);
  checkCalls(bundle, report);
  checkPlaces(bundle, report);
  return problems;
}

/** The handler's answer is all that AppSync executes. */
function checkRequest(bundle: Bundle, report: Report): void {
  const handler = bundle.exported.get('request');
  if (!handler) return report(bundle.program, 'exports no function request, expected one');
  for (const answer of bundle.answersOf(handler)) {
    if (!isRequest(bundle, answer))
      report(answer ?? handler, `answers what is no request of ${requestModule} as it was made`);
  }
}

function checkCalls(bundle: Bundle, report: Report): void {
  const contexts = contextsOf(bundle);
  checkContexts(bundle, contexts, report);
  for (const { call } of bundle.calls) {
    const maker = makerOf(bundle, call);
    if (maker === undefined || isOf(bundle, requestModule, call)) continue;
    if (!isRequestMaker(maker) && !isItemMaker(maker))
      report(call, `calls ${maker}, which makes no request that is known`);
    else if (maker === 'transactWrite') {
      if (!areItems(bundle, call)) report(call, `${maker} has an item that is not of ${requestModule}, as it was made`);
    } else if (!isKey(bundle, contexts, keyOf(call, maker)))
      report(call, `${maker} has a key that is not of ${keyModule}`);
  }
}

function checkPlaces(bundle: Bundle, report: Report): void {
  const checkIdentity = (node: AnyNode, name: AnyNode) => {
    if (nameOf(name) !== 'identity' || identityModules.some((module) => isOf(bundle, module, node))) return;
    report(node, `reads the caller's identity, expected ${keyModule} to`);
  };
  simple(bundle.program, {
    ImportDeclaration: (node) => {
      if (node.source.value !== '@aws-appsync/utils/dynamodb') return;
      report(node, `imports ${node.source.value}, expected requests of ${requestModule} alone`);
    },
    Property: (node) => {
      if (!isTableOperation(node) || isOf(bundle, requestModule, node)) return;
      report(node, `makes a request by itself, expected one of ${requestModule}`);
    },
    MemberExpression: (node) => checkIdentity(node, node.property),
    ObjectPattern: (node) => {
      for (const one of node.properties) if (one.type === 'Property') checkIdentity(one, one.key);
    },
  });
}

function isOf(bundle: Bundle, module: string, node: AnyNode): boolean {
  return bundle.fileOf(node).endsWith(module);
}

/** @throws Error naming each place */
export function requireOwnKeys(step: string, code: string): void {
  const problems = ownKeyProblems(code);
  if (problems.length === 0) return;
  throw new Error(`The bundle of resolvers/${step}.ts may reach another tenant's data:\n  ${problems.join('\n  ')}`);
}
