/** A guard, taken out: what `find` says in a file is replaced. The named groups of the proof have to notice. */
export interface Guard {
  readonly name: string;
  readonly file: string;
  /** Occurs once in the file, so that a guard that moved is noticed too. */
  readonly find: string;
  readonly replacement: string;
  readonly noticedBy: readonly string[];
}

/**
 * The guards that the proof stands on, one by one. That the gate stands before every field is for synth to notice, which refuses a
 * template without it (infra/constructs/require-guards.ts). Where two guards do the same (the system's own mutations are denied to each role and
 * open to IAM only), taking one out changes nothing that could be noticed.
 */
export const guards: readonly Guard[] = [
  {
    name: 'the tenant in the key of its data',
    file: 'resolvers/lib/tenantKey.ts',
    find: 'return `${caller(ctx).tenantId}#${shard}`;',
    replacement: 'return `${caller(ctx).role}#${shard}`;',
    noticedBy: ['ids', 'lists'],
  },
  {
    name: 'the cursor’s owner and query',
    file: 'resolvers/lib/cursor.ts',
    find: 'if (content.owner !== list.owner || content.query !== list.query)',
    replacement: 'if (content.owner === "")',
    noticedBy: ['lists'],
  },
  {
    name: 'the gate’s condition on rate',
    file: 'resolvers/lib/gate/admission.ts',
    find: ' AND ${admitted}',
    replacement: '',
    noticedBy: ['standing'],
  },
  {
    name: 'the gate’s condition on suspension',
    file: 'resolvers/lib/gate/admission.ts',
    find: '#status = :active AND #stack',
    replacement: '#status <> :now AND :active <> :now AND #stack',
    noticedBy: ['standing'],
  },
  {
    name: 'the gate’s condition on disabled users',
    file: 'resolvers/lib/gate/admission.ts',
    find: 'NOT contains(blockedUsers, :user)',
    replacement: 'NOT contains(blockedUsers, :active) AND :user <> :active',
    noticedBy: ['standing'],
  },
  {
    name: 'the signature of a token',
    file: 'functions/authorizer/index.ts',
    find: 'verify: (token) => verifier.verify(token),',
    replacement:
      "verify: (token) => verifier.verify(token).catch(() => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())),",
    noticedBy: ['tokens'],
  },
  {
    name: 'the use of a token',
    file: 'functions/authorizer/index.ts',
    find: "tokenUse: 'access'",
    replacement: 'tokenUse: null',
    noticedBy: ['tokens'],
  },
  {
    name: 'the client of a token',
    file: 'functions/authorizer/index.ts',
    find: 'clientId: USER_POOL_CLIENT_ID,',
    replacement: 'clientId: null,',
    noticedBy: ['tokens'],
  },
  {
    name: 'denied fields of a tenant’s user',
    file: 'functions/authorizer/authorize.ts',
    find: 'deniedFields: deniedFields(applicationPermissions, role, tier)',
    replacement: 'deniedFields: deniedFields({}, role, tier)',
    noticedBy: ['roles'],
  },
  {
    name: 'denied fields of an operator',
    file: 'functions/operator-authorizer/authorize-operator.ts',
    find: 'deniedFields: deniedFields(controlPlanePermissions, role)',
    replacement: 'deniedFields: deniedFields({}, role)',
    noticedBy: ['roles'],
  },
  {
    name: 'a row of the table of permissions',
    file: 'schema/permissions.ts',
    find: "'Mutation.suspendTenant': systemAdmin",
    replacement: "'Mutation.suspendTenant': operators",
    noticedBy: ['roles'],
  },
  {
    name: 'the tenant filter of a subscription',
    file: 'resolvers/lib/subscribeOwn.ts',
    find: "filters: [own, { fieldName: 'publishedAt', operator: 'lt', value: tokenExpiresAt }]",
    replacement: "filters: [{ fieldName: 'publishedAt', operator: 'lt', value: tokenExpiresAt }]",
    noticedBy: ['realtime'],
  },
  {
    name: 'the limit of resolvers a request',
    file: 'infra/constructs/plane-api.ts',
    find: 'resolverCountLimit: 100',
    replacement: 'resolverCountLimit: 10000',
    noticedBy: ['limits'],
  },
  {
    name: 'the Host header of the local cloud',
    file: 'infra/local/front-door/index.ts',
    find: '    requireLocalHost(request);\n',
    replacement: '    void requireLocalHost;\n',
    noticedBy: ['doors'],
  },
];
