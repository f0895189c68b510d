import { AwsError } from '../../errors.ts';

/** Names so that each comes after all that it depends on. Throws `ValidationError` naming those that depend on each other in a circle. */
export function orderByDependency(dependencies: ReadonlyMap<string, readonly string[]>): string[] {
  const missing = new Map([...dependencies].map(([name, needs]) => [name, needs.length]));
  const dependents = reverseDependencies(dependencies);
  const ordered = [...missing].filter(([, count]) => count === 0).map(([name]) => name);
  for (const name of ordered) {
    for (const dependent of dependents.get(name) ?? []) {
      const count = (missing.get(dependent) ?? 0) - 1;
      missing.set(dependent, count);
      if (count === 0) ordered.push(dependent);
    }
  }
  if (ordered.length < missing.size) {
    const circle = [...missing].filter(([, count]) => count > 0).map(([name]) => name);
    throw new AwsError('ValidationError', `Circular dependency between resources: [${circle.join(', ')}]`);
  }
  return ordered;
}

/** The same graph with every arrow turned: what is needed waits for those who need it. */
export function reverseDependencies(dependencies: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const reversed = new Map<string, string[]>([...dependencies.keys()].map((name) => [name, []]));
  for (const [name, needs] of dependencies) for (const need of needs) reversed.get(need)?.push(name);
  return reversed;
}
