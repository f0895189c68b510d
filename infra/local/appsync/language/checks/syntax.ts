import type { AnyNode, Program } from 'acorn';
import { full } from 'acorn-walk';
import type { LanguageRule } from '../language-error.ts';
import type { Report } from '../report.ts';

interface BannedForm {
  readonly rule: LanguageRule;
  readonly form: string;
}

const banned = (rule: LanguageRule, form: string): BannedForm => ({ rule, form });

/** Node types that the language has not at all. */
const bannedTypes: Readonly<Record<string, BannedForm>> = {
  TryStatement: banned('statement', 'try/catch/finally'),
  ThrowStatement: banned('statement', 'throw (use util.error)'),
  WhileStatement: banned('statement', 'while'),
  DoWhileStatement: banned('statement', 'do-while'),
  ForStatement: banned('statement', 'for(initialization; condition; afterthought) (use for-of or for-in)'),
  ContinueStatement: banned('statement', 'continue'),
  LabeledStatement: banned('statement', 'a labeled statement'),
  WithStatement: banned('statement', 'with'),
  DebuggerStatement: banned('statement', 'debugger'),
  UpdateExpression: banned('operator', '++ and --'),
  ThisExpression: banned('expression', 'this'),
  Super: banned('expression', 'super'),
  NewExpression: banned('expression', 'new'),
  MetaProperty: banned('expression', 'import.meta and new.target'),
  ImportExpression: banned('expression', 'import()'),
  AwaitExpression: banned('expression', 'await'),
  YieldExpression: banned('expression', 'yield'),
  TaggedTemplateExpression: banned('expression', 'a tagged template'),
  ClassDeclaration: banned('expression', 'a class'),
  ClassExpression: banned('expression', 'a class'),
};

const bannedOperators = new Set(['~', 'in', 'instanceof']);

/**
 * Syntax that APPSYNC_JS has not.
 * https://docs.aws.amazon.com/appsync/latest/devguide/supported-features.html#core-features
 */
export function checkSyntax(program: Program, report: Report): void {
  full(program, (visited) => {
    const node = visited as AnyNode;
    const form = bannedForm(node);
    if (form) report.add(form.rule, node, `${form.form} is not supported by APPSYNC_JS`);
  });
}

function bannedForm(node: AnyNode): BannedForm | undefined {
  switch (node.type) {
    case 'UnaryExpression':
    case 'BinaryExpression':
      return bannedOperators.has(node.operator) ? banned('operator', `the operator ${node.operator}`) : undefined;
    case 'Literal':
      if (node.regex) return banned('literal', 'a regular expression literal');
      return node.bigint ? banned('literal', 'a BigInt literal') : undefined;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      if (node.async) return banned('function-kind', 'an async function');
      return node.generator ? banned('function-kind', 'a generator') : undefined;
    case 'Property':
      return node.kind === 'init' ? undefined : banned('function-kind', 'a getter or setter');
    case 'ForOfStatement':
      return node.await ? banned('statement', 'for await') : undefined;
    default:
      return bannedTypes[node.type];
  }
}
