import { readFile } from 'node:fs/promises';
import type { Objects } from '../service.ts';
import { publishAsset } from './assembly/publish-asset.ts';
import { readAssembly } from './assembly/read-assembly.ts';
import type { StackEvent } from './engine/model.ts';
import { runInOrder } from './engine/run-in-order.ts';
import type { StackEngine } from './stack-engine.ts';

export interface DeployAssemblyRequest {
  /** What `cdk synth` has written: `cdk.out`. */
  readonly folder: string;
  /** Names of stacks to deploy; all unless said. */
  readonly stacks?: readonly string[];
  /** Parameters by stack. */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly engine: StackEngine;
  readonly objects: Objects;
  readonly onEvent?: (event: StackEvent) => void;
}

/**
 * Publishes a cloud assembly's assets and deploys its stacks, each after those that it depends on. Answers the outputs
 * by stack. Throws StackFailed for the first stack that fails.
 */
export async function deployAssembly(request: DeployAssemblyRequest): Promise<Record<string, Record<string, string>>> {
  const { folder, stacks: wanted, parameters = {}, engine, objects, onEvent } = request;
  const assembly = await readAssembly(folder);
  const stacks = new Map(
    assembly.stacks
      .filter(({ stackName }) => wanted?.includes(stackName) ?? true)
      .map((stack) => [stack.stackName, stack]),
  );
  const missing = [...(wanted ?? []), ...Object.keys(parameters)].filter((name) => !stacks.has(name));
  if (missing.length > 0)
    throw new Error(
      `The assembly in ${folder} has no stack ${missing.join(', ')}: it has ${[...stacks.keys()].join(', ')}`,
    );
  await Promise.all(assembly.assets.map((asset) => publishAsset(asset, engine.environment, objects)));

  const outputs: Record<string, Record<string, string>> = {};
  const stopListening = onEvent ? engine.onEvent(onEvent) : (): void => undefined;
  try {
    const failures = await runInOrder({
      dependencies: new Map(
        [...stacks].map(([name, { dependencies }]) => [name, dependencies.filter((other) => stacks.has(other))]),
      ),
      limit: 4,
      signal: new AbortController().signal,
      run: async (name) => {
        const stack = stacks.get(name) as NonNullable<ReturnType<typeof stacks.get>>;
        const deployed = await engine.deploy({
          name,
          template: await readFile(stack.template, 'utf8'),
          parameters: { ...stack.parameters, ...parameters[name] },
          tags: stack.tags,
          terminationProtection: stack.terminationProtection,
        });
        outputs[name] = { ...deployed.outputs };
      },
    });
    if (failures.length > 0) throw failures[0];
  } finally {
    stopListening();
  }
  return outputs;
}
