import { type Context, util } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import type { QueryReleasesArgs, Release } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { itemsLacking, openPage, type Page, takeItems, toConnection } from '../lib/page.ts';

type StoredRelease = Omit<Release, 'id'> & { readonly release: string };

type ReleasesContext = Context<
  QueryReleasesArgs,
  { page: Page<Release> },
  undefined,
  undefined,
  { readonly items: readonly StoredRelease[]; readonly nextToken: string | null }
>;

export function request(ctx: ReleasesContext) {
  const page = openPage<Release>({ owner: 'operator', query: 'releases' }, ctx.args);
  ctx.stash.page = page;
  if (!page.next) return util.error('There is no further place to read from.', 'Fault');
  const { after } = page.next;
  return query<{ listing: string; createdAt: string }>({
    index: 'createdAt',
    query: { listing: { eq: 'RELEASE' }, ...(after ? { createdAt: { lt: after } } : {}) },
    scanIndexForward: false,
    limit: itemsLacking(page),
  });
}

export function response(ctx: ReleasesContext) {
  failOnError(ctx);
  const items = ctx.result.items.map((item) => toRelease(item));
  const answer = { items, matching: items, more: ctx.result.nextToken !== null, sort: 'createdAt' };
  return toConnection(takeItems(ctx.stash.page, answer));
}

function toRelease({ release, version, commit, createdAt }: StoredRelease): Release {
  return { id: release, version, commit: commit ?? null, createdAt };
}
