import { randomUUID } from 'node:crypto';
import {
  type AttributeType,
  type CognitoIdentityProviderClient,
  GroupExistsException,
  ResourceNotFoundException,
  UsernameExistsException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';

export interface FakeUser {
  readonly id: string;
  readonly email: string;
  attributes: AttributeType[];
  enabled: boolean;
  status: string;
  readonly groups: Set<string>;
  /** Mails with a temporary password that were sent. */
  invitations: number;
  signedOut: number;
}

export interface FakeCognito {
  /** Give it to code that takes the SDK's client. */
  readonly client: CognitoIdentityProviderClient;
  readonly users: Map<string, FakeUser>;
  readonly groups: Set<string>;
  /** Names of the operations that were called. */
  readonly calls: string[];
  /** Called before each operation, with its name; may throw. */
  beforeCall: (operation: string) => void;
  /** Called when a user is there and its invitation is about to be mailed; may throw. */
  beforeMail: () => void;
}

type Input = Readonly<Record<string, never>> & {
  readonly Username: string;
  readonly GroupName: string;
  readonly Limit?: number;
  readonly MessageAction?: 'RESEND' | 'SUPPRESS';
  readonly UserAttributes: AttributeType[];
};

/** One pool of users in memory, for what our functions ask of Cognito. */
export function createFakeCognito(): FakeCognito {
  const users = new Map<string, FakeUser>();
  const groups = new Set<string>();
  const $metadata = {};

  const find = (username: string): FakeUser => {
    const user = users.get(username) ?? [...users.values()].find(({ email }) => email === username);
    if (!user) throw new UserNotFoundException({ message: 'User does not exist.', $metadata });
    return user;
  };
  const requireGroup = (name: string): void => {
    if (!groups.has(name)) throw new ResourceNotFoundException({ message: 'Group not found.', $metadata });
  };
  const mail = (user: FakeUser): void => {
    fake.beforeMail();
    user.invitations += 1;
  };
  const describe = (user: FakeUser) => ({
    Username: user.id,
    Enabled: user.enabled,
    UserStatus: user.status,
    UserCreateDate: new Date(0),
    UserLastModifiedDate: new Date(0),
  });

  const operations: Record<string, (input: Input) => object> = {
    CreateGroup: ({ GroupName }) => {
      if (groups.has(GroupName)) throw new GroupExistsException({ message: 'A group already exists.', $metadata });
      groups.add(GroupName);
      return {};
    },
    AdminCreateUser: ({ Username: email, UserAttributes, MessageAction }) => {
      if (MessageAction === 'RESEND') {
        const invited = find(email);
        mail(invited);
        return { User: { ...describe(invited), Attributes: invited.attributes } };
      }
      if ([...users.values()].some((user) => user.email === email)) {
        throw new UsernameExistsException({ message: 'User account already exists', $metadata });
      }
      const id = randomUUID();
      const attributes = [...UserAttributes, { Name: 'sub', Value: id }];
      const status = 'FORCE_CHANGE_PASSWORD';
      const user = {
        id,
        email,
        attributes,
        enabled: true,
        status,
        groups: new Set<string>(),
        invitations: 0,
        signedOut: 0,
      };
      users.set(id, user);
      if (MessageAction !== 'SUPPRESS') mail(user);
      return { User: { ...describe(user), Attributes: attributes } };
    },
    AdminGetUser: ({ Username }) => {
      const user = find(Username);
      return { ...describe(user), UserAttributes: user.attributes };
    },
    AdminAddUserToGroup: ({ Username, GroupName }) => {
      find(Username).groups.add(GroupName);
      return {};
    },
    AdminRemoveUserFromGroup: ({ Username, GroupName }) => {
      find(Username).groups.delete(GroupName);
      return {};
    },
    AdminListGroupsForUser: ({ Username }) => ({
      Groups: [...find(Username).groups].map((GroupName) => ({ GroupName })),
    }),
    ListUsersInGroup: ({ GroupName, Limit }) => {
      requireGroup(GroupName);
      return {
        Users: [...users.values()]
          .filter((user) => user.groups.has(GroupName))
          .slice(0, Limit ?? 60)
          .map((user) => ({ ...describe(user), Attributes: user.attributes })),
      };
    },
    AdminDeleteUser: ({ Username }) => {
      users.delete(find(Username).id);
      return {};
    },
    DeleteGroup: ({ GroupName }) => {
      requireGroup(GroupName);
      groups.delete(GroupName);
      for (const user of users.values()) user.groups.delete(GroupName);
      return {};
    },
    AdminDisableUser: ({ Username }) => {
      find(Username).enabled = false;
      return {};
    },
    AdminEnableUser: ({ Username }) => {
      find(Username).enabled = true;
      return {};
    },
    AdminUserGlobalSignOut: ({ Username }) => {
      find(Username).signedOut += 1;
      return {};
    },
    AdminUpdateUserAttributes: ({ Username, UserAttributes }) => {
      const user = find(Username);
      const changed = new Set(UserAttributes.map(({ Name }) => Name));
      user.attributes = [...user.attributes.filter(({ Name }) => !changed.has(Name)), ...UserAttributes];
      return {};
    },
  };

  const fake: FakeCognito = {
    users,
    groups,
    calls: [],
    beforeCall: () => undefined,
    beforeMail: () => undefined,
    client: {
      send: async (command: { readonly input: Input }) => {
        const name = command.constructor.name.replace(/Command$/, '');
        fake.calls.push(name);
        fake.beforeCall(name);
        const operation = operations[name];
        if (!operation) throw new Error(`The fake Cognito does not know ${name}`);
        return operation(command.input);
      },
    } as unknown as CognitoIdentityProviderClient,
  };
  return fake;
}
