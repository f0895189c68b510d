import type { RegisterTenantInput, UserErrorCode } from '../../generated/control-plane.ts';
import { checkEmail, checkText, problems, tidy, tidyEmail } from '../layer/input-checks.ts';
import type { UserError } from '../layer/user-error.ts';
import { checkSlug } from './slug.ts';

const nameLength = { shortest: 1, longest: 100 };
const tokenLength = { shortest: 8, longest: 64 };

/** The input as it is kept: without spaces around names, the address in lower case. */
export function tidyRegistration(input: RegisterTenantInput): RegisterTenantInput {
  return {
    clientToken: input.clientToken,
    companyName: tidy(input.companyName),
    slug: input.slug.trim(),
    adminEmail: tidyEmail(input.adminEmail),
    adminName: tidy(input.adminName),
    tier: input.tier,
  };
}

/** Everything that is wrong with a (tidy) input, at once. */
export function checkRegistration(input: RegisterTenantInput): UserError<UserErrorCode>[] {
  return problems<UserErrorCode>(
    checkText('clientToken', input.clientToken, tokenLength),
    checkText('companyName', input.companyName, nameLength),
    checkSlug(input.slug),
    checkEmail('adminEmail', input.adminEmail),
    checkText('adminName', input.adminName, nameLength),
  );
}
