import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  type Stack,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../errors.ts';
import type { Json, LocalService } from '../../service.ts';
import { type RunningServices, startServices } from '../../testing/start-services.ts';
import { trustingIdentity } from '../../testing/trusting-identity.ts';
import { createFakeCloud, FakeService } from './fake-cloud.ts';

/** The API over the fake service, on a port of its own, with the SDK's client for it. */
export class TestApi {
  /** The beginning of `action resource` that callers may not do. */
  denied = '';
  /** What the function behind custom resources does with a request. */
  respond: (event: Record<string, unknown>) => Promise<Json> = async () => null;
  readonly received: Record<string, unknown>[] = [];
  readonly service = new FakeService();
  readonly files = new Map<string, Buffer>();
  client = new CloudFormationClient({});
  #cloud: RunningServices | undefined;

  async start(): Promise<void> {
    const authorize = (_: unknown, action: string, resource: string): void => {
      if (this.denied === '' || !`${action} ${resource}`.startsWith(this.denied)) return;
      throw new AwsError('AccessDeniedException', `not ${action}`, 403);
    };
    this.#cloud = await startServices(
      ({ endpoint }, state): LocalService[] => {
        const functions = { invoke: (_caller: unknown, _arn: string, payload: Json) => this.#invoke(payload) };
        const { service, files } = this;
        return [createFakeCloud({ state, service, files, endpoint, functions, responseOrigin: endpoint }).engine];
      },
      { ...trustingIdentity, authorize },
    );
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    this.client = new CloudFormationClient({ endpoint: this.endpoint, region: 'us-east-1', credentials });
  }

  get endpoint(): string {
    return this.#cloud?.endpoint ?? '';
  }

  /** Options of the SDK's waiters. */
  waiting() {
    return { client: this.client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 };
  }

  async create(StackName: string, TemplateBody: string, more: object = {}): Promise<string> {
    const { StackId } = await this.client.send(new CreateStackCommand({ StackName, TemplateBody, ...more }));
    await waitUntilStackCreateComplete(this.waiting(), { StackName });
    return StackId as string;
  }

  async describeStack(StackName: string): Promise<Stack | undefined> {
    return (await this.client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];
  }

  async stop(): Promise<void> {
    await this.#cloud?.stop();
    const [fault] = this.#cloud?.faults ?? [];
    if (fault !== undefined) throw fault;
  }

  async #invoke(payload: Json): Promise<{ payload: Json; failed: boolean }> {
    this.received.push(payload as Record<string, unknown>);
    try {
      return { payload: await this.respond(payload as Record<string, unknown>), failed: false };
    } catch (error) {
      return { payload: { errorType: 'Error', errorMessage: (error as Error).message }, failed: true };
    }
  }
}

export async function startApi(): Promise<TestApi> {
  const api = new TestApi();
  await api.start();
  return api;
}
