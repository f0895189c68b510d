export { checkCode, parseModule } from './check-code.ts';
export { maximumCodeBytes } from './builtins.ts';
export type { LanguageError, LanguageRule } from './language-error.ts';
export { memberName, memberPath } from './members.ts';
export { patternNames, resolveNames } from './names.ts';
