/**
 * Everything that exists in APPSYNC_JS.
 * https://docs.aws.amazon.com/appsync/latest/devguide/supported-features.html
 */

/** Members of the built-in namespaces; a namespace is no value of its own. */
export const staticMembers: Readonly<Record<string, readonly string[]>> = {
  Object: ['assign', 'entries', 'hasOwn', 'keys', 'values'],
  String: ['raw'],
  Number: ['isFinite', 'isNaN'],
  Math: ['random', 'min', 'max', 'round', 'floor', 'ceil'],
  JSON: ['parse', 'stringify'],
  console: ['log', 'error'],
};

/** Globals that are values and can be passed about. */
export const globalValues: ReadonlySet<string> = new Set([
  'undefined',
  'NaN',
  'Infinity',
  'util',
  'extensions',
  'runtime',
]);

/** What may be imported, and from where. `undefined` in place of names: the module cannot be used here. */
export const modules: Readonly<Record<string, readonly string[] | undefined>> = {
  '@aws-appsync/utils': ['util', 'extensions', 'runtime'],
  '@aws-appsync/utils/dynamodb': [
    'get',
    'put',
    'update',
    'remove',
    'query',
    'scan',
    'sync',
    'batchGet',
    'batchPut',
    'batchDelete',
    'transactGet',
    'transactWrite',
    'toStringSet',
    'toNumberSet',
    'toBinarySet',
    'operations',
  ],
  '@aws-appsync/utils/rds': undefined,
  '@aws-appsync/utils/ai': undefined,
};

export const stringMethods: readonly string[] = [
  'charAt',
  'concat',
  'endsWith',
  'indexOf',
  'lastIndexOf',
  'replace',
  'replaceAll',
  'slice',
  'split',
  'startsWith',
  'toLowerCase',
  'toUpperCase',
  'trim',
  'trimEnd',
  'trimStart',
];

/** Array methods that take a function: the only calls that a function may be passed to. */
export const callbackMethods: readonly string[] = [
  'every',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flatMap',
  'forEach',
  'map',
  'reduce',
  'reduceRight',
  'some',
];

export const arrayMethods: readonly string[] = [
  ...callbackMethods,
  'concat',
  'fill',
  'flat',
  'indexOf',
  'join',
  'lastIndexOf',
  'pop',
  'push',
  'reverse',
  'shift',
  'slice',
  'sort',
  'splice',
  'unshift',
];

/** Methods that JavaScript has and APPSYNC_JS has not: a call of one fails at run time on AWS. */
export const missingMethods: ReadonlySet<string> = new Set([
  // Array
  ...['at', 'copyWithin', 'entries', 'includes', 'keys', 'values'],
  ...['toLocaleString', 'toReversed', 'toSorted', 'toSpliced', 'toString', 'with', 'group', 'groupToMap'],
  // String
  ...['anchor', 'big', 'blink', 'bold', 'fixed', 'fontcolor', 'fontsize', 'italics', 'link', 'small', 'strike'],
  ...['charCodeAt', 'codePointAt', 'isWellFormed', 'localeCompare', 'match', 'matchAll', 'normalize', 'padEnd'],
  ...['padStart', 'repeat', 'search', 'sub', 'substr', 'substring', 'sup', 'toLocaleLowerCase', 'toLocaleUpperCase'],
  ...['toWellFormed', 'trimLeft', 'trimRight'],
  // Number
  ...['toExponential', 'toFixed', 'toPrecision'],
  // Object
  ...['hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable', 'valueOf'],
  // Function
  ...['apply', 'bind', 'call'],
  // RegExp and Promise
  ...['exec', 'then', 'catch', 'finally'],
]);

/** Doors from a value to the machinery behind it. APPSYNC_JS has none of them. */
export const prototypeMembers: ReadonlySet<string> = new Set([
  'constructor',
  'prototype',
  '__proto__',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
  'callee',
  'caller',
]);

/** "Code size limits": an evaluated resolver or function is at most this many bytes. */
export const maximumCodeBytes = 32_768;
