import type { Identity, Principal, RoleChain } from '../service.ts';

const root: Principal = { accountId: '000000000000', arn: 'arn:aws:iam::000000000000:root', userId: '000000000000' };

const sessionOf = (roleArn: string, sessionName: string): Principal => ({
  accountId: root.accountId,
  arn: `arn:aws:sts::000000000000:assumed-role/${roleArn.split('/').at(-1) ?? ''}/${sessionName}`,
  userId: `AROATEST:${sessionName}`,
  roleArn,
});

/** For suites about something else than identity: every signed request is the root user's, every role may be assumed. */
export const trustingIdentity: Identity & RoleChain = {
  authenticate: () => root,
  authorize: () => undefined,
  assumeServiceRole: (roleArn, _trusted, sessionName) => sessionOf(roleArn, sessionName),
  assumeRole: (_caller, roleArn, sessionName) => sessionOf(roleArn, sessionName),
  issueCredentials: (_principal, lifetime) => ({
    accessKeyId: 'test',
    secretAccessKey: 'test',
    sessionToken: 'test',
    expiresAt: Date.now() + lifetime,
  }),
};
