import { join } from 'node:path';
import type { Collection, JsonObject, State } from '../service.ts';
import { createBlobs } from './blobs.ts';
import { MemoryCollection } from './memory.ts';
import { createWriteQueue, type WriteQueue } from './write-queue.ts';

/** One DynamoDB API call to the engine, in DynamoDB JSON. */
export type EngineCall = (operation: string, input: JsonObject) => Promise<JsonObject>;

/** The engine's table of the cloud's own documents: no client may see it. */
export const stateTable = 'local-cloud-state';

interface StoredItem {
  readonly collection: { readonly S: string };
  readonly id: { readonly S: string };
  readonly value?: { readonly S: string };
  readonly blob?: { readonly S: string };
}

/** An item may have 400 KB; a document that comes near goes into a blob. */
const largestDocument = 300_000;

/** State in the DynamoDB engine: read whole at start, then written through. */
export async function openDurableState(folder: string, call: EngineCall): Promise<State> {
  await createStateTable(call);
  const blobs = createBlobs(join(folder, 'blobs'));
  const queue = createWriteQueue(call, stateTable);
  const collections = new Map<string, DurableCollection<unknown>>();

  const collectionOf = (name: string): DurableCollection<unknown> => {
    const existing = collections.get(name) ?? new DurableCollection<unknown>(name, write);
    collections.set(name, existing);
    return existing;
  };
  const write: Write = async (collection, id, text) => {
    const key = { collection: { S: collection }, id: { S: id } };
    if (text === undefined) return await queue.delete(key);
    if (Buffer.byteLength(text) <= largestDocument) return await queue.put(key, { value: { S: text } });
    await queue.put(key, { blob: { S: await blobs.put(Buffer.from(text)) } });
  };

  for await (const item of readItems(call)) {
    const text = item.blob ? (await blobs.get(item.blob.S)).toString('utf8') : item.value?.S ?? 'null';
    collectionOf(item.collection.S).restore(item.id.S, JSON.parse(text));
  }
  return { blobs, collection: <Value>(name: string) => collectionOf(name) as Collection<unknown> as Collection<Value> };
}

type Write = (collection: string, id: string, text: string | undefined) => ReturnType<WriteQueue['put']>;

/** The documents in memory, with every change written through. */
class DurableCollection<Value> extends MemoryCollection<Value> {
  readonly #name: string;
  readonly #write: Write;

  constructor(name: string, write: Write) {
    super();
    this.#name = name;
    this.#write = write;
  }

  /** Puts what is on disk already. */
  restore(id: string, value: Value): void {
    void super.put(id, value);
  }

  override async put(id: string, value: Value): Promise<void> {
    await Promise.all([super.put(id, value), this.#write(this.#name, id, JSON.stringify(value))]);
  }

  override async delete(id: string): Promise<void> {
    if (!this.has(id)) return;
    await Promise.all([super.delete(id), this.#write(this.#name, id, undefined)]);
  }
}

async function createStateTable(call: EngineCall): Promise<void> {
  const { TableNames: names } = await call('ListTables', {});
  if (Array.isArray(names) && names.includes(stateTable)) return;
  await call('CreateTable', {
    TableName: stateTable,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'collection', AttributeType: 'S' },
      { AttributeName: 'id', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'collection', KeyType: 'HASH' },
      { AttributeName: 'id', KeyType: 'RANGE' },
    ],
  });
}

/** Without a limit the engine reads all that is left for each page: a start with 10,000 tenants took a square of it. */
const pageSize = 1000;

async function* readItems(call: EngineCall): AsyncGenerator<StoredItem> {
  const read = (start: JsonObject) =>
    call('Scan', { TableName: stateTable, ConsistentRead: true, Limit: pageSize, ...start });
  for (let reading: Promise<JsonObject> | undefined = read({}); reading; ) {
    const page: JsonObject = await reading;
    const last = page['LastEvaluatedKey'];
    // The engine reads the next page while this one is restored.
    reading = last === undefined ? undefined : read({ ExclusiveStartKey: last });
    // Awaited only after that: without this its failure would be nobody's until then.
    reading?.catch(() => undefined);
    yield* page['Items'] as unknown as StoredItem[];
  }
}
