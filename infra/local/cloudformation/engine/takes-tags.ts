import type { ResourceProvider } from '../../service.ts';

/** Whether a stack's tags reach resources of this type. */
export function takesTags({ properties }: Pick<ResourceProvider, 'properties'>): boolean {
  return properties.some((name) => /^(Tags|[A-Za-z]+Tags)$/.test(name));
}
