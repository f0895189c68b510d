import { globalValues, staticMembers } from '../builtins.ts';
import { memberName } from '../members.ts';
import type { Reference } from '../names.ts';
import type { Report } from '../report.ts';

/**
 * Names that the code does not declare are those of the environment, of which there are few.
 * https://docs.aws.amazon.com/appsync/latest/devguide/supported-features.html#built-in-objects-functions
 */
export function checkGlobals(references: readonly Reference[], report: Report): void {
  for (const { identifier, binding, ancestors } of references) {
    const { name } = identifier;
    if (name === 'arguments') {
      report.add('global', identifier, 'arguments is not supported by APPSYNC_JS (use a rest parameter)');
      continue;
    }
    if (binding || globalValues.has(name)) continue;
    const members = Object.hasOwn(staticMembers, name) ? staticMembers[name] : undefined;
    if (!members) {
      report.add('global', identifier, `${name} does not exist in APPSYNC_JS`);
      continue;
    }
    const parent = ancestors.at(-2);
    const member = parent?.type === 'MemberExpression' && parent.object === identifier ? memberName(parent) : undefined;
    if (member === undefined || !members.includes(member)) {
      const wanted = members.map((each) => `${name}.${each}`).join(', ');
      const got = member === undefined ? name : `${name}.${member}`;
      report.add('static-member', identifier, `${got} is not supported by APPSYNC_JS; there are ${wanted}`);
    }
  }
}
