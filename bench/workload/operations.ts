import type { Ready, Verdict } from '../load/cycle.ts';
import type { Versions } from './versions.ts';

type Step = Omit<Ready, 'headers'>;

interface Answer {
  readonly data?: {
    readonly product?: Told | null;
    readonly products?: { readonly edges: readonly object[] };
    readonly updateProduct?: { readonly product: Told | null; readonly userErrors: readonly UserError[] };
    readonly createOrder?: { readonly order: object | null; readonly userErrors: readonly UserError[] };
  } | null;
  readonly errors?: readonly object[];
}

interface Told {
  readonly id: string;
  readonly version: number;
  readonly price: number;
}

interface UserError {
  readonly code: string;
}

/** Products of a page, of which each tenant has more. */
const pageSize = 20;

/** A read is as new as what was known when it was sent: reads are consistent. */
export function readStep({ id }: { readonly id: string }, versions: Versions): Step {
  const query = 'query Read($id: ID!) { product(id: $id) { id version price } }';
  const atLeast = versions.of(id);
  return step(query, { id }, ({ product }) => {
    if (product?.id !== id || product.version < atLeast) return undefined;
    versions.tell(id, product.version);
    return 'good';
  });
}

/** From the version that is known. Another update may have been quicker, and then the answer has a newer one. */
export function updateStep({ id, price }: { readonly id: string; readonly price: number }, versions: Versions): Step {
  const query =
    'mutation Update($input: UpdateProductInput!) { updateProduct(input: $input) { product { id version price } userErrors { code } } }';
  const expectedVersion = versions.of(id);
  return step(query, { input: { id, expectedVersion, price } }, ({ updateProduct }) => {
    const { product, userErrors = [] } = updateProduct ?? {};
    if (product?.id !== id) return undefined;
    versions.tell(id, product.version);
    if (userErrors.length === 0)
      return product.version === expectedVersion + 1 && product.price === price ? 'good' : undefined;
    return isConflict(userErrors, 'VERSION_CONFLICT') && product.version > expectedVersion ? 'conflict' : undefined;
  });
}

export function listStep(): Step {
  const query = `query List { products(first: ${pageSize}) { edges { node { id sku name price stock } } pageInfo { hasNextPage } } }`;
  return step(query, {}, ({ products }) => (products?.edges.length === pageSize ? 'good' : undefined));
}

/** The price may change between the order's read and its write; it is not placed then. */
export function orderStep({ id }: { readonly id: string }): Step {
  const query =
    'mutation Order($input: CreateOrderInput!) { createOrder(input: $input) { order { id number status total } userErrors { code } } }';
  return step(query, { input: { lines: [{ productId: id, quantity: 1 }] } }, ({ createOrder }) => {
    const { order, userErrors = [] } = createOrder ?? {};
    if (order) return userErrors.length === 0 ? 'good' : undefined;
    return isConflict(userErrors, 'PRODUCT_CHANGED') ? 'conflict' : undefined;
  });
}

const isConflict = (userErrors: readonly UserError[], code: string): boolean =>
  userErrors.length === 1 && userErrors[0]?.code === code;

function step(
  query: string,
  variables: object,
  judgeData: (data: NonNullable<Answer['data']>) => Verdict | undefined,
): Step {
  return {
    body: JSON.stringify({ query, variables }),
    judge: (status, body) => {
      const wrong = { wrong: `answered ${status} ${body.slice(0, 300)} to ${JSON.stringify(variables)}` };
      if (status !== 200) return wrong;
      const { data, errors } = JSON.parse(body) as Answer;
      return errors || !data ? wrong : judgeData(data) ?? wrong;
    },
  };
}
