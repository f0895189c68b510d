import type { AnyNode, CallExpression, Expression, MemberExpression, Program, Property, Super } from 'acorn';
import { full } from 'acorn-walk';
import { globalValues, missingMethods, prototypeMembers, staticMembers } from '../builtins.ts';
import { chainRoot, memberName } from '../members.ts';
import type { Reference } from '../names.ts';
import type { Report } from '../report.ts';

const functionMethods = new Set(['apply', 'bind', 'call']);

/** Methods that JavaScript has and AppSync has not, and every way to a prototype. */
export function checkMethods(program: Program, references: readonly Reference[], report: Report): void {
  const libraries = new Set(references.filter(isLibrary).map(({ identifier }) => identifier));
  full(program, (visited) => {
    const node = visited as AnyNode;
    if (node.type === 'CallExpression') checkCall(node, libraries, report);
    if (node.type === 'MemberExpression') checkMember(node, report);
    if (node.type === 'Property') checkKey(node, report);
    if (node.type === 'ObjectPattern')
      for (const property of node.properties) if (property.type === 'Property') checkKey(property, report);
  });
}

/** Members of AppSync's own modules have names of their own: util.dynamodb.toString is one. */
function isLibrary({ identifier, binding }: Reference): boolean {
  if (binding) return binding.module !== undefined;
  return globalValues.has(identifier.name) || Object.hasOwn(staticMembers, identifier.name);
}

function checkCall(node: CallExpression, libraries: ReadonlySet<AnyNode>, report: Report): void {
  const callee: Expression | Super = node.callee;
  if (callee.type !== 'MemberExpression') return;
  const name = memberName(callee);
  if (name === undefined) return;
  const root = chainRoot(callee);
  if (root && libraries.has(root) && !functionMethods.has(name)) return;
  if (missingMethods.has(name)) report.add('method', callee, `The method ${name} does not exist in APPSYNC_JS`);
  if (name === 'sort' && node.arguments.length > 0)
    report.add('sort-comparator', node, 'sort takes no comparator in APPSYNC_JS');
}

function checkMember(node: MemberExpression, report: Report): void {
  const name = memberName(node);
  if (name !== undefined && prototypeMembers.has(name))
    report.add('prototype', node, `${name} cannot be reached in APPSYNC_JS`);
}

function checkKey(node: Pick<Property, 'key' | 'computed' | 'start' | 'end' | 'type' | 'loc'>, report: Report): void {
  const { key } = node;
  const name = key.type === 'Identifier' && !node.computed ? key.name : key.type === 'Literal' ? String(key.value) : '';
  if (prototypeMembers.has(name)) report.add('prototype', node, `${name} cannot be reached in APPSYNC_JS`);
}
