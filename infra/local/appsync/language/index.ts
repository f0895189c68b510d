export { checkCode, parseModule } from './check-code.ts';
export { maximumCodeBytes } from './builtins.ts';
export type { LanguageError, LanguageRule } from './language-error.ts';
export { memberName } from './members.ts';
export { resolveNames } from './names.ts';
