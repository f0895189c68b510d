import { getHeapStatistics } from 'node:v8';

/** Megabytes that this worker's heap and buffers take. */
export function measureMemory(): number {
  const { used_heap_size: heap, external_memory: buffers } = getHeapStatistics();
  return Math.ceil((heap + buffers) / 1024 / 1024);
}
