import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RuntimeError } from './describe-error.ts';
import type { WorkerStart } from './messages.ts';

export type Handler = (event: unknown, context: object, callback: Callback) => unknown;
export type Callback = (error: unknown, result?: unknown) => void;

/** Callback handlers ended with Node.js 24. Source: Lambda developer guide, "Define Lambda function handler in Node.js". */
const firstWithoutCallbacks = 24;

/** Loads `folder/module.path.to.handler`. Throws RuntimeError with Lambda's own names of what may be wrong. */
export async function loadHandler({ handler, taskRoot, runtime }: WorkerStart): Promise<Handler> {
  const match = /^([^.]*)\.(.+)$/.exec(basename(handler));
  const [, module, exported] = match ?? [];
  if (module === undefined || exported === undefined || handler.includes('..')) {
    throw new RuntimeError('Runtime.MalformedHandlerName', `Bad handler: expected module.export, got ${handler}`);
  }
  const relative = join(dirname(handler), module);
  const loaded = await loadModule(taskRoot, relative);
  const found = findExport(loaded, exported);
  if (found === undefined) {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (typeof found !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is not a function`);
  if (found.length >= 3 && Number(/\d+/.exec(runtime)?.[0]) >= firstWithoutCallbacks) {
    throw new RuntimeError(
      'Runtime.CallbackHandlerDeprecated',
      `${runtime} has no callback-based function handlers: make ${handler} an async function`,
    );
  }
  return found as Handler;
}

async function loadModule(taskRoot: string, relative: string): Promise<unknown> {
  const path = ['.js', '.mjs', '.cjs'].map((extension) => join(taskRoot, relative + extension)).find(existsSync);
  if (path === undefined) {
    throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${relative}' in ${taskRoot}`);
  }
  try {
    if (path.endsWith('.mjs') || (path.endsWith('.js') && isModuleFolder(dirname(path), taskRoot))) {
      return (await import(pathToFileURL(path).href)) as unknown;
    }
    return createRequire(path)(path) as unknown;
  } catch (cause) {
    if (cause instanceof SyntaxError) {
      throw new RuntimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${cause.message}`, { cause });
    }
    const code = (cause as { readonly code?: unknown } | null)?.code;
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', `Error: ${(cause as Error).message}`, { cause });
    }
    throw cause;
  }
}

/** Whether the nearest package.json of the code says that a `.js` is an ECMAScript module. */
function isModuleFolder(folder: string, taskRoot: string): boolean {
  const file = join(folder, 'package.json');
  if (existsSync(file)) {
    return (JSON.parse(readFileSync(file, 'utf8')) as { readonly type?: unknown }).type === 'module';
  }
  return folder !== taskRoot && isModuleFolder(dirname(folder), taskRoot);
}

function findExport(loaded: unknown, path: string): unknown {
  const direct = walk(loaded, path);
  // A CommonJS module that was imported has its exports under `default`.
  return direct === undefined ? walk((loaded as { readonly default?: unknown } | null)?.default, path) : direct;
}

function walk(value: unknown, path: string): unknown {
  let current = value;
  for (const name of path.split('.')) {
    if (current === null || current === undefined) return undefined;
    current = (current as Readonly<Record<string, unknown>>)[name];
  }
  return current;
}
