import type { LimitsFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';

export const limitLabels: readonly (readonly [keyof LimitsFieldsFragment, string])[] = [
  ['requestsPerSecond', 'Requests a second'],
  ['burst', 'Burst'],
  ['requestsPerDay', 'Requests a day'],
  ['requestsPerMonth', 'Requests a month'],
];
