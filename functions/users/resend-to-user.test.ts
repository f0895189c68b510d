import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Services } from './services.ts';
import { codes, startUsersScene, type UsersScene } from './testing/users-scene.ts';

let scene: UsersScene;
beforeAll(async () => {
  scene = await startUsersScene();
});
afterAll(() => scene.stop());
beforeEach(() => scene.nextTenant());

const mailsTo = (address: string) => scene.cognito.mails.filter(({ to }) => to === address);
const resend = (id: string) => scene.asAdmin('resendInvitation', { id });

test('mails another temporary password', async () => {
  const { id, email } = await scene.member('TENANT_USER', { signedIn: false });
  const { user, userErrors } = await resend(id);
  expect(userErrors).toEqual([]);
  expect(user).toMatchObject({ id, email, status: 'INVITED' });
  expect(user).not.toHaveProperty('invitedAt');
  const [first, second, ...more] = mailsTo(email);
  expect(more).toEqual([]);
  expect(second?.text).not.toBe(first?.text);
});

test('once a minute, and once for two calls at the same moment', async () => {
  const { id, email } = await scene.member('TENANT_USER', { signedIn: false });
  const by = bothReadFirst();
  const together = await Promise.all([0, 1].map(() => scene.asAdmin('resendInvitation', { id }, {}, by)));
  expect(together.map(codes).sort()).toEqual([[], ['INVALID_STATE']]);
  scene.now = new Date(Date.now() + 59_000);
  expect(codes(await resend(id))).toEqual(['INVALID_STATE']);
  scene.now = new Date(Date.now() + 61_000);
  expect(codes(await resend(id))).toEqual([]);
  expect(mailsTo(email)).toHaveLength(3);
});

test('to nobody who has a password, is disabled or is being moved', async () => {
  const active = await scene.member('TENANT_USER');
  expect(codes(await resend(active.id))).toEqual(['INVALID_STATE']);
  // Chosen, and no token fetched yet: only Cognito knows of it.
  const { id, email } = await scene.member('TENANT_USER', { signedIn: false });
  await scene.choosePassword(id);
  expect(codes(await resend(id))).toEqual(['INVALID_STATE']);
  const disabled = await scene.member('TENANT_USER', { signedIn: false });
  await scene.asAdmin('disableUser', { id: disabled.id });
  expect(codes(await resend(disabled.id))).toEqual(['INVALID_STATE']);
  const moving = await scene.member('TENANT_USER', { signedIn: false });
  await scene.setMove('RUNNING');
  expect(codes(await resend(moving.id))).toEqual(['INVALID_STATE']);
  for (const address of [active.email, email, disabled.email, moving.email]) expect(mailsTo(address)).toHaveLength(1);
});

test('by an operator, with an entry in the audit log', async () => {
  const { id, email } = await scene.member('TENANT_USER', { signedIn: false });
  const { user } = await scene.asOperator('resendTenantUserInvitation', { id });
  expect(user).toMatchObject({ id, email });
  expect(mailsTo(email)).toHaveLength(2);
  expect(await scene.audited()).toMatchObject([{ action: 'resendTenantUserInvitation', actor: 'op' }]);
  expect(codes(await scene.asOperator('resendTenantUserInvitation', { id: 'nobody' }))).toEqual(['NOT_FOUND']);
});

/** Neither of two callers writes before both have read. */
function bothReadFirst(): Services {
  const { documents } = scene.services;
  const send = documents.send.bind(documents);
  let writers = 0;
  let letThrough = (): void => undefined;
  const bothHaveRead = new Promise<void>((resolve) => (letThrough = resolve));
  const waiting = async (command: object) => {
    if (command.constructor.name === 'TransactWriteCommand') {
      writers += 1;
      if (writers === 2) letThrough();
      await bothHaveRead;
    }
    return send(command as never);
  };
  return { ...scene.services, documents: { send: waiting } as Services['documents'] };
}
