import type { SavedOperation } from './saved.ts';
import type { Target } from './target.ts';

/** To begin with, and always there: those of the API that is asked. */
export const examples: Readonly<Record<Target['api'], readonly [SavedOperation, ...SavedOperation[]]>> = {
  controlPlane: [
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
  ],
  application: [
    {
      name: 'Who am I',
      query: `query WhoAmI {
  me {
    name
    role
  }
  tenant {
    name
    tier
    usage {
      today
      thisMonth
    }
  }
}`,
      variables: '',
    },
    {
      name: 'Products',
      query: `query Products($first: Int) {
  products(first: $first) {
    edges {
      node {
        id
        name
        price
        stock
      }
    }
  }
}`,
      variables: '{ "first": 10 }',
    },
    {
      name: 'Products as they change (live)',
      query: `subscription ProductsLive {
  onProductChanged {
    type
    product {
      name
      price
      stock
    }
  }
}`,
      variables: '',
    },
    {
      name: 'Create a product',
      query: `mutation CreateProduct($input: CreateProductInput!) {
  createProduct(input: $input) {
    product {
      id
      name
    }
    userErrors {
      code
      field
      message
    }
  }
}`,
      variables: '{ "input": { "sku": "LAMP-1", "name": "Lamp", "category": "Light", "price": 1999, "stock": 10 } }',
    },
  ],
};
