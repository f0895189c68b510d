import { settle, type Step } from './apply-resource.ts';
import { creationToken } from './context.ts';

/**
 * The write before the step may be lost in a crash without harm: the operation itself is durable, and the token that
 * derives from it makes the provider find what it made.
 */
export async function createResource(step: Step): Promise<void> {
  const { context, stack, operation, wanted } = step;
  const change = { operationId: operation.id, kind: 'create', settled: false } as const;
  const begun = context.setResource(stack, { ...wanted, attributes: {}, status: 'CREATE_IN_PROGRESS', change });
  // It is awaited below; a failed creation writes again, and says so if that is not possible.
  begun.catch(() => undefined);
  const { physicalId, attributes } = await settle(step, 'CREATE_FAILED', { attributes: {}, change }, () =>
    context.provider(wanted.type).create({
      ...context.scope(stack, wanted.logicalId),
      token: creationToken(operation, wanted.logicalId),
      properties: wanted.properties,
    }),
  );
  const done = {
    ...wanted,
    physicalId,
    attributes,
    status: 'CREATE_COMPLETE',
    change: { ...change, settled: true },
  } as const;
  await Promise.all([begun, context.setResource(stack, done)]);
}
