import type { Json } from '../../service.ts';
import { intrinsicOf, resolveValue, type Scope, templateError } from './intrinsics.ts';
import { isList, isObject } from './model.ts';

/** Evaluates a condition or a rule's assertion. Source: CloudFormation Template Reference, "Condition functions", "Rule functions". */
export function evaluateCondition(value: Json, scope: Scope): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  if (isObject(value)) {
    const named = value['Condition'];
    if (typeof named === 'string') return scope.condition(named);
    const call = intrinsicOf(value);
    const test = call && Object.hasOwn(tests, call.name) ? tests[call.name] : undefined;
    if (call && test) return test(call.argument, scope);
  }
  throw templateError(`${JSON.stringify(value)} is no condition`);
}

const tests: Readonly<Record<string, (argument: Json, scope: Scope) => boolean>> = {
  'Fn::Equals': (argument, scope) => {
    const [left, right] = arguments_(argument, 'Fn::Equals', 2, 2).map((item) => resolveValue(item, scope));
    return same(left, right);
  },
  'Fn::And': (argument, scope) =>
    arguments_(argument, 'Fn::And', 2, 10).every((item) => evaluateCondition(item, scope)),
  'Fn::Or': (argument, scope) => arguments_(argument, 'Fn::Or', 2, 10).some((item) => evaluateCondition(item, scope)),
  'Fn::Not': (argument, scope) =>
    !arguments_(argument, 'Fn::Not', 1, 1).every((item) => evaluateCondition(item, scope)),
  'Fn::Contains': (argument, scope) => {
    const [items, wanted] = arguments_(argument, 'Fn::Contains', 2, 2).map((item) => resolveValue(item, scope));
    return listOf(items).some((item) => same(item, wanted));
  },
  'Fn::EachMemberEquals': (argument, scope) => {
    const [items, wanted] = arguments_(argument, 'Fn::EachMemberEquals', 2, 2).map((item) => resolveValue(item, scope));
    return listOf(items).every((item) => same(item, wanted));
  },
  'Fn::EachMemberIn': (argument, scope) => {
    const [items, wanted] = arguments_(argument, 'Fn::EachMemberIn', 2, 2).map((item) => resolveValue(item, scope));
    return listOf(items).every((item) => listOf(wanted).some((candidate) => same(item, candidate)));
  },
};

/** Scalars compare by their text, as `"1"` and `1` are the same to CloudFormation. */
function same(left: Json | undefined, right: Json | undefined): boolean {
  if (typeof left === 'object' || typeof right === 'object') return JSON.stringify(left) === JSON.stringify(right);
  return String(left) === String(right);
}

function arguments_(value: Json, name: string, least: number, most: number): readonly Json[] {
  if (isList(value) && value.length >= least && value.length <= most) return value;
  throw templateError(`${name} requires a list of ${least === most ? least : `${least} to ${most}`} arguments`);
}

function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : value === undefined ? [] : [value];
}
