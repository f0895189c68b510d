import type { GraphiQLProps } from 'graphiql';
import { type DocumentNode, getOperationAST, parse, print, separateOperations } from 'graphql';
import type { ApiError } from '../../../ui/graphql/errors.ts';
import { createRealtimeClient } from '../../../ui/realtime/client.ts';
import type { Target } from './target.ts';

type Fetcher = GraphiQLProps['fetcher'];

export interface Operation {
  readonly name: string;
  readonly text: string;
  readonly variables: object;
}

/** Sends what the editor runs: subscriptions by AppSync's WebSocket, mutations once a person has said yes. */
export function createFetcher(target: Target, confirm: (mutation: Operation) => Promise<boolean>): Fetcher {
  return ({ query, operationName, variables }) => {
    const document = parse(query);
    const kind = getOperationAST(document, operationName)?.operation;
    const given = (variables ?? {}) as object;
    const operation = { name: operationName ?? '', text: only(document, operationName), variables: given };
    if (kind === 'subscription') return subscribe(target, operation);
    const send = async () => {
      if (kind === 'mutation' && !(await confirm(operation))) return { errors: [{ message: 'Not sent' }] };
      return await post(target, { query, operationName, variables: given });
    };
    return send() as ReturnType<Fetcher>;
  };
}

/** AppSync takes one operation in a subscription's document. */
function only(document: DocumentNode, operationName: string | null | undefined): string {
  const separate = separateOperations(document);
  return print(separate[operationName ?? ''] ?? document);
}

async function post({ graphqlUrl, authorize }: Target, body: object): Promise<object> {
  const response = await fetch(graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await authorize()) },
    body: JSON.stringify(body),
  });
  return (await response.json()) as object;
}

/** An observable, as GraphiQL takes it: stopping it closes the connection. */
function subscribe(target: Target, { text, variables }: Operation): ReturnType<Fetcher> {
  const observable = {
    subscribe(observer: Partial<Observer> | ((value: object) => void)) {
      const { next, error }: Partial<Observer> = typeof observer === 'function' ? { next: observer } : observer;
      const client = createRealtimeClient(target);
      const end = ({ message, code }: ApiError): void => {
        client.close();
        error?.({ message, errorType: code });
      };
      client.subscribe<object, object>({ toString: () => text }, variables, {
        onData: (data) => next?.({ data }),
        onInterrupted: end,
        onError: end,
      });
      return { unsubscribe: () => client.close() };
    },
  };
  return observable as ReturnType<Fetcher>;
}

interface Observer {
  next(value: object): void;
  error(error: object): void;
}
