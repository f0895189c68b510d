import type { AnyNode, ExportNamedDeclaration, ImportDeclaration, Program } from 'acorn';
import { full } from 'acorn-walk';
import { memberName, resolveNames } from '../language/index.ts';

/** The names by which compiled code knows its environment; none of them occurs in the code. */
export interface GuardNames {
  readonly environment: string;
  readonly countCall: string;
  readonly countIteration: string;
  readonly logAt: string;
}

interface Edit {
  readonly at: number;
  readonly text: string;
  /** What the text takes the place of, from `at` on. */
  readonly length: number;
}

/**
 * The code of a checked module as an expression: a function of its environment, which answers a function that runs the
 * top level and returns the handlers. Lines stay where they are, so that errors point into the code as written.
 */
export function instrumentCode(source: string, program: Program): string {
  const guards = chooseNames(source);
  const edits: Edit[] = [];
  const insert = (at: number, text: string) => edits.push({ at, text, length: 0 });
  const exported: string[] = [];
  const imports: string[] = [];
  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration') {
      imports.push(bindImport(statement, guards));
      edits.push(blank(source, statement));
    } else if (statement.type === 'ExportNamedDeclaration') {
      exported.push(...exportedHandlers(statement));
      edits.push(
        statement.declaration
          ? { at: statement.start, text: '', length: statement.declaration.start - statement.start }
          : blank(source, statement),
      );
    }
  }
  full(program, (visited) => guard(visited as AnyNode, guards, insert));
  edits.push(...placeLogs(program, guards));
  const { environment } = guards;
  const locals = ['Object', 'String', 'Number', 'Math', 'JSON', 'console', 'util', 'extensions', 'runtime'];
  const named = ['countCall', 'countIteration', 'logAt'] as const;
  const parts = [...locals, ...named.map((name) => `${name}: ${guards[name]}`)].join(', ');
  const head = `(function (${environment}) { 'use strict'; const { ${parts} } = ${environment}; return () => { ${imports.join(
    ' ',
  )} `;
  return `${head}${apply(source, edits)}\nreturn { ${exported.join(', ')} }; }; })`;
}

function chooseNames(source: string): GuardNames {
  let suffix = 0;
  while (source.includes(`guard${suffix}`)) suffix += 1;
  const name = (kind: string) => `guard${suffix}_${kind}`;
  return {
    environment: name('environment'),
    countCall: name('call'),
    countIteration: name('iteration'),
    logAt: name('log'),
  };
}

function bindImport({ source, specifiers }: ImportDeclaration, { environment }: GuardNames): string {
  const module = `${environment}.modules[${JSON.stringify(source.value)}]`;
  return specifiers
    .map((specifier) => {
      if (specifier.type !== 'ImportSpecifier') return `const ${specifier.local.name} = ${module};`;
      const { imported } = specifier;
      const name = imported.type === 'Identifier' ? imported.name : String(imported.value);
      return `const ${specifier.local.name} = ${module}[${JSON.stringify(name)}];`;
    })
    .join(' ');
}

function exportedHandlers({ declaration, specifiers }: ExportNamedDeclaration): string[] {
  if (declaration?.type === 'VariableDeclaration')
    return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  if (declaration) return [declaration.id.name];
  return specifiers.map(({ exported, local }) => {
    const name = exported.type === 'Identifier' ? exported.name : String(exported.value);
    return `${JSON.stringify(name)}: ${local.type === 'Identifier' ? local.name : String(local.value)}`;
  });
}

/** Takes a statement away and leaves its line breaks. */
function blank(source: string, { start, end }: AnyNode): Edit {
  return { at: start, text: source.slice(start, end).replace(/[^\n]/g, ''), length: end - start };
}

function guard(node: AnyNode, guards: GuardNames, insert: (at: number, text: string) => void): void {
  switch (node.type) {
    case 'ForOfStatement':
    case 'ForInStatement':
      if (node.body.type === 'BlockStatement') return insert(node.body.start + 1, ` ${guards.countIteration}();`);
      insert(node.body.start, `{ ${guards.countIteration}(); `);
      return insert(node.body.end, ' }');
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      if (node.body.type === 'BlockStatement') return insert(node.body.start + 1, ` ${guards.countCall}();`);
      insert(node.body.start, `(${guards.countCall}(), `);
      return insert(node.body.end, ')');
    default:
  }
}

/** console.log and console.error become functions that know where they are called. */
function placeLogs(program: Program, { logAt }: GuardNames): Edit[] {
  return resolveNames(program).flatMap(({ identifier, binding, ancestors }) => {
    const member = ancestors.at(-2);
    const call = ancestors.at(-3);
    if (identifier.name !== 'console' || binding || member?.type !== 'MemberExpression') return [];
    if (call?.type !== 'CallExpression' || call.callee !== member) return [];
    const level = memberName(member) === 'error' ? 'ERROR' : 'INFO';
    const { line = 0, column = 0 } = call.loc?.start ?? {};
    const text = `${logAt}('${level}', '${line}:${column + 1}')`;
    return [{ at: member.start, text, length: member.end - member.start }];
  });
}

function apply(source: string, edits: readonly Edit[]): string {
  let output = '';
  let position = 0;
  const ordered = edits.map((edit, order) => ({ ...edit, order })).sort(byPlace);
  for (const { at, text, length } of ordered) {
    output += source.slice(position, at) + text;
    position = at + length;
  }
  return output + source.slice(position);
}

/** At one place, what is put in comes before what is replaced, and inner ends before outer ones. */
function byPlace(one: Edit & { order: number }, other: Edit & { order: number }): number {
  return one.at - other.at || Math.min(one.length, 1) - Math.min(other.length, 1) || one.order - other.order;
}
