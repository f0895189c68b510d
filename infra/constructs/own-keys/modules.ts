/** Where keys are made, and where requests are: the one takes the caller's tenant, the other takes keys of the one. */
export const keyModule = 'resolvers/lib/tenantKey.ts';
export const requestModule = 'resolvers/lib/dynamodb.ts';
/** Who else passes the caller on as the authorizer found it. */
export const identityModules = [keyModule, 'resolvers/lib/people/invokeUsers.ts'];
