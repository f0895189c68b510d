export interface SavedOperation {
  readonly name: string;
  readonly query: string;
  /** As typed. */
  readonly variables: string;
}

/** To begin with, and always there. */
export const examples: readonly SavedOperation[] = [
  {
    name: 'Active tenants',
    query: `query ActiveTenants {
  tenants(filter: { status: ACTIVE }, first: 20) {
    edges {
      node {
        id
        name
        slug
        tier
      }
    }
  }
}`,
    variables: '',
  },
  {
    name: 'What was done last',
    query: `query LastActions($first: Int) {
  auditLog(first: $first) {
    edges {
      node {
        at
        actorEmail
        action
        tenantId
      }
    }
  }
}`,
    variables: '{ "first": 10 }',
  },
  {
    name: 'Tenants as they change (live)',
    query: `subscription TenantsLive {
  onTenantChanged {
    id
    name
    status
    tier
  }
}`,
    variables: '',
  },
];

const kept = 'cotenant.console.operations';

export function readSaved(): SavedOperation[] {
  const text = localStorage.getItem(kept);
  return text === null ? [] : (JSON.parse(text) as SavedOperation[]);
}

/** Keeps it in this browser; one of the same name is replaced. Answers all. */
export function keep(operation: SavedOperation): SavedOperation[] {
  return write([...readSaved().filter(({ name }) => name !== operation.name), operation]);
}

export function forget(forgotten: string): SavedOperation[] {
  return write(readSaved().filter(({ name }) => name !== forgotten));
}

function write(operations: SavedOperation[]): SavedOperation[] {
  localStorage.setItem(kept, JSON.stringify(operations));
  return operations;
}
