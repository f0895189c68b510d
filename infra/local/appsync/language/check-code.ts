import { parse, type Program } from 'acorn';
import { maximumCodeBytes } from './builtins.ts';
import { checkContextAssignment } from './checks/context-assignment.ts';
import { checkFunctionPassing, checkRecursion } from './checks/functions.ts';
import { checkGlobals } from './checks/globals.ts';
import { checkMethods } from './checks/methods.ts';
import { checkModules } from './checks/modules.ts';
import { checkSyntax } from './checks/syntax.ts';
import type { LanguageError } from './language-error.ts';
import { resolveNames } from './names.ts';
import { createReport } from './report.ts';

/**
 * What AppSync would refuse in a resolver's or function's code, in the order of the code; empty if nothing.
 *
 * @param source - one bundled ES module, as it would be uploaded: a bundler can put back syntax that was not written
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/supported-features.html
 */
export function checkCode(source: string): LanguageError[] {
  const bytes = new TextEncoder().encode(source).byteLength;
  if (bytes > maximumCodeBytes) {
    const message = `The code has ${bytes} bytes; AppSync takes at most ${maximumCodeBytes}`;
    return [{ line: 0, column: 0, span: 1, message, rule: 'code-size' }];
  }
  const parsed = parseModule(source);
  if ('error' in parsed) return [parsed.error];
  const { program } = parsed;
  const errors: LanguageError[] = [];
  const report = createReport(errors);
  const references = resolveNames(program);
  checkModules(program, report);
  checkSyntax(program, report);
  checkGlobals(references, report);
  checkMethods(program, references, report);
  checkFunctionPassing(program, references, report);
  checkRecursion(references, report);
  checkContextAssignment(program, report);
  return errors.sort((one, other) => one.line - other.line || one.column - other.column);
}

/** Parses as AppSync's runtime does: a strict-mode module. */
export function parseModule(source: string): { program: Program } | { error: LanguageError } {
  try {
    return { program: parse(source, { ecmaVersion: 2023, sourceType: 'module', locations: true }) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { loc } = error as SyntaxError & { loc?: { line: number; column: number } };
    const message = `Parsing error: ${error.message.replace(/ \(\d+:\d+\)$/, '')}`;
    return { error: { line: loc?.line ?? 0, column: (loc?.column ?? -1) + 1, span: 1, message, rule: 'syntax' } };
  }
}
