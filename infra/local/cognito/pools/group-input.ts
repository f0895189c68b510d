import { z } from 'zod';
import type { Group } from '../model.ts';
import { userPoolId } from '../operation.ts';
import { integer } from './coerce.ts';

export const groupName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u);

export const groupInput = z.object({
  UserPoolId: userPoolId,
  GroupName: groupName,
  Description: z.string().max(2048).optional(),
  Precedence: integer(0, 2 ** 31 - 1).optional(),
  RoleArn: z.string().min(20).max(2048).optional(),
});

export function buildGroup(input: z.infer<typeof groupInput>, now: number, existing?: Group): Group {
  const { Description, Precedence, RoleArn } = input;
  return {
    poolId: input.UserPoolId,
    name: input.GroupName,
    createdAt: existing?.createdAt ?? now,
    modifiedAt: now,
    ...(Description !== undefined && { description: Description }),
    ...(Precedence !== undefined && { precedence: Precedence }),
    ...(RoleArn !== undefined && { roleArn: RoleArn }),
  };
}
