import { AwsError } from '../errors.ts';
import type { Clock, State } from '../service.ts';

export interface LogGroup {
  readonly name: string;
  readonly createdAt: number;
  readonly retentionInDays?: number | undefined;
  /** The creation it comes from, where CloudFormation made it. */
  readonly token?: string | undefined;
}

/** The groups that there are: those that somebody made, and those that a service began to write to. */
export interface LogGroups {
  has(name: string): boolean;
  /** Sorted by name. */
  startingWith(prefix: string): readonly LogGroup[];
  /** @throws AwsError ResourceAlreadyExistsException, but for the creation that made it */
  create(group: Omit<LogGroup, 'createdAt'>): Promise<void>;
  change(name: string, change: Pick<LogGroup, 'retentionInDays'>): Promise<void>;
  delete(name: string): Promise<void>;
}

export function createLogGroups(state: State, clock: Clock): LogGroups {
  const groups = state.collection<LogGroup>('logs/groups');
  return {
    has: (name) => groups.has(name),
    startingWith: (prefix) =>
      [...groups.values()]
        .filter(({ name }) => name.startsWith(prefix))
        .sort((left, right) => (left.name < right.name ? -1 : 1)),
    async create(group) {
      const existing = groups.get(group.name);
      if (existing && group.token !== undefined && existing.token === group.token) return;
      if (existing) throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
      await groups.put(group.name, { ...group, createdAt: clock.now() });
    },
    async change(name, change) {
      const existing = groups.get(name);
      await groups.put(name, { ...(existing ?? { name, createdAt: clock.now() }), ...change });
    },
    delete: (name) => groups.delete(name),
  };
}
