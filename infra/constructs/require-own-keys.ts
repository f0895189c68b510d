import { type CallExpression, type Comment, type Expression, type Node, parse, type SpreadElement } from 'acorn';
import { ancestor, simple } from 'acorn-walk';

/** Where keys are made, and where requests are: the one takes the caller's tenant, the other takes keys of the one. */
const keyModule = 'resolvers/lib/tenantKey.ts';
const requestModule = 'resolvers/lib/dynamodb.ts';
/** Who else passes the caller on as the authorizer found it. */
const identityModules = [keyModule, 'resolvers/lib/people/invokeUsers.ts'];

const operations =
  /^(GetItem|PutItem|UpdateItem|DeleteItem|Query|Scan|Sync|(Batch|Transact)(Get|Write|Put|Delete)Items?)$/;
/** Functions of the request module by the place of the argument that has the key; a query has it in `partition`. */
const keyArgument: Readonly<Record<string, number>> = {
  ...{ getItem: 0, putItem: 0, updateItem: 0, deleteItem: 0, queryPartition: 0 },
  ...{ batchGetItems: 1, transactPut: 1, transactUpdate: 1, transactDelete: 1 },
};

/**
 * What is wrong with the bundle of a step that reads or writes tenants' data: every key and index condition has to come from the key module,
 * as it is after bundling, where types are gone. What it cannot follow it refuses.
 */
export function ownKeyProblems(code: string): string[] {
  const comments: Comment[] = [];
  const program = parse(code, { ecmaVersion: 2023, sourceType: 'module', locations: true, onComment: comments });
  const moduleAt = (position: number): string =>
    comments
      .filter(({ end, value }) => end <= position && /^ \S+\.ts$/.test(value))
      .at(-1)
      ?.value.trim() ?? 'no module';
  const isOf = (module: string, { start }: Node): boolean => moduleAt(start).endsWith(module);

  const declared = new Map<string, Expression>();
  const makers = new Set<string>();
  const keys = new Set<string>();
  simple(program, {
    FunctionDeclaration: ({ id, start }) => {
      if (!id) return;
      if (moduleAt(start).endsWith(keyModule)) keys.add(id.name);
      if (moduleAt(start).endsWith(requestModule)) makers.add(id.name);
    },
    VariableDeclarator: ({ id, init }) => {
      if (id.type === 'Identifier' && init) declared.set(id.name, init);
    },
  });

  const isKey = (node: Expression | SpreadElement | undefined): boolean => {
    if (node?.type === 'Identifier') return isKey(declared.get(node.name));
    if (node?.type !== 'CallExpression') return false;
    const { callee } = node;
    if (callee.type === 'Identifier') return keys.has(callee.name);
    const [made] = node.arguments;
    const isMap = callee.type === 'MemberExpression' && nameOf(callee.property) === 'map';
    return isMap && made?.type === 'ArrowFunctionExpression' && made.body.type !== 'BlockStatement' && isKey(made.body);
  };

  const problems: string[] = [];
  const report = ({ loc }: Node, problem: string) => problems.push(`${loc?.start.line ?? 0}: ${problem}`);
  ancestor(program, {
    ImportDeclaration: (node) => {
      if (node.source.value !== '@aws-appsync/utils/dynamodb') return;
      report(node, `imports ${node.source.value}, expected requests of ${requestModule} alone`);
    },
    Property: (node) => {
      const { value } = node;
      if (nameOf(node.key) !== 'operation' || isOf(requestModule, node)) return;
      if (value.type === 'Literal' && !operations.test(String(value.value))) return;
      report(node, `makes a request by itself, expected one of ${requestModule}`);
    },
    MemberExpression: (node) => {
      if (nameOf(node.property) !== 'identity' || identityModules.some((module) => isOf(module, node))) return;
      report(node, `reads the caller's identity, expected ${keyModule} to`);
    },
    CallExpression: (node) => {
      const name = nameOf(node.callee);
      if (!makers.has(name) || isOf(requestModule, node)) return;
      if (name in keyArgument && !isKey(keyOf(node, name)))
        report(node, `${name} has a key that is not of ${keyModule}`);
    },
  });
  return problems;
}

function keyOf(call: CallExpression, name: string): Expression | SpreadElement | undefined {
  const argument = call.arguments[keyArgument[name] ?? 0];
  if (name !== 'queryPartition') return argument;
  const partition =
    argument?.type === 'ObjectExpression'
      ? argument.properties.filter((one) => one.type === 'Property' && nameOf(one.key) === 'partition')
      : [];
  const [only] = partition;
  return partition.length === 1 && only?.type === 'Property' ? only.value : undefined;
}

function nameOf(node: Node): string {
  if ('name' in node) return String(node.name);
  return 'value' in node ? String(node.value) : '';
}

/** @throws Error naming each place */
export function requireOwnKeys(step: string, code: string): void {
  const problems = ownKeyProblems(code);
  if (problems.length === 0) return;
  throw new Error(`The bundle of resolvers/${step}.ts may reach another tenant's data:\n  ${problems.join('\n  ')}`);
}
