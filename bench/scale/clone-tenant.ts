/** An item of the engine, in DynamoDB JSON, and the table that it is in. */
export interface StoredItem {
  readonly table: string;
  readonly item: Readonly<Record<string, unknown>>;
}

const ulid = /\b[0-9A-HJKMNP-TV-Z]{26}\b/g;
const uuid = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/**
 * All items of one tenant: those that hold one of the names that it is known by, and those that hold an id which only they have
 * brought up (its people's, its products'), and so on.
 */
export function itemsOfTenant(all: readonly StoredItem[], names: readonly string[]): StoredItem[] {
  const texts = all.map(({ item }) => JSON.stringify(item));
  const known = new Set(names);
  const found = new Set<number>();
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const [index, text] of texts.entries()) {
      if (found.has(index) || ![...known].some((name) => text.includes(name))) continue;
      found.add(index);
      for (const id of idsIn(text)) known.add(id);
    }
  }
  return [...found].sort((left, right) => left - right).flatMap((index) => all[index] ?? []);
}

function idsIn(text: string): string[] {
  return [...text.matchAll(ulid), ...text.matchAll(uuid)].map(([id]) => id);
}

/** A tenant's items as those of another, the `number`th: every id and the slug are another's, all else is the same. */
export function cloneTenant(items: readonly StoredItem[], slug: string, number: number): StoredItem[] {
  return items.map(({ table, item }) => {
    const text = JSON.stringify(item)
      .replaceAll(slug, cloneSlug(number))
      .replaceAll(ulid, (id) => otherUlid(id, number))
      .replaceAll(uuid, (id) => otherUuid(id, number));
    return { table, item: inOrder(JSON.parse(text) as StoredItem['item'], number) };
  });
}

export function cloneSlug(number: number): string {
  return `tenant-${String(number).padStart(6, '0')}`;
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Six characters of its random part say which clone it is; its time, and what tells it from others of its tenant, stay. */
export function otherUlid(id: string, number: number): string {
  const place = Array.from({ length: 6 }, (_, digit) => alphabet[Math.floor(number / 32 ** (5 - digit)) % 32]).join('');
  return `${id.slice(0, 10)}${place}${id.slice(16)}`;
}

function otherUuid(id: string, number: number): string {
  return `${number.toString(16).padStart(8, '0')}${id.slice(8)}`;
}

/** The local cloud's own document of a user has the user's place among all. */
function inOrder(item: StoredItem['item'], number: number): StoredItem['item'] {
  const { collection, value } = item as { readonly collection?: { S?: string }; readonly value?: { S?: string } };
  if (collection?.S !== 'cognito/users' || value?.S === undefined) return item;
  const user = JSON.parse(value.S) as { readonly sequence: number };
  return { ...item, value: { S: JSON.stringify({ ...user, sequence: user.sequence + number }) } };
}
