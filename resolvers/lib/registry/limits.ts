import type { TenantLimitsInput } from '../../../generated/control-plane.ts';
import { userError, type UserError } from '../userError.ts';
import { checkInteger } from '../validation.ts';

/** One gate item takes about a thousand writes a second, so no tenant can be promised more. */
const mostPerSecond = 1000;
const mostBurst = 10000;
const mostPerDay = 86400000;
const mostPerMonth = 2000000000;

/** Everything that is wrong with limits, at once. */
export function checkLimits(limits: TenantLimitsInput): (UserError<'INVALID_INPUT'> | null)[] {
  const { requestsPerSecond, burst, requestsPerDay, requestsPerMonth } = limits;
  return [
    checkInteger('limits.requestsPerSecond', requestsPerSecond, { least: 1, most: mostPerSecond }),
    checkInteger('limits.burst', burst, { least: 1, most: mostBurst }),
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
