import { CreateGroupCommand, GroupExistsException } from '@aws-sdk/client-cognito-identity-provider';
import { type Step, userPoolOf } from '../onboarding.ts';

/** The tenant's group in its pool of users, named by the tenant's id. */
export const createGroup: Step = async ({ tenant }, { cognito }) => {
  try {
    await cognito.send(
      new CreateGroupCommand({
        UserPoolId: userPoolOf(tenant),
        GroupName: tenant.tenantId,
        Description: `Users of ${tenant.slug}`,
      }),
    );
  } catch (error) {
    // An earlier run made it: only onboarding makes groups with this id.
    if (!(error instanceof GroupExistsException)) throw error;
  }
  return [];
};
