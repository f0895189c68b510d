import { buildSync } from 'esbuild';
import { fileURLToPath } from 'node:url';

/** Globals that the modules use: taken before the realm loses them. */
const captured = [
  ...['Object', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'BigInt', 'Function', 'Math', 'JSON', 'Date', 'Intl'],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'RegExp', 'Reflect', 'globalThis', 'Error', 'TypeError', 'NaN'],
  ...['RangeError', 'SyntaxError', 'ReferenceError', 'EvalError', 'URIError', 'AggregateError', 'parseInt'],
  ...['encodeURIComponent', 'decodeURIComponent'],
];

let bundle: string | undefined;

/** The modules as one expression, whose value has `start`; built at first use. */
export function bundleModules(): string {
  bundle ??= build();
  return bundle;
}

function build(): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('./modules/entry.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'modules',
    target: 'es2023',
    platform: 'neutral',
    logLevel: 'silent',
    // esbuild keeps the folder's compiler options out of it: the code stands for itself.
    tsconfigRaw: '{}',
  });
  const names = captured.filter((name) => name !== 'globalThis' && name !== 'NaN').join(', ');
  const code = outputFiles[0]?.text ?? '';
  return `(function () { 'use strict'; const captured = globalThis; const { ${names} } = captured; return (function (globalThis) { ${code}; return modules; })(captured); })()`;
}
