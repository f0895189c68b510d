import type { TenantLimitsInput } from '../../../generated/control-plane.ts';
import { largestBurst, mostRequestsPerSecond } from '../../../schema/gate.ts';
import { userError, type UserError } from '../userError.ts';
import { checkInteger } from '../validation.ts';

const mostPerDay = 86400000;
const mostPerMonth = 2000000000;

/** Everything that is wrong with limits, at once. */
export function checkLimits(limits: TenantLimitsInput): (UserError<'INVALID_INPUT'> | null)[] {
  const { requestsPerSecond, burst, requestsPerDay, requestsPerMonth } = limits;
  return [
    checkInteger('limits.requestsPerSecond', requestsPerSecond, { least: 1, most: mostRequestsPerSecond }),
    checkInteger('limits.burst', burst, { least: 1, most: largestBurst }),
    checkInteger('limits.requestsPerDay', requestsPerDay, { least: 1, most: mostPerDay }),
    checkInteger('limits.requestsPerMonth', requestsPerMonth, { least: 1, most: mostPerMonth }),
    requestsPerMonth < requestsPerDay ? dayBeyondMonth : null,
  ];
}

const dayBeyondMonth = userError(
  'INVALID_INPUT',
  'limits.requestsPerMonth',
  'limits.requestsPerMonth is less than requestsPerDay, expected at least as much',
);
