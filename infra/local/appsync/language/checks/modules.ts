import type { ImportDeclaration, ModuleDeclaration, Program } from 'acorn';
import { modules } from '../builtins.ts';
import { patternNames } from '../names.ts';
import type { Report } from '../report.ts';

const available = Object.keys(modules).filter((name) => modules[name] !== undefined);

/** Imports name what exists, and the code exports both handlers. */
export function checkModules(program: Program, report: Report): void {
  const exported = new Set<string>();
  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration') checkImport(statement, report);
    else if (statement.type.startsWith('Export'))
      for (const name of exportedNames(statement as ModuleDeclaration, report)) exported.add(name);
  }
  for (const handler of ['request', 'response']) {
    if (!exported.has(handler)) report.add('handlers', program, `The code must export a function named ${handler}`);
  }
}

function checkImport(statement: ImportDeclaration, report: Report): void {
  const source = String(statement.source.value);
  if (!Object.hasOwn(modules, source)) {
    report.add('module', statement, `Cannot import from '${source}': only from ${available.join(' and ')}`);
    return;
  }
  const names = modules[source];
  if (!names) {
    report.add('module', statement, `The module '${source}' is not available here: no data source of it is supported`);
    return;
  }
  for (const specifier of statement.specifiers) {
    if (specifier.type === 'ImportNamespaceSpecifier') continue;
    const imported = specifier.type === 'ImportDefaultSpecifier' ? 'default' : identifierOrString(specifier.imported);
    if (!names.includes(imported)) report.add('module', specifier, `'${source}' has no export named ${imported}`);
  }
}

function exportedNames(statement: ModuleDeclaration, report: Report): string[] {
  if (statement.type !== 'ExportNamedDeclaration' || statement.source) {
    report.add('module', statement, 'Only named exports of own functions are supported');
    return [];
  }
  const { declaration } = statement;
  if (declaration?.type === 'VariableDeclaration')
    return declaration.declarations.flatMap(({ id }) => patternNames(id));
  if (declaration?.id) return [declaration.id.name];
  return statement.specifiers.map(({ exported }) => identifierOrString(exported));
}

function identifierOrString(node: { type: string; name?: string; value?: unknown }): string {
  return node.type === 'Identifier' ? String(node.name) : String(node.value);
}
