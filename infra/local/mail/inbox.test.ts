import { expect, test } from 'vitest';
import { createMemoryState } from '../state/memory.ts';
import { createInbox } from './inbox.ts';

const kept = 10_000;

test('the newest ten thousand mails are kept, those of before a restart among them', async () => {
  const state = createMemoryState();
  let time = 0;
  const clock = { now: () => (time += 1) };
  const before = createInbox(state, clock);
  const send = async (inbox: typeof before, to: string) => await inbox.add({ to, subject: 'Hello', text: 'Hello' });
  await send(before, 'first@old.example');
  await send(before, 'second@old.example');

  const after = createInbox(state, clock);
  for (let mail = 0; mail < kept - 1; mail += 1) await send(after, `${mail}@new.example`);
  const found = after.list();
  expect(found).toHaveLength(kept);
  expect(found[0]?.to).toBe(`${kept - 2}@new.example`);
  expect(found.at(-1)?.to).toBe('second@old.example');
});
