import type { WebSocket } from 'ws';
import { AwsError } from '../../errors.ts';
import {
  completed,
  connectionAcknowledged,
  connectionError,
  dataMessage,
  keepAlive,
  readFrame,
  startAcknowledged,
  subscriptionError,
  type ClientFrame,
} from './messages.ts';
import { StartRefused, startSubscription, type StartDependencies } from './start-subscription.ts';
import type { Subscription, SubscriptionIndex, SubscriptionListener } from './subscription.ts';

export interface ConnectionOptions {
  readonly apiId: string;
  readonly sourceIp: string;
  readonly openedAt: number;
  /** Settles when the caller of the connection is known; rejects with an AwsError if it is not let in. */
  readonly admission: Promise<unknown>;
  readonly index: SubscriptionIndex;
  readonly start: StartDependencies;
}

/** Source: AWS AppSync endpoints and quotas, "Subscriptions per connection". */
const maximumSubscriptions = 200;
/** A client that does not read what it is sent is cut off before it costs more memory than this. */
const maximumBufferedBytes = 4 * 1024 * 1024;
/** One who is not let in is told so in answer to its first message, and is not waited for longer than this. */
const refusedMilliseconds = 5_000;
const closedByService = 1000;
const policyViolation = 1008;

/** A WebSocket of one API's realtime endpoint, and its subscriptions. */
export class Connection implements SubscriptionListener {
  /** A symbol is a start that is under way: after a stop there may be another of the same id. */
  readonly #subscriptions = new Map<string, Subscription | symbol>();

  constructor(private readonly socket: WebSocket, private readonly options: ConnectionOptions) {
    socket.on('message', (data, isBinary) => {
      this.#receive(isBinary ? '' : String(data)).catch((fault: unknown) => {
        options.start.log.fault(options.apiId, 'realtime', fault);
        socket.terminate();
      });
    });
    socket.on('close', () => this.#release());
    socket.on('error', () => socket.terminate());
    options.admission.catch(() => {
      setTimeout(() => socket.close(policyViolation), refusedMilliseconds).unref();
    });
  }

  get apiId(): string {
    return this.options.apiId;
  }

  get openedAt(): number {
    return this.options.openedAt;
  }

  keepAlive(): void {
    this.#send(keepAlive);
  }

  close(): void {
    this.socket.close(closedByService);
    this.#release();
  }

  deliver(subscription: Subscription, payload: string): void {
    if (this.#subscriptions.get(subscription.id) === subscription) this.#send(dataMessage(subscription.id, payload));
  }

  invalidate(subscription: Subscription): void {
    this.#send(completed(subscription.id));
    this.close();
  }

  async #receive(text: string): Promise<void> {
    try {
      await this.options.admission;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#send(connectionError(error));
      this.socket.close(policyViolation);
      return;
    }
    let frame: ClientFrame;
    try {
      frame = readFrame(text);
    } catch (error) {
      return this.#refuse(undefined, error);
    }
    await this.#answer(frame);
  }

  async #answer({ type, id, payload }: ClientFrame): Promise<void> {
    if (type === 'connection_init') {
      this.#send(connectionAcknowledged);
      return this.keepAlive();
    }
    if (type !== 'start' && type !== 'stop') {
      return this.#refuse(
        id,
        new AwsError('UnsupportedOperation', `${type} not supported through the realtime channel`),
      );
    }
    if (id === undefined)
      return this.#refuse(id, new AwsError('BadRequestException', `A ${type} message needs an id.`));
    if (type === 'stop') return this.#stop(id);
    await this.#start(id, payload);
  }

  async #start(id: string, payload: unknown): Promise<void> {
    if (this.#subscriptions.has(id)) {
      return this.#refuse(
        id,
        new AwsError('DuplicatedOperationError', `There is a subscription with the id ${id} already.`),
      );
    }
    if (this.#subscriptions.size >= maximumSubscriptions) {
      const message = `At most ${maximumSubscriptions} subscriptions are allowed on a connection.`;
      return this.#refuse(id, new AwsError('MaxSubscriptionsReachedError', message));
    }
    const attempt = Symbol(id);
    this.#subscriptions.set(id, attempt);
    const { apiId, sourceIp, index, start } = this.options;
    try {
      const subscription = await startSubscription(start, { apiId, id, payload, sourceIp, listener: this });
      // The client may have stopped it, or gone, meanwhile.
      if (this.#subscriptions.get(id) !== attempt) return;
      this.#subscriptions.set(id, subscription);
      index.add(subscription);
      this.#send(startAcknowledged(id));
    } catch (error) {
      const errors = refusalOf(error);
      // Of one that was stopped the client has heard: it would take this for the answer to the next of that id.
      if (this.#subscriptions.get(id) !== attempt) return;
      this.#subscriptions.delete(id);
      this.#send(subscriptionError(id, errors));
    }
  }

  #stop(id: string): void {
    if (!this.#subscriptions.has(id)) {
      return this.#refuse(id, new AwsError('UnknownOperationError', `There is no subscription with the id ${id}.`));
    }
    this.#forget(id);
    this.#send(completed(id));
  }

  #forget(id: string): void {
    const subscription = this.#subscriptions.get(id);
    if (typeof subscription === 'object') this.options.index.remove(subscription);
    this.#subscriptions.delete(id);
  }

  #release(): void {
    for (const id of [...this.#subscriptions.keys()]) this.#forget(id);
  }

  #refuse(id: string | undefined, error: unknown): void {
    this.#send(subscriptionError(id, refusalOf(error)));
  }

  #send(text: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.socket.send(text);
    if (this.socket.bufferedAmount > maximumBufferedBytes) this.socket.terminate();
  }
}

/** What a client is told of an error. Throws what is no answer but a fault. */
function refusalOf(error: unknown): readonly object[] {
  if (error instanceof StartRefused) return error.errors;
  if (!(error instanceof AwsError)) throw error;
  const { code: errorType, message, status: errorCode } = error;
  return [{ errorType, message, errorCode }];
}
