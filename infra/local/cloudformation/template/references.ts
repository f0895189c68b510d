import type { Json } from '../../service.ts';
import { requireKnownSource } from './dynamic-references.ts';
import { attributeReference, chosenBranch, intrinsicNamed, intrinsicOf, templateError } from './intrinsics.ts';
import { isList, isObject } from './model.ts';
import { namesIn } from './substitution.ts';

export interface References {
  /** Names in Ref and in Fn::Sub. */
  readonly names: Set<string>;
  /** Logical ids in Fn::GetAtt and in Fn::Sub with an attribute. */
  readonly attributeOwners: Set<string>;
  /** Arguments of Fn::ImportValue. */
  readonly imports: Json[];
}

/**
 * What a value refers to. Only the branch of an Fn::If that counts is looked at. Throws `ValidationError` for what cannot be resolved
 * later, so that it is known before anything is made: a function that is not here, a dynamic reference to a store that is not here.
 */
export function findReferences(value: Json, condition: (name: string) => boolean): References {
  const found: References = { names: new Set(), attributeOwners: new Set(), imports: [] };
  collect(value, condition, found);
  return found;
}

function collect(value: Json, condition: (name: string) => boolean, found: References): void {
  if (isList(value)) {
    for (const item of value) collect(item, condition, found);
    return;
  }
  if (typeof value === 'string') requireKnownSource(value);
  if (!isObject(value)) return;
  const call = intrinsicOf(value);
  if (call) intrinsicNamed(call.name);
  if (call?.name === 'Ref' && typeof call.argument === 'string') {
    found.names.add(call.argument);
  } else if (call?.name === 'Fn::GetAtt') {
    const [logicalId, attribute] = attributeReference(call.argument);
    found.attributeOwners.add(logicalId);
    collect(attribute, condition, found);
  } else if (call?.name === 'Fn::If') {
    collect(chosenBranch(call.argument, condition), condition, found);
  } else if (call?.name === 'Fn::Sub') {
    collectFromSub(call.argument, condition, found);
  } else {
    if (call?.name === 'Fn::ImportValue') found.imports.push(call.argument);
    else if (!call) requireNoFunction(Object.keys(value));
    for (const item of Object.values(value)) collect(item, condition, found);
  }
}

function collectFromSub(argument: Json, condition: (name: string) => boolean, found: References): void {
  const [template, names] = isList(argument) ? [argument[0], argument[1]] : [argument, undefined];
  const own = isObject(names) ? names : {};
  collect(own, condition, found);
  if (typeof template !== 'string') return;
  requireKnownSource(template);
  for (const name of namesIn(template)) {
    if (Object.hasOwn(own, name)) continue;
    const at = name.indexOf('.');
    if (at < 0) found.names.add(name);
    else found.attributeOwners.add(name.slice(0, at));
  }
}

/** A function that stands beside other members is no call of it, and would go on as it is. */
function requireNoFunction(members: readonly string[]): void {
  const name = members.find((member) => member.startsWith('Fn::'));
  if (name !== undefined) throw templateError(`${name} is not alone in its object, which has ${members.join(', ')}`);
}
