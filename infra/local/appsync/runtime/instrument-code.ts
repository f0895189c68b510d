import type { AnyNode, ExportNamedDeclaration, ImportDeclaration, Program } from 'acorn';
import { full } from 'acorn-walk';

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
  full(program, (visited) => guard(visited as AnyNode, guards, insert, edits));
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

function guard(node: AnyNode, guards: GuardNames, insert: (at: number, text: string) => void, edits: Edit[]): void {
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
    case 'CallExpression': {
      const { callee } = node;
      if (callee.type !== 'MemberExpression' || callee.computed || node.loc === undefined || node.loc === null) return;
      if (callee.object.type !== 'Identifier' || callee.object.name !== 'console') return;
      const level = callee.property.type === 'Identifier' && callee.property.name === 'error' ? 'ERROR' : 'INFO';
      const place = `${node.loc.start.line}:${node.loc.start.column + 1}`;
      const open = node.arguments[0]?.start ?? node.end - 1;
      const separator = node.arguments.length > 0 ? ', ' : '';
      edits.push({
        at: node.start,
        text: `${guards.logAt}('${level}', '${place}'${separator}`,
        length: open - node.start,
      });
      return;
    }
    default:
  }
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

/** At one place, what closes comes before what opens, and inner closes before outer. */
function byPlace(one: Edit & { order: number }, other: Edit & { order: number }): number {
  return one.at - other.at || one.order - other.order;
}
